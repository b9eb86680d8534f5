#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "adapters/server/access.hpp"
#include "adapters/server/reading.hpp"

namespace dutylog::server {

struct DutyFilter {
    Reference about;         ///< and what lives inside it; empty for all
    std::string definition;  ///< empty for all
    std::string owner;       ///< of an open step
    std::string before;      ///< a date
    bool overdue = false;
};

/// A running cycle with work to do.
struct OpenDuty {
    const pdca::Duty* duty = nullptr;
    const pdca::Cycle* cycle = nullptr;
    std::string place;  ///< in the list: effective date, stream, cycle
};

/// What the caller may read and the filter wants, by effective date; equal dates by stream and
/// cycle.
std::vector<OpenDuty> open_duties(const Asked& asked, const DutyFilter& filter,
                                  const TokenCaller& caller);
boost::json::object open_json(const OpenDuty& open, Instant at);

/// One step: where it stands, whose it is, who did it.
boost::json::object step_json(const pdca::StepState& step);

/// The cycles of a duty that are not over with their steps and findings, and those that are.
boost::json::object cycles_json(const pdca::Duty& duty);

}  // namespace dutylog::server
