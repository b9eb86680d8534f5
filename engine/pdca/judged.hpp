#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/definition/bundle.hpp"
#include "engine/pdca/state.hpp"

namespace dutylog::pdca {

/// What was found out about one duty and need not be worked out again while its consequences are
/// folded in one after the other: until they are settled no fact is recorded, no rule changes and
/// time stands still. What also depends on the duty's own state is kept with that state.
struct Judged {
    /// A deadline that stood, with all that its rule can read of the duty.
    struct Plan {
        const definition::Definition* definition = nullptr;
        CycleNumber cycle = 0;
        Position occasion = 0;
        std::optional<CivilDate> opened_on;
        CivilDate due;
        std::optional<CivilDate> last_completion;
        std::int64_t completions = 0;
        std::size_t past = 0;
        std::vector<std::pair<std::string, CivilDate>> steps_done;

        friend bool operator==(const Plan&, const Plan&) = default;
    };

    std::optional<bool> wanted;     ///< whether the duty applies to its subject
    std::vector<Position> no_turn;  ///< facts whose guard said that they open nothing
    std::vector<Plan> plans;
};

}  // namespace dutylog::pdca
