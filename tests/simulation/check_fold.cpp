#include <algorithm>
#include <limits>

#include "engine/history/rehearsal.hpp"
#include "engine/pdca/stored.hpp"
#include "engine/runtime/snapshot.hpp"
#include "tests/simulation/broken.hpp"
#include "tests/simulation/checks.hpp"

namespace dutylog::simulation {

namespace {

constexpr std::size_t all_of_them = 1'000'000;
constexpr Instant end_of_time{std::numeric_limits<std::int64_t>::max()};

std::string at_event(log::Position position) { return "event " + std::to_string(position) + ": "; }

/// The rules the engine runs on: what it has read from the log need not be read again.
pdca::RulesSource rules_of(const runtime::Engine& engine) {
    return [&engine](const Digest& bundle) {
        const auto found = engine.world().known_rules.find(bundle);
        return found == engine.world().known_rules.end() ? nullptr : found->second;
    };
}

void check_timers(log::EventStore& store, pdca::World& world, const runtime::Engine& engine) {
    const pdca::Process fresh{world};
    std::map<std::string, log::Timer> wanted;
    for (const auto& [stream, timer] : fresh.timers()) wanted[timer.key] = timer;
    const auto kept = store.timers_due(end_of_time, all_of_them);
    for (const log::Timer& timer : kept) {
        const auto found = wanted.find(timer.key);
        require(found != wanted.end(), "no wake-up is kept that nothing asks for: " + timer.key);
        require(found->second == timer,
                "the wake-up of " + timer.key + " is kept as the state asks for it: " +
                    to_string(timer.due) + " generation " + std::to_string(timer.generation) +
                    ", asked for " + to_string(found->second.due) + " generation " +
                    std::to_string(found->second.generation));
        wanted.erase(found);
    }
    require(wanted.empty(),
            "every wake-up is kept, " + (wanted.empty() ? "" : wanted.begin()->first) + " too");
    if (!world.timers_held)
        require(engine.next_timer() == store.next_timer(), "the engine wakes when the table says");
}

}  // namespace

void check_fold(log::EventStore& store, const runtime::Engine& engine) {
    pdca::World world;
    world.source = rules_of(engine);
    world.unsealing.keys = engine.world().unsealing.keys;
    store.scan(1, [&](const log::StoredEvent& stored) {
        pdca::replay(world, stored);
        require(pdca::state_hash_of(world, stored.envelope.stream) == stored.envelope.state_hash,
                at_event(stored.envelope.position) +
                    "replay gives the state hash it was stored "
                    "with (" +
                    stored.envelope.type + ")");
        return true;
    });
    require(runtime::write_snapshot(world) == runtime::write_snapshot(engine.world()),
            "the running world equals a fold from the first event on");
    check_timers(store, world, engine);
}

void check_rehearsal(log::EventStore& store, const runtime::Engine& engine) {
    const auto history = history::outside_history(store, std::nullopt);
    const auto rehearsal =
        history::rehearse(history, rules_of(engine), engine.world().unsealing.keys);
    const auto& events = rehearsal.events();
    store.scan(1, [&](const log::StoredEvent& stored) {
        const log::Envelope& envelope = stored.envelope;
        const std::string at = "rehearsal, " + at_event(envelope.position);
        require(envelope.position <= events.size(), at + "it arises again (" + envelope.type + ")");
        const history::RehearsedEvent& again = events[envelope.position - 1];
        const auto type = pdca::EventCodec::type_of(again.event);
        require(type == envelope.type, at + "expected " + envelope.type + " in " +
                                           envelope.stream.str() + ", found " + std::string{type} +
                                           " in " + again.recorded.stream.str());
        require(again.recorded.position == envelope.position, at + "it has its place again");
        require(again.recorded.stream == envelope.stream, at + "it is in the same stream");
        require(again.recorded.recorded == envelope.recorded, at + "it has its recorded time");
        require(again.recorded.effective == envelope.effective, at + "it has its effective time");
        require(again.recorded.actor == envelope.actor, at + "it has the same actor");
        require(again.recorded.on_behalf_of == envelope.on_behalf_of, at + "on the same behalf");
        require(pdca::EventCodec::encode(again.event) == stored.payload,
                at + "it is the same, byte for byte (" + envelope.type + ")");
        require(again.state_hash == envelope.state_hash, at + "it leads to the same state");
        return true;
    });
    require(events.size() == store.head().size, "rehearsal gives no event the log does not have");
}

}  // namespace dutylog::simulation
