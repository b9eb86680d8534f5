#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/calendar_data.hpp"
#include "engine/calendar/week_mask.hpp"
#include "engine/core/civil_date.hpp"
#include "engine/core/digest.hpp"
#include "engine/core/rejection.hpp"

namespace dutylog::calendar {

/// What a calendar is made of. A later table speaks over an earlier one, a site over all tables.
struct CalendarLayers {
    std::string id;  ///< `cn`, `cn-north-plant`
    WeekMask week;
    std::vector<HolidayTable> holidays;  ///< public holidays, by year
    std::vector<HolidayTable> site;      ///< shutdown days, local holidays, extra working days
};

/// What decided whether a day is worked.
enum class DayReason : std::uint8_t { week, holiday_table, site };

/// Whether a day is worked, and why.
struct DayStatus {
    bool works = false;
    bool provisional = false;  ///< no holiday data covers the year: only the week was asked
    DayReason why = DayReason::week;
    std::string table;  ///< id of the table that decided; empty for the week
    Text name;          ///< what the table calls the day, e.g. `Spring Festival`

    explicit operator bool() const { return works; }
    friend bool operator==(const DayStatus&, const DayStatus&) = default;
};

/// A range of days as a table gives it, with the table it stands in. Lives as long as the calendar.
struct NamedRange {
    const DayRange* range = nullptr;
    const HolidayTable* table = nullptr;
};

/// Tells working days from rest days: the week of the site, public holidays and make-up workdays,
/// and the site's own days. A value that never changes; its version is the hash of all it holds.
class WorkCalendar {
public:
    /// @returns a rejection `calendar` for a bad id, a week without a working day or a bad table
    static Result<WorkCalendar> of(CalendarLayers layers);

    const std::string& id() const { return layers_.id; }
    /// SHA-256 of the canonical content: id, week, and every table with its days and names.
    const Digest& version() const { return version_; }
    WeekMask week() const { return layers_.week; }
    /// All it is made of, to build another one from.
    const CalendarLayers& layers() const { return layers_; }

    /// A day is worked if a table makes it a make-up day, or if the week works and no table rests.
    DayStatus is_workday(CivilDate date) const;
    /// The bare answer of `is_workday`, in constant time.
    bool works(CivilDate date) const;
    /// Whether the answer rests on the week alone, for want of holiday data.
    bool provisional(CivilDate date) const;
    /// Whether a table gives all public holidays of the year.
    bool covers(int year) const;
    /// The range of a table that decided about the day; nothing where the week did.
    std::optional<NamedRange> range_of(CivilDate date) const;

    CivilDate workday_on_or_after(CivilDate date) const;
    CivilDate workday_on_or_before(CivilDate date) const;

private:
    struct Day {
        std::uint16_t owner = 0;  // index in ranges_ plus 1; 0 for the week
        bool works = false;
        bool provisional = false;
    };

    explicit WorkCalendar(CalendarLayers layers);
    void index_days();
    void index_table(std::uint16_t index);
    const Day* day(CivilDate date) const;
    const HolidayTable& table_at(std::uint16_t index) const;

    CalendarLayers layers_;
    Digest version_;
    CivilDate first_;        // the day of days_[0]
    std::vector<Day> days_;  // every day from the first to the last that a table speaks of
    struct Place {
        std::uint16_t table;
        std::uint16_t range;
    };
    std::vector<Place> ranges_;  // indexes, so that a copy of the calendar stays whole
};

/// The n-th working day after `date`, or before it for a negative n; the day itself is not counted
/// and 0 gives it back. Steps of a ladder after a deadline are counted so: T+1 working day.
CivilDate shift_working_days(CivilDate date, std::int32_t n, const WorkCalendar& calendar);

/// The working days after `from` up to and including `to`; negative where `to` lies before `from`.
std::int32_t working_days_between(CivilDate from, CivilDate to, const WorkCalendar& calendar);

}  // namespace dutylog::calendar
