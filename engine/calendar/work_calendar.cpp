#include "engine/calendar/work_calendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

#include "engine/core/value.hpp"

namespace dutylog::calendar {

namespace {

Value canonical(const HolidayTable& table) {
    List days;
    for (const DayRange& range : table.days)
        days.push_back(Record::of({{"first", range.first},
                                   {"last", range.last},
                                   {"works", range.works},
                                   {"zh-CN", range.name.zh_cn},
                                   {"en", range.name.en}}));
    return Record::of({{"id", table.id},
                       {"first_year", table.first_year},
                       {"last_year", table.last_year},
                       {"source", table.source},
                       {"days", std::move(days)}});
}

Value canonical(const std::vector<HolidayTable>& tables) {
    List list;
    for (const HolidayTable& table : tables) list.push_back(canonical(table));
    return list;
}

Digest version_of(const CalendarLayers& layers) {
    return canonical_hash(Record::of({{"kind", "dutylog.calendar.1"},
                                      {"id", layers.id},
                                      {"week", to_string(layers.week)},
                                      {"holidays", canonical(layers.holidays)},
                                      {"site", canonical(layers.site)}}));
}

/// The days a calendar has to know: whole years covered, and every range.
struct Span {
    CivilDate first{std::numeric_limits<std::int32_t>::max()};
    CivilDate last{std::numeric_limits<std::int32_t>::min()};

    void include(CivilDate from, CivilDate to) {
        first = std::min(first, from);
        last = std::max(last, to);
    }
    void include(const HolidayTable& table) {
        if (table.covers_years())
            include(CivilDate{table.first_year, 1, 1}, CivilDate{table.last_year, 12, 31});
        if (!table.days.empty()) include(table.days.front().first, table.days.back().last);
    }
};

}  // namespace

Result<WorkCalendar> WorkCalendar::of(CalendarLayers layers) {
    if (!is_data_id(layers.id))
        return reject("calendar",
                      fmt::format("expected an id of a calendar, found \"{}\"", layers.id));
    if ((layers.week.bits & 0b111'1111) == 0 || layers.week.bits > 0b111'1111)
        return reject("calendar", layers.id + ": expected a week with a working day, found none");
    std::size_t ranges = 0;
    for (const auto* tables : {&layers.holidays, &layers.site})
        for (const HolidayTable& table : *tables) {
            if (auto good = check(table); !good) return std::unexpected{good.error()};
            ranges += table.days.size() + 1;
        }
    if (ranges >= std::numeric_limits<std::uint16_t>::max())
        return reject("calendar",
                      fmt::format("{}: expected fewer than {} ranges, found {}", layers.id,
                                  std::numeric_limits<std::uint16_t>::max(), ranges));
    return WorkCalendar{std::move(layers)};
}

WorkCalendar::WorkCalendar(CalendarLayers layers)
    : layers_{std::move(layers)}, version_{version_of(layers_)} {
    index_days();
}

void WorkCalendar::index_days() {
    Span span;
    for (const HolidayTable& table : layers_.holidays) span.include(table);
    for (const HolidayTable& table : layers_.site) span.include(table);
    if (span.first > span.last) return;
    first_ = span.first;
    days_.resize(static_cast<std::size_t>(span.last.days - span.first.days + 1));
    for (std::size_t i = 0; i < days_.size(); ++i) {
        const CivilDate date = first_.plus_days(static_cast<std::int32_t>(i));
        days_[i] = {0, layers_.week.works(date), !covers(date.year())};
    }
    for (std::size_t table = 0; table < layers_.holidays.size() + layers_.site.size(); ++table)
        index_table(static_cast<std::uint16_t>(table));
}

void WorkCalendar::index_table(std::uint16_t index) {
    const HolidayTable& table = table_at(index);
    for (std::size_t i = 0; i < table.days.size(); ++i) {
        ranges_.push_back({index, static_cast<std::uint16_t>(i)});
        const auto owner = static_cast<std::uint16_t>(ranges_.size());
        const DayRange& range = table.days[i];
        for (CivilDate date = range.first; date <= range.last; date = date.plus_days(1))
            days_[static_cast<std::size_t>(date.days - first_.days)] = {owner, range.works, false};
    }
}

const HolidayTable& WorkCalendar::table_at(std::uint16_t index) const {
    return index < layers_.holidays.size() ? layers_.holidays[index]
                                           : layers_.site[index - layers_.holidays.size()];
}

const WorkCalendar::Day* WorkCalendar::day(CivilDate date) const {
    const std::int64_t index = std::int64_t{date.days} - first_.days;
    if (index < 0 || index >= static_cast<std::int64_t>(days_.size())) return nullptr;
    return &days_[static_cast<std::size_t>(index)];
}

DayStatus WorkCalendar::is_workday(CivilDate date) const {
    DayStatus status{
        .works = works(date), .provisional = provisional(date), .table = {}, .name = {}};
    if (const auto named = range_of(date)) {
        status.why = named->table->covers_years() ? DayReason::holiday_table : DayReason::site;
        status.table = named->table->id;
        status.name = named->range->name;
    }
    return status;
}

bool WorkCalendar::works(CivilDate date) const {
    const Day* known = day(date);
    return known == nullptr ? layers_.week.works(date) : known->works;
}

bool WorkCalendar::provisional(CivilDate date) const {
    const Day* known = day(date);
    return known == nullptr || known->provisional;
}

bool WorkCalendar::covers(int year) const {
    return std::any_of(layers_.holidays.begin(), layers_.holidays.end(),
                       [&](const HolidayTable& table) { return table.covers(year); });
}

std::optional<NamedRange> WorkCalendar::range_of(CivilDate date) const {
    const Day* known = day(date);
    if (known == nullptr || known->owner == 0) return std::nullopt;
    const Place& place = ranges_[known->owner - 1U];
    const HolidayTable& table = table_at(place.table);
    return NamedRange{&table.days[place.range], &table};
}

CivilDate WorkCalendar::workday_on_or_after(CivilDate date) const {
    while (!works(date)) date = date.plus_days(1);
    return date;
}

CivilDate WorkCalendar::workday_on_or_before(CivilDate date) const {
    while (!works(date)) date = date.plus_days(-1);
    return date;
}

CivilDate shift_working_days(CivilDate date, std::int32_t n, const WorkCalendar& calendar) {
    const std::int32_t step = n < 0 ? -1 : 1;
    for (std::int32_t left = n; left != 0; left -= step) {
        do date = date.plus_days(step);
        while (!calendar.works(date));
    }
    return date;
}

std::int32_t working_days_between(CivilDate from, CivilDate to, const WorkCalendar& calendar) {
    if (to < from) return -working_days_between(to, from, calendar);
    std::int32_t count = 0;
    for (CivilDate date = from.plus_days(1); date <= to; date = date.plus_days(1))
        count += calendar.works(date) ? 1 : 0;
    return count;
}

}  // namespace dutylog::calendar
