#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "adapters/cli/open_log.hpp"
#include "engine/history/rehearsal.hpp"

namespace dutylog::cli {

/// What would have become of a log, had something been otherwise.
struct Supposed {
    pdca::World world;                         ///< of the changed history
    boost::json::array remain;                 ///< breaches in both
    boost::json::array avoided;                ///< only in the log, with its events
    boost::json::array arisen;                 ///< only in the changed history
    std::vector<history::DroppedAct> dropped;  ///< acts that were not possible in it
    log::TreeHead head;                        ///< of the log it began with
};

/// Lives the history through again with the changes (`change_history`), in memory.
/// @param until  up to then; nothing: up to the last event of the log
/// @throws Failure  a change cannot be read; or what it needs was erased
Supposed suppose(OpenedLog& log, const boost::json::array& changes, std::optional<Instant> until);

/// `{changes, remain, avoided, arisen, not_possible, log: {events, root}}`
boost::json::object to_json(const Supposed& supposed, const boost::json::array& changes);

}  // namespace dutylog::cli
