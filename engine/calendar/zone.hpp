#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/posix_rule.hpp"
#include "engine/core/civil_date.hpp"
#include "engine/core/digest.hpp"
#include "engine/core/instant.hpp"
#include "engine/core/rejection.hpp"

namespace dutylog::calendar {

/// What a clock on the wall shows: the civil day and the reading, in microseconds from 00:00.
struct LocalTime {
    CivilDate date;
    std::int64_t micros = 0;  ///< 0 … 24 h; 24:00 is the 00:00 of the next day

    friend constexpr auto operator<=>(const LocalTime&, const LocalTime&) = default;
};

constexpr LocalTime local_time(CivilDate date, int hour, int minute, int second = 0) {
    return {date, ((hour * 60LL + minute) * 60 + second) * 1'000'000};
}

/// `2025-10-21 09:55`, with seconds and their fraction only where they are not zero.
std::string to_string(LocalTime local);

/// How a reading of the wall clock lies on the time line.
enum class LocalKind : std::uint8_t {
    unique,
    gap,     ///< the clocks sprang over it: it is moved forward by the length of the gap
    overlap  ///< the clocks went back over it: the earlier of its two instants is meant
};

struct ResolvedTime {
    Instant at;
    LocalKind kind = LocalKind::unique;

    friend constexpr bool operator==(const ResolvedTime&, const ResolvedTime&) = default;
};

/// A rule as the data file gives it: in force from 00:00 standard time of a day.
struct ZoneRule {
    std::string rule;      ///< a POSIX TZ rule, `CST-8`
    CivilDate valid_from;  ///< before the first one the first one is used all the same
    std::string source;    ///< where it was taken from, with its version
};

/// The civil time of a place, from rules that are data with a version. Knows no other clock.
class Zone {
public:
    /// @param rules  at least one, in order of `valid_from`
    /// @returns a rejection `zone` that says what was expected and found
    static Result<Zone> of(std::string name, std::vector<ZoneRule> rules);

    const std::string& name() const { return name_; }
    /// SHA-256 of name and rules.
    const Digest& version() const { return version_; }
    /// Whether the rules are known to hold on that day.
    bool covers(CivilDate date) const { return date >= spans_.front().valid_from; }

    std::int32_t offset_seconds_at(Instant at) const;  ///< east of UTC
    LocalTime local(Instant at) const;
    /// The instant of a reading: @see LocalKind for readings that do not exist or exist twice.
    Instant instant(LocalTime local) const { return resolve(local).at; }
    ResolvedTime resolve(LocalTime local) const;

    /// The first instant of a civil day.
    Instant day_start(CivilDate date) const { return instant({date, 0}); }
    /// The first instant after a civil day: a day ends at 24:00 local.
    Instant day_end(CivilDate date) const { return day_start(date.plus_days(1)); }

private:
    struct Span {
        std::int64_t from_s;  // in UTC
        CivilDate valid_from;
        PosixRule rule;
    };

    Zone() = default;
    std::int64_t offset_micros(std::int64_t utc_micros) const;

    std::string name_;
    Digest version_;
    std::vector<Span> spans_;
};

}  // namespace dutylog::calendar
