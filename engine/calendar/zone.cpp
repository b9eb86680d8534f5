#include "engine/calendar/zone.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/calendar/floor_div.hpp"
#include "engine/core/value.hpp"

namespace dutylog::calendar {

namespace {

constexpr std::int64_t second_micros = 1'000'000;
constexpr std::int64_t day_s = 86'400;
constexpr std::int64_t day_micros = day_s * second_micros;

/// Farther than any offset lies from UTC, and nearer than two changes of the clocks lie together.
constexpr std::int64_t look_around = 26 * 3'600 * second_micros;

Digest version_of(const std::string& name, const std::vector<ZoneRule>& rules) {
    List list;
    for (const ZoneRule& rule : rules)
        list.push_back(Record::of(
            {{"rule", rule.rule}, {"valid_from", rule.valid_from}, {"source", rule.source}}));
    return canonical_hash(
        Record::of({{"kind", "dutylog.zone.1"}, {"name", name}, {"rules", std::move(list)}}));
}

}  // namespace

std::string to_string(LocalTime local) {
    const std::int64_t second = local.micros / second_micros;
    std::string text =
        fmt::format("{} {:02}:{:02}", to_string(local.date), second / 3600, second / 60 % 60);
    if (local.micros % (60 * second_micros) == 0) return text;
    text += fmt::format(":{:02}", second % 60);
    if (local.micros % second_micros == 0) return text;
    text += fmt::format(".{:06}", local.micros % second_micros);
    while (text.back() == '0') text.pop_back();
    return text;
}

Result<Zone> Zone::of(std::string name, std::vector<ZoneRule> rules) {
    if (name.empty() || rules.empty())
        return reject("zone", fmt::format("expected a name and a rule, found \"{}\" with {} rules",
                                          name, rules.size()));
    Zone zone;
    for (const ZoneRule& entry : rules) {
        const auto rule = parse_posix_rule(entry.rule);
        if (!rule)
            return reject("zone",
                          fmt::format("{}: expected a rule like CET-1CEST,M3.5.0,M10.5.0/3, "
                                      "found \"{}\"",
                                      name, entry.rule));
        if (!zone.spans_.empty() && entry.valid_from <= zone.spans_.back().valid_from)
            return reject("zone", fmt::format("{}: expected a rule valid from after {}, found {}",
                                              name, to_string(zone.spans_.back().valid_from),
                                              to_string(entry.valid_from)));
        zone.spans_.push_back(
            {entry.valid_from.days * day_s - rule->standard_offset_s, entry.valid_from, *rule});
    }
    zone.version_ = version_of(name, rules);
    zone.name_ = std::move(name);
    return zone;
}

std::int64_t Zone::offset_micros(std::int64_t utc_micros) const {
    const std::int64_t utc_s = floor_div(utc_micros, second_micros);
    const auto after =
        std::upper_bound(spans_.begin() + 1, spans_.end(), utc_s,
                         [](std::int64_t s, const Span& span) { return s < span.from_s; });
    return offset_at(std::prev(after)->rule, utc_s) * second_micros;
}

std::int32_t Zone::offset_seconds_at(Instant at) const {
    return static_cast<std::int32_t>(offset_micros(at.micros) / second_micros);
}

LocalTime Zone::local(Instant at) const {
    const std::int64_t wall = at.micros + offset_micros(at.micros);
    const std::int64_t day = floor_div(wall, day_micros);
    return {CivilDate{static_cast<std::int32_t>(day)}, wall - day * day_micros};
}

ResolvedTime Zone::resolve(LocalTime local) const {
    const std::int64_t wall = local.date.days * day_micros + local.micros;
    const std::int64_t offset_before = offset_micros(wall - look_around);
    const std::int64_t offset_after = offset_micros(wall + look_around);
    const std::int64_t before = wall - offset_before;
    const std::int64_t after = wall - offset_after;
    const bool before_holds = offset_micros(before) == offset_before;
    const bool after_holds = offset_micros(after) == offset_after;
    if (before_holds && after_holds && before != after)
        return {Instant{std::min(before, after)}, LocalKind::overlap};
    if (before_holds) return {Instant{before}, LocalKind::unique};
    if (after_holds) return {Instant{after}, LocalKind::unique};
    return {Instant{before}, LocalKind::gap};  // the old offset lands the gap's length later
}

}  // namespace dutylog::calendar
