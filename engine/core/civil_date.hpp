#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dutylog {

/// A day of the proleptic Gregorian calendar without a zone, as days since 1970-01-01.
struct CivilDate {
    std::int32_t days = 0;

    constexpr CivilDate() = default;
    constexpr explicit CivilDate(std::int32_t since_epoch) : days{since_epoch} {}
    /// @pre the year, month (1–12) and day exist; checked by `CivilDate::valid`.
    constexpr CivilDate(int year, unsigned month, unsigned day)
        : days{static_cast<std::int32_t>(std::chrono::sys_days{
              std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}}
                                             .time_since_epoch()
                                             .count())} {}

    static constexpr bool valid(int year, unsigned month, unsigned day) {
        return (std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}).ok();
    }

    constexpr std::chrono::year_month_day ymd() const {
        return std::chrono::sys_days{std::chrono::days{days}};
    }
    constexpr int year() const { return static_cast<int>(ymd().year()); }
    constexpr unsigned month() const { return static_cast<unsigned>(ymd().month()); }
    constexpr unsigned day() const { return static_cast<unsigned>(ymd().day()); }
    /// 1 = Monday … 7 = Sunday (ISO 8601).
    constexpr unsigned iso_weekday() const {
        return std::chrono::weekday{std::chrono::sys_days{std::chrono::days{days}}}.iso_encoding();
    }

    constexpr CivilDate plus_days(std::int32_t n) const { return CivilDate{days + n}; }

    friend constexpr auto operator<=>(const CivilDate&, const CivilDate&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(days);
    }
};

/// Months counted as Civil Code Art. 202 says: the corresponding day, or the last of the month.
/// @param n  may be negative
CivilDate plus_months(CivilDate from, int n);

/// `2025-12-05`
std::string to_string(CivilDate date);

/// Reads `YYYY-MM-DD`, nothing else. @returns nothing for other text or a day that does not exist
std::optional<CivilDate> parse_civil_date(std::string_view text);

/// ISO 8601 week: 2024-12-30 is week 1 of 2025.
struct IsoWeek {
    int year;
    unsigned week;
    friend constexpr auto operator<=>(const IsoWeek&, const IsoWeek&) = default;
};
IsoWeek iso_week(CivilDate date);

}  // namespace dutylog
