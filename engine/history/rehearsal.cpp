#include "engine/history/rehearsal.hpp"

#include <algorithm>
#include <limits>

#include "engine/pdca/command_codec.hpp"

namespace dutylog::history {

namespace {

/// What must stand before any fact can be stated, whenever the log began.
bool sets_up(const pdca::Command& command) {
    return std::holds_alternative<pdca::AddSubject>(command) ||
           std::holds_alternative<pdca::RecordAssumption>(command);
}

/// Publishing, sending and voiding are not statements about the world: they keep their time.
bool keeps_time(const pdca::Command& command) {
    return sets_up(command) || std::holds_alternative<pdca::PublishBundle>(command) ||
           std::holds_alternative<pdca::RecordDelivery>(command) ||
           std::holds_alternative<pdca::RecordHandover>(command) ||
           std::holds_alternative<pdca::VoidRecords>(command);
}

/// The moment from which anything was true.
Instant beginning(const OutsideHistory& history) {
    Instant first = history.acts.empty() ? Instant{} : history.acts.front().recorded;
    for (const OutsideAct& act : history.acts)
        if (!keeps_time(act.command)) first = std::min(first, act.meta.effective.at);
    return first;
}

std::string bytes_of_command(const pdca::Command& command) {
    const Bytes bytes = pdca::encode(command);
    return {bytes.begin(), bytes.end()};
}

}  // namespace

std::string to_string(const DroppedAct& act) {
    return act.command + " of position " + std::to_string(act.position) + ": " + act.refusal.detail;
}

Rehearsal::Rehearsal(pdca::RulesSource source, const log::KeyRing* keys,
                     pdca::SealedAnswers answers)
    : process_{world_} {
    world_.source = std::move(source);
    world_.unsealing.keys = keys;
    world_.unsealing.foretold = std::make_shared<const pdca::SealedAnswers>(std::move(answers));
}

std::optional<Rejection> Rehearsal::run(const OutsideAct& act) {
    if (own_time) advance(Instant{act.recorded.micros});
    pdca::Outcome outcome = process_.execute(moved(act.command), act.meta, act.recorded);
    const auto refusal = outcome.refusal;
    if (act.position != 0) places_[act.position] = outcome.first;
    if (refusal && refusal->reason != "gate_closed")
        dropped_.push_back({std::string{pdca::name_of(act.command)}, act.position, *refusal});
    take(std::move(outcome), act.recorded);
    return refusal;
}

void Rehearsal::advance(Instant until) {
    while (!queue_.empty() && queue_.begin()->first <= until && !world_.timers_held) {
        const auto [at, key] = *queue_.begin();
        fire(StreamId{key}, at);
    }
}

void Rehearsal::fire(const StreamId& duty, Instant now) {
    const auto timer = timers_.find(duty.str());
    if (timer == timers_.end()) return;
    queue_.erase({timer->second.due, timer->first});
    take(process_.execute(pdca::FireTimer{timer->first, timer->second.generation}, {}, now), now);
}

void Rehearsal::take(pdca::Outcome outcome, Instant now) {
    const auto forget = [&](const std::string& key) {
        const auto known = timers_.find(key);
        if (known == timers_.end()) return;
        queue_.erase({known->second.due, key});
        timers_.erase(known);
    };
    for (const std::string& key : outcome.append.drop_timers) forget(key);
    for (const log::Timer& timer : outcome.append.set_timers) {
        forget(timer.key);
        timers_[timer.key] = timer;
        queue_.insert({timer.due, timer.key});
    }
    for (std::size_t i = 0; i < outcome.events.size(); ++i) {
        const log::NewEvent& stored = outcome.append.events[i];
        events_.push_back(
            {{outcome.first + i, stored.stream, std::max(now, world_.recorded), stored.effective,
              stored.actor, stored.on_behalf_of, stored.corrects, stored.origin},
             std::move(outcome.events[i]),
             stored.state_hash});
    }
}

/// Positions named by a command are those of the log; here the same records may stand elsewhere.
pdca::Command Rehearsal::moved(const pdca::Command& command) const {
    pdca::Command copy = command;
    const auto place = [&](log::Position& position) {
        const auto found = places_.find(position);
        if (found != places_.end()) position = found->second;
    };
    if (auto* fact = std::get_if<pdca::RecordFact>(&copy))
        place(fact->corrects);
    else if (auto* voided = std::get_if<pdca::VoidRecords>(&copy))
        for (log::Position& position : voided->positions) place(position);
    return copy;
}

Rehearsal rehearse(const OutsideHistory& history, pdca::RulesSource source,
                   const log::KeyRing* keys) {
    Rehearsal rehearsal{std::move(source), keys, history.answers};
    rehearsal.own_time = false;
    auto firing = history.firings.begin();
    const auto fire_before = [&](log::Position position) {
        for (; firing != history.firings.end() && firing->position < position; ++firing)
            rehearsal.fire(firing->duty, firing->at);
    };
    for (const OutsideAct& act : history.acts) {
        fire_before(act.position);
        rehearsal.run(act);
    }
    fire_before(std::numeric_limits<log::Position>::max());
    return rehearsal;
}

Rehearsal rehearse_as_true(OutsideHistory history, pdca::RulesSource source,
                           const log::KeyRing* keys, Instant until) {
    const Instant start = beginning(history);
    bool published = false;
    for (OutsideAct& act : history.acts) {
        const bool first_rules =
            !published && std::holds_alternative<pdca::PublishBundle>(act.command);
        published = published || first_rules;
        if (first_rules || sets_up(act.command))
            act.recorded = start;
        else if (!keeps_time(act.command))
            act.recorded = std::min(act.recorded, act.meta.effective.at);
    }
    std::stable_sort(history.acts.begin(), history.acts.end(),
                     [](const OutsideAct& a, const OutsideAct& b) {
                         if (a.recorded != b.recorded) return a.recorded < b.recorded;
                         const bool first = keeps_time(a.command);
                         const bool second = keeps_time(b.command);
                         if (first != second) return first;
                         if (first) return a.position < b.position;
                         return bytes_of_command(a.command) < bytes_of_command(b.command);
                     });
    Rehearsal rehearsal{std::move(source), keys, std::move(history.answers)};
    for (const OutsideAct& act : history.acts)
        if (act.recorded <= until) rehearsal.run(act);
    rehearsal.advance(until);
    return rehearsal;
}

}  // namespace dutylog::history
