#include "engine/pdca/wheels.hpp"

namespace dutylog::pdca {

bool is_child(const World& world, const Duty& child, const Duty& wheel) {
    if (!child.active || child.level >= wheel.level || !world.inside(child.subject, wheel.subject))
        return false;
    return wheel.level == Level::programme || child.system == wheel.system;
}

std::vector<const Duty*> children_of(const World& world, const Duty& wheel) {
    std::vector<const Duty*> found;
    for (const auto& [stream, duty] : world.duties)
        if (is_child(world, duty, wheel)) found.push_back(&duty);
    return found;
}

std::vector<const Duty*> open_children(const World& world, const Duty& wheel) {
    std::vector<const Duty*> found = children_of(world, wheel);
    std::erase_if(found, [](const Duty* child) { return child->share.open == 0; });
    return found;
}

}  // namespace dutylog::pdca
