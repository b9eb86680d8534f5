#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/log/event_store.hpp"

namespace dutylog::simulation {

/// A fault put in on purpose, to see that the checks find it.
enum class Plant : std::uint8_t {
    none,
    answer_before_commit,  ///< the answer goes out while the append still waits in memory
    skip_sync,             ///< commits are not synced
    timer_twice,           ///< what a timer led to is recorded twice
    drop_derived,          ///< the last consequence of a command is not recorded
    forget_role,           ///< after a start nobody remembers who holds which role
    lose_timer,            ///< now and then a wake-up is not kept
    lose_result,           ///< now and then a command's answer is not kept
    lose_notice,           ///< now and then a message to be sent is not kept
    half_append,           ///< events are committed before their timers and answers
    bent_snapshot          ///< one bit of a snapshot is read wrongly, and nothing notices
};

/// The name on the command line, `answer-before-commit`.
std::string_view name_of(Plant plant);
std::optional<Plant> plant_named(std::string_view name);
const std::vector<Plant>& all_plants();

/// A store between the engine and the real one that has the fault. It outlives neither.
std::unique_ptr<log::EventStore> planted(Plant plant, log::EventStore& store);

}  // namespace dutylog::simulation
