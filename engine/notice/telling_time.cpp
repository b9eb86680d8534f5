#include "engine/notice/telling_time.hpp"

#include <algorithm>

namespace dutylog::notice {

namespace {

constexpr MinuteOfDay minutes_of_day = 24 * 60;
/// No calendar rests longer; past it a notice goes out whatever the day.
constexpr int days_held_max = 31;

bool is_minute(MinuteOfDay minute) { return minute >= 0 && minute < minutes_of_day; }

Instant at_minute(CivilDate date, MinuteOfDay minute, const SiteTime& site) {
    return site.zone.instant(calendar::local_time(date, minute / 60, minute % 60));
}

std::unexpected<Rejection> bad(std::string zh_cn, std::string en) {
    return reject("telling_times", Text{std::move(zh_cn), std::move(en)});
}

/// The times of a day at which something may go out, from `planned` on; nothing where none is left.
std::optional<Instant> time_on(CivilDate date, Instant planned, const TellingTimes& times,
                               const SiteTime& site) {
    for (const MinuteOfDay slot : times.slots)
        if (const Instant at = at_minute(date, slot, site); at >= planned) return at;
    if (!times.slots.empty()) return std::nullopt;
    const Instant from = std::max(planned, site.zone.day_start(date));
    if (!times.quiet) return from;
    const auto minute = static_cast<MinuteOfDay>(site.zone.local(from).micros / minutes(1).micros);
    if (!times.quiet->holds(minute)) return from;
    const Instant morning = at_minute(date, times.quiet->to, site);
    if (morning >= from) return morning;
    return std::nullopt;
}

}  // namespace

bool QuietHours::holds(MinuteOfDay minute) const {
    if (from <= to) return minute >= from && minute < to;
    return minute >= from || minute < to;
}

Result<TellingTimes> checked(TellingTimes times) {
    if (!std::all_of(times.slots.begin(), times.slots.end(), is_minute))
        return bad("发送时刻应在 00:00 至 23:59 之间", "a slot lies between 00:00 and 23:59");
    if (!std::is_sorted(times.slots.begin(), times.slots.end()) ||
        std::adjacent_find(times.slots.begin(), times.slots.end()) != times.slots.end())
        return bad("发送时刻应按先后排列，各写一次", "slots come in order, each once");
    if (!times.quiet) return times;
    if (!is_minute(times.quiet->from) || !is_minute(times.quiet->to))
        return bad("免打扰时段应在 00:00 至 23:59 之间", "quiet hours lie between 00:00 and 23:59");
    if (times.quiet->from == times.quiet->to) return bad("免打扰时段须有结束", "quiet hours end");
    for (const MinuteOfDay slot : times.slots)
        if (times.quiet->holds(slot))
            return bad("有发送时刻落在免打扰时段内", "a slot lies in quiet hours");
    return times;
}

Instant telling_time(const TellingTimes& times, Severity severity, Instant planned,
                     std::optional<Instant> latest, const SiteTime& site) {
    if (severity == Severity::critical && times.critical_at_once) return planned;
    const CivilDate first = site.zone.local(planned).date;
    for (int day = 0; day <= days_held_max; ++day) {
        const CivilDate date = first.plus_days(day);
        if (times.working_days_only && !site.calendar.works(date)) continue;
        const auto at = time_on(date, planned, times, site);
        if (!at) continue;
        return latest && *at > *latest ? planned : *at;
    }
    return planned;
}

}  // namespace dutylog::notice
