#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dutylog {

/// A point on the UTC time line in microseconds since 1970-01-01T00:00Z; leap seconds are ignored.
struct Instant {
    std::int64_t micros = 0;

    friend constexpr auto operator<=>(const Instant&, const Instant&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(micros);
    }
};

/// An elapsed time in microseconds; never a count of civil days.
struct Elapsed {
    std::int64_t micros = 0;

    friend constexpr auto operator<=>(const Elapsed&, const Elapsed&) = default;
};

constexpr Elapsed seconds(std::int64_t n) { return {n * 1'000'000}; }
constexpr Elapsed minutes(std::int64_t n) { return seconds(n * 60); }
constexpr Elapsed hours(std::int64_t n) { return minutes(n * 60); }

constexpr Instant operator+(Instant at, Elapsed by) { return {at.micros + by.micros}; }
constexpr Instant operator-(Instant at, Elapsed by) { return {at.micros - by.micros}; }
constexpr Elapsed operator-(Instant later, Instant earlier) {
    return {later.micros - earlier.micros};
}

/// RFC 3339 in UTC with the fewest digits that say it: `2025-12-05T01:00:00Z`.
std::string to_string(Instant at);

/// Reads RFC 3339 (`2025-12-05T09:00+08:00`, seconds may be left out, an offset or `Z` is
/// required).
/// @returns nothing where the text is not of this form or names no real date
std::optional<Instant> parse_instant(std::string_view text);

}  // namespace dutylog
