#pragma once

#include <set>

#include "adapters/cli/narrator.hpp"
#include "engine/log/event_store.hpp"

namespace dutylog::cli {

/// Which part of a log is told, and how.
struct DaysToTell {
    log::Position after = 0;              ///< events up to here belong to the setting
    std::set<log::Position> left_unsaid;  ///< repeated acts that are told once; with what followed
    std::map<log::Position, std::string> remarks;  ///< said after an act, e.g. how often it repeats
};

/// The events of a log, grouped by day and under what caused them.
void tell_days(Console& console, const Narrator& narrator, log::EventStore& store,
               const DaysToTell& which);

}  // namespace dutylog::cli
