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
            else if constexpr (requires { Value{each.text}; })
                note_keys(world, each.text);
            else if constexpr (requires { each.parent; })
                note_keys(world, each.name);
        },
        event);
}

void fold_in(World& world, const Event& event, const Circumstances& recorded, bool spent) {
    note_keys(world, event);
    world.head = recorded.position;
    world.recorded = recorded.recorded;
    if (world.near.version == nullptr || world.near.version->first != recorded.stream) {
        world.near.version = &*world.versions.try_emplace(recorded.stream).first;
        world.near.duty = nullptr;
    }
    ++world.near.version->second;
    std::visit(Fold{world, recorded, spent}, event);
    if (world.near.duty == nullptr) {
        const auto duty = world.duties.find(recorded.stream);
        if (duty != world.duties.end()) world.near.duty = &duty->second;
    }
    if (world.near.duty != nullptr) world.count(*world.near.duty);
}

}  // namespace

Circumstances circumstances_of(const log::Envelope& envelope) {
    return {envelope.position, envelope.stream,       envelope.recorded, envelope.effective,
            envelope.actor,    envelope.on_behalf_of, envelope.corrects, envelope.origin};
}

void evolve(World& world, const Event& event, const Circumstances& recorded) {
    fold_in(world, event, recorded, false);
}

void evolve(World& world, Event&& event, const Circumstances& recorded) {
    fold_in(world, event, recorded, true);
}

}  // namespace dutylog::pdca
