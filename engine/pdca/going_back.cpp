#include "engine/pdca/going_back.hpp"

#include <algorithm>
#include <set>

namespace dutylog::pdca {

std::vector<std::string> steps_again(const definition::Definition& definition, const Cycle& cycle,
                                     const std::string& step) {
    std::vector<std::string> again;
    const definition::Step* first = definition.step(step);
    if (first == nullptr) return again;
    std::set<std::string> later{step};  // steps stand in the order in which they can open
    for (const definition::Step& each : definition.steps) {
        const bool waits = std::ranges::any_of(
            each.after, [&](const std::string& id) { return later.contains(id); });
        if (each.id == step || (each.phase <= first->phase && !waits)) continue;
        later.insert(each.id);
        const StepState* state = cycle.step(each.id);
        const bool begun = state != nullptr &&
                           (state->status == StepStatus::open || state->status == StepStatus::done);
        if (begun && each.upon_findings.empty()) again.push_back(each.id);
    }
    return again;
}

}  // namespace dutylog::pdca
