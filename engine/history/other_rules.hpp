#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <vector>

#include "engine/calendar/calendar_data.hpp"
#include "engine/core/rejection.hpp"
#include "engine/history/rehearsal.hpp"

namespace dutylog::history {

/// Rules a question asks for instead of those the events were decided under.
struct OtherRules {
    /// Definitions and rows of tables valid on this day are in force throughout, and no others.
    /// They are those of the bundle in force at the end of that day; before the first publication,
    /// of the first one.
    std::optional<CivilDate> valid_on;
    /// Days that are worked, or not, whatever the calendar says: a holiday that was moved.
    std::vector<calendar::DayRange> days;

    bool empty() const { return !valid_on && days.empty(); }
};

/// How the history went under other rules.
struct Redecided {
    pdca::World world;
    std::vector<DroppedAct> dropped;  ///< acts that were not possible
};

/// Lives the history through again under those rules, in memory.
/// @param as_true  facts in the order in which they were true, as `rehearse_as_true` takes them
/// @param keys     of people; null opens nothing
/// @returns a rejection where there are no rules yet, the days make no calendar, or a key is gone
///          that something would have to be read with
Result<Redecided> decide_again(OutsideHistory history, const pdca::RulesSource& source,
                               const log::KeyRing* keys, const OtherRules& other, Instant until,
                               bool as_true);

/// What the other rules change for the newest cycle of a duty: `{duty, asked: {valid_on, off,
/// work}, decided: [edition…], here: [edition…], due, dates: [{date, decided, here}]}`. `date` is
/// `due`, `effective`, `enforced`, or a step that is open in one of the two worlds; `null` stands
/// where one of them has no such date. The editions are those of the tables that the due date
/// reads.
/// @param decided  under the rules of the time; `here`: under the other ones
boost::json::object rules_difference(const pdca::World& decided, const pdca::World& here,
                                     const StreamId& duty, const OtherRules& other);

/// `{valid_on: DATE, off: [DATE…], work: [DATE…]}`, without what is not asked.
boost::json::object to_json(const OtherRules& other);

}  // namespace dutylog::history
