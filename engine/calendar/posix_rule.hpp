#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace dutylog::calendar {

/// A day of every year on which the clocks change, in one of the three forms of POSIX.
struct YearlyChange {
    enum class Form : std::uint8_t { weekday_of_month, day_without_leap, day_from_zero };
    Form form = Form::weekday_of_month;
    unsigned month = 1;    ///< 1–12, for `Mm.w.d`
    unsigned week = 1;     ///< 1–5, 5 is the last
    unsigned weekday = 0;  ///< 0 = Sunday
    int day = 0;           ///< 1–365 for `Jn` (29 February never counted), 0–365 for `n`
    std::int32_t time_s =
        7'200;  ///< wall clock before the change, seconds after 00:00; may be negative

    friend bool operator==(const YearlyChange&, const YearlyChange&) = default;
};

/// The rule of one zone: a standard offset, and daylight saving between two changes.
struct PosixRule {
    struct Summer {
        std::int32_t offset_s = 0;  ///< seconds east of UTC
        YearlyChange starts;
        YearlyChange ends;
        friend bool operator==(const Summer&, const Summer&) = default;
    };
    std::int32_t standard_offset_s = 0;  ///< seconds east of UTC
    std::optional<Summer> summer;

    friend bool operator==(const PosixRule&, const PosixRule&) = default;
};

/// Reads a TZ rule such as `CET-1CEST,M3.5.0,M10.5.0/3`; hours of a change may run from -167 to
/// 167.
/// @see POSIX.1-2017 section 8.3, RFC 8536 section 3.3.1
/// @returns nothing for other text, or daylight saving without its two changes
std::optional<PosixRule> parse_posix_rule(std::string_view text);

/// Seconds east of UTC in force at a second counted from 1970-01-01T00:00Z.
std::int32_t offset_at(const PosixRule& rule, std::int64_t utc_s);

}  // namespace dutylog::calendar
