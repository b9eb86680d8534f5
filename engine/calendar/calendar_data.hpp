#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/civil_date.hpp"
#include "engine/core/rejection.hpp"
#include "engine/core/text.hpp"

namespace dutylog::calendar {

/// Days, both ends included, of which it is said that they are worked or not, whatever the week
/// says.
struct DayRange {
    CivilDate first;
    CivilDate last;
    bool works = false;  ///< true for a make-up workday, false for a day off
    Text name;           ///< `春节`, `Spring Festival`

    friend bool operator==(const DayRange&, const DayRange&) = default;
};

/// A published list of days off and make-up workdays: the public holidays of some years, or the
/// days of one site (shutdown, local holidays, extra working days).
struct HolidayTable {
    std::string id;              ///< `cn-2026`; cited by every date that rests on it
    int first_year = 0;          ///< the years whose public holidays are all in the table …
    int last_year = -1;          ///< … none for a list of a site
    std::string source;          ///< where it was published
    std::vector<DayRange> days;  ///< in order of time, none overlaps another

    bool covers_years() const { return first_year <= last_year; }
    bool covers(int year) const { return first_year <= year && year <= last_year; }
    friend bool operator==(const HolidayTable&, const HolidayTable&) = default;
};

/// What a table may hold at most.
struct HolidayLimits {
    static constexpr int year_min = 1970;
    static constexpr int year_max = 2200;
    static constexpr int years_max = 20;       ///< years one table covers
    static constexpr int range_days_max = 92;  ///< length of one range
    static constexpr std::size_t id_bytes_max = 64;
};

/// Reads one table. The first line says what it is, then come the years and the days:
///
///     holidays,cn-2026            (or: site,north-plant  without years)
///     years,2026                  (or: years,2026,2027)
///     source,https://…
///     off,2026-02-15,2026-02-23,春节,Spring Festival
///     work,2026-02-14,,春节,Spring Festival
///
/// A range lies in the years covered, or in the December before or the January after them, since a
/// notice may move days across New Year. `#` starts a comment line.
/// @param label  the name of the file, for messages
/// @returns a rejection `data_file` that names label, line, what was expected and what was found
Result<HolidayTable> parse_holiday_table(std::string_view label, std::string_view text);

/// Checks what the parser promises, for tables built in code.
Result<void> check(const HolidayTable& table);

/// 1 to 64 of `a-z A-Z 0-9 . _ -`, as all ids of calendar data are.
bool is_data_id(std::string_view text);

}  // namespace dutylog::calendar
