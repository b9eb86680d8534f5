#include "engine/pdca/fold.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::pdca {

namespace {

/// A key that something on the record was sealed with is never made anew.
void note_keys(World& world, const Value& value) {
    if (const auto* sealed = value.as<Sealed>()) world.sealed_with.insert(sealed->key);
    if (const auto* record = value.as<Record>())
        for (const Field& field : record->fields())
            if (const auto* sealed = field.value.as<Sealed>())
                world.sealed_with.insert(sealed->key);
}

void note_keys(World& world, const Event& event) {
    std::visit(
        [&](const auto& each) {
            if constexpr (requires { Value{each.value}; })
                note_keys(world, each.value);
            else if constexpr (requires { Value{each.form}; })
                note_keys(world, each.form);
            else if constexpr (requires { each.parent; })
                note_keys(world, each.name);
        },
        event);
}

}  // namespace

void evolve(World& world, const Event& event, const Recorded& recorded) {
    world.head = recorded.position;
    world.recorded = recorded.recorded;
    if (world.near.version == nullptr || world.near.version->first != recorded.stream) {
        world.near.version = &*world.versions.try_emplace(recorded.stream).first;
        world.near.duty = nullptr;
    }
    ++world.near.version->second;
    std::visit(Fold{world, recorded}, event);
    if (world.near.duty == nullptr) {
        const auto duty = world.duties.find(recorded.stream);
        if (duty != world.duties.end()) world.near.duty = &duty->second;
    }
    if (world.near.duty != nullptr) world.count(*world.near.duty);
    note_keys(world, event);
}

}  // namespace dutylog::pdca
