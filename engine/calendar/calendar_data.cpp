#include "engine/calendar/calendar_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/calendar/csv_lines.hpp"

namespace dutylog::calendar {

namespace {

constexpr std::string_view date_form = "a date YYYY-MM-DD";

const std::string& field(const CsvLine& line, std::size_t index) {
    static const std::string none;
    return index < line.fields.size() ? line.fields[index] : none;
}

std::optional<int> parse_year(std::string_view text) {
    if (text.size() != 4) return std::nullopt;
    int year = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        year = year * 10 + (c - '0');
    }
    if (year < HolidayLimits::year_min || year > HolidayLimits::year_max) return std::nullopt;
    return year;
}

/// Reads the lines of one file into a table; every function answers with the first error found.
class TableReader {
public:
    explicit TableReader(std::string_view label) : label_{label} {}

    Result<HolidayTable> read(const std::vector<CsvLine>& lines) {
        if (lines.empty())
            return csv_error(label_, 1, "a first line holidays,<id> or site,<id>", "");
        if (auto done = title(lines.front()); !done) return std::unexpected{done.error()};
        for (std::size_t i = 1; i < lines.size(); ++i)
            if (auto done = entry(lines[i]); !done) return std::unexpected{done.error()};
        if (holidays_ && !table_.covers_years())
            return csv_error(label_, lines.back().number, "a line years,<year>", "the end");
        if (auto done = order(); !done) return std::unexpected{done.error()};
        return std::move(table_);
    }

private:
    Result<void> title(const CsvLine& line) {
        holidays_ = field(line, 0) == "holidays";
        if (!holidays_ && field(line, 0) != "site")
            return csv_error(label_, line.number, "a first line holidays,<id> or site,<id>",
                             field(line, 0));
        if (line.fields.size() != 2 || !is_data_id(field(line, 1)))
            return csv_error(label_, line.number, "one id of letters, digits, '.', '_' and '-'",
                             field(line, 1));
        table_.id = field(line, 1);
        return {};
    }

    Result<void> entry(const CsvLine& line) {
        const std::string& keyword = field(line, 0);
        if (keyword == "years" && holidays_) return years(line);
        if (keyword == "source") return source(line);
        if (keyword == "off" || keyword == "work") return range(line, keyword == "work");
        return csv_error(label_, line.number,
                         holidays_ ? "years, source, off or work" : "source, off or work", keyword);
    }

    Result<void> years(const CsvLine& line) {
        const bool one = line.fields.size() == 2;
        const auto first = parse_year(field(line, 1));
        const auto last = one ? first : parse_year(field(line, 2));
        if (line.fields.size() > 3 || !first || !last || *last < *first ||
            *last - *first >= HolidayLimits::years_max)
            return csv_error(label_, line.number,
                             fmt::format("years,<first>[,<last>] from {} to {}, at most {} of them",
                                         HolidayLimits::year_min, HolidayLimits::year_max,
                                         HolidayLimits::years_max),
                             fmt::format("{}", fmt::join(line.fields, ",")));
        if (table_.covers_years())
            return csv_error(label_, line.number, "years only once", field(line, 1));
        table_.first_year = *first;
        table_.last_year = *last;
        return {};
    }

    Result<void> source(const CsvLine& line) {
        if (line.fields.size() != 2 || field(line, 1).empty() || !table_.source.empty())
            return csv_error(label_, line.number, "one source, once",
                             fmt::format("{}", fmt::join(line.fields, ",")));
        table_.source = field(line, 1);
        return {};
    }

    Result<void> range(const CsvLine& line, bool works) {
        if (line.fields.size() != 5)
            return csv_error(label_, line.number,
                             "5 fields: off|work, first day, last day, Chinese name, English name",
                             fmt::format("{} fields", line.fields.size()));
        const auto first = parse_civil_date(field(line, 1));
        if (!first) return csv_error(label_, line.number, date_form, field(line, 1));
        const auto last = field(line, 2).empty() ? first : parse_civil_date(field(line, 2));
        if (!last) return csv_error(label_, line.number, date_form, field(line, 2));
        if (*last < *first)
            return csv_error(label_, line.number, "a last day not before " + to_string(*first),
                             field(line, 2));
        if (last->days - first->days >= HolidayLimits::range_days_max)
            return csv_error(label_, line.number,
                             fmt::format("at most {} days", HolidayLimits::range_days_max),
                             fmt::format("{} days", last->days - first->days + 1));
        if (field(line, 3).empty() && field(line, 4).empty())
            return csv_error(label_, line.number, "a name in Chinese or English", "");
        table_.days.push_back({*first, *last, works, Text{field(line, 3), field(line, 4)}});
        numbers_.push_back(line.number);
        return {};
    }

    /// Sorts the ranges and refuses overlaps and days outside the years.
    Result<void> order() {
        std::vector<std::size_t> indexes(table_.days.size());
        for (std::size_t i = 0; i < indexes.size(); ++i) indexes[i] = i;
        std::sort(indexes.begin(), indexes.end(), [&](std::size_t a, std::size_t b) {
            return std::pair{table_.days[a].first, a} < std::pair{table_.days[b].first, b};
        });
        std::vector<DayRange> sorted;
        for (const std::size_t i : indexes) {
            const DayRange& range = table_.days[i];
            if (!within_years(range))
                return csv_error(label_, numbers_[i], "days of the years covered",
                                 to_string(range.first) + " to " + to_string(range.last));
            if (!sorted.empty() && range.first <= sorted.back().last)
                return csv_error(label_, numbers_[i], "each day only once", to_string(range.first));
            sorted.push_back(range);
        }
        table_.days = std::move(sorted);
        return {};
    }

    bool within_years(const DayRange& range) const {
        const int first = holidays_ ? table_.first_year : HolidayLimits::year_min;
        const int last = holidays_ ? table_.last_year : HolidayLimits::year_max;
        return range.first >= CivilDate{first - 1, 12, 1} &&
               range.last <= CivilDate{last + 1, 1, 31};
    }

    std::string_view label_;
    HolidayTable table_;
    std::vector<std::size_t> numbers_;  // line of each range
    bool holidays_ = false;
};

}  // namespace

bool is_data_id(std::string_view text) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    };
    return !text.empty() && text.size() <= HolidayLimits::id_bytes_max &&
           std::all_of(text.begin(), text.end(), allowed);
}

Result<HolidayTable> parse_holiday_table(std::string_view label, std::string_view text) {
    const auto lines = read_csv_lines(label, text);
    if (!lines) return std::unexpected{lines.error()};
    return TableReader{label}.read(*lines);
}

Result<void> check(const HolidayTable& table) {
    if (!is_data_id(table.id))
        return reject("holiday_table",
                      fmt::format("expected an id of a table, found \"{}\"", table.id));
    if (table.covers_years() &&
        (table.first_year < HolidayLimits::year_min || table.last_year > HolidayLimits::year_max))
        return reject("holiday_table",
                      fmt::format("{}: expected years from {} to {}, found {} to {}", table.id,
                                  HolidayLimits::year_min, HolidayLimits::year_max,
                                  table.first_year, table.last_year));
    const CivilDate* before = nullptr;
    for (const DayRange& range : table.days) {
        const bool in_order =
            range.first <= range.last && (before == nullptr || *before < range.first);
        const bool in_bounds = range.first >= CivilDate{HolidayLimits::year_min - 1, 12, 1} &&
                               range.last <= CivilDate{HolidayLimits::year_max + 1, 1, 31};
        if (!in_order || !in_bounds)
            return reject(
                "holiday_table",
                fmt::format("{}: expected ranges in order of time from {} to {}, found one "
                            "from {} to {}",
                            table.id, HolidayLimits::year_min, HolidayLimits::year_max,
                            to_string(range.first), to_string(range.last)));
        before = &range.last;
    }
    return {};
}

}  // namespace dutylog::calendar
