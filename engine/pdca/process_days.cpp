#include "engine/pdca/process.hpp"

/// The days on which definitions begin and cease to hold: each has a wake-up of its own.
namespace dutylog::pdca {

namespace {

StreamId definition_stream(const std::string& id) { return StreamId{"definition/" + id}; }

}  // namespace

/// The next day that is not on the record; those before the publication were looked at then.
std::optional<log::Timer> Process::next_day(const definition::Definition& definition) const {
    if (definition.steps.empty()) return std::nullopt;
    const auto came = world_.day_came.find(definition.id);
    std::optional<CivilDate> next;
    const auto consider = [&](CivilDate day) {
        if (world_.rules->zone().day_start(day) <= world_.published) return;
        if (came != world_.day_came.end() && day <= came->second) return;
        if (!next || day < *next) next = day;
    };
    consider(definition.valid_from);
    if (definition.valid_to) consider(*definition.valid_to);
    if (!next) return std::nullopt;
    return log::Timer{definition_stream(definition.id).str(), world_.rules->zone().day_start(*next),
                      static_cast<std::uint64_t>(next->days)};
}

void Process::set_day_timers(Outcome& outcome) {
    for (auto known = timers_.begin(); known != timers_.end();) {
        const bool of_definition = known->first.str().starts_with("definition/");
        if (of_definition) outcome.append.drop_timers.push_back(known->second.key);
        known = of_definition ? timers_.erase(known) : std::next(known);
    }
    for (const auto& [id, definition] : world_.rules->bundle().definitions)
        if (const auto timer = next_day(definition)) {
            timers_[StreamId{timer->key}] = *timer;
            outcome.append.set_timers.push_back(*timer);
        }
}

void Process::day_came(const FireTimer& fire, const Meta& meta, Outcome& outcome, Pairs& touched) {
    const std::string id = fire.key.substr(fire.key.find('/') + 1);
    const definition::Definition* definition = world_.rules->definition(id);
    if (definition == nullptr) return;
    const CivilDate day{static_cast<std::int32_t>(fire.generation)};
    Draft draft;
    draft.event = DefinitionDayCame{id, day, day == definition->valid_from};
    draft.stream = definition_stream(id);
    const Instant start = world_.rules->zone().day_start(day);
    draft.effective = {Precision::instant, start, day, start, world_.rules->zone().name()};
    apply(std::move(draft), meta, outcome, touched);
    touch_definition(*definition, touched);
    timers_.erase(StreamId{fire.key});
    outcome.append.drop_timers.push_back(fire.key);
    if (const auto timer = next_day(*definition)) {
        timers_[StreamId{timer->key}] = *timer;
        outcome.append.set_timers.push_back(*timer);
    }
}

}  // namespace dutylog::pdca
