#include <algorithm>
#include <utility>

#include "engine/log/archive.hpp"
#include "engine/log/value_codec.hpp"
#include "engine/pdca/codec.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::pdca {

namespace {

void add_sorted(std::vector<Position>& positions, Position position) {
    const auto at = std::lower_bound(positions.begin(), positions.end(), position);
    if (at == positions.end() || *at != position) positions.insert(at, position);
}

/// The fold of one event: an overload for each type that changes anything.
class Fold {
public:
    Fold(World& world, const Recorded& recorded) : world_{world}, recorded_{recorded} {}

    // The log itself.
    void operator()(const BundlePublished& event) {
        if (!world_.source) return;
        RulesPtr rules = world_.source(event.bundle);
        if (rules == nullptr) throw CorruptStream{"a published bundle is not in the log"};
        world_.rules = rules;
        world_.bundle = event.bundle;
        world_.published = recorded_.recorded;
        world_.known_rules[event.bundle] = std::move(rules);
    }
    void operator()(const RecordVoided& event) {
        world_.voided.insert(event.positions.begin(), event.positions.end());
        for (const Position position : event.positions) void_fact(position);
    }
    void operator()(const AssumptionRecorded& event) {
        world_.assumptions.push_back(
            {event.definition, event.subject, event.forever, event.until, recorded_.position});
    }
    void operator()(const DefinitionDayCame& event) {
        world_.day_came[event.definition] = event.day;
    }
    void operator()(const ClockJumped& event) { world_.timers_held = !event.adopted; }
    void operator()(const ClockDecided&) { world_.timers_held = false; }

    // Subjects and facts.
    void operator()(const SubjectAdded& event) {
        registry::Subject& subject = world_.subjects[event.subject];
        subject.id = event.subject;
        subject.parent = event.parent;
        subject.name = event.name;
        subject.added = recorded_.position;
        chain(subject, event);
    }
    void operator()(const FactRecorded& event) {
        const auto found = world_.subjects.find(event.subject);
        if (found == world_.subjects.end())
            throw CorruptStream{"a fact about the unknown subject " + event.subject.id};
        auto& entries = found->second.facts[event.fact];
        if (recorded_.corrects != 0) replace(entries);
        registry::insert(entries, {recorded_.position, recorded_.effective, recorded_.recorded,
                                   recorded_.actor, event.value, false, 0});
        chain(found->second, event);
    }

    void operator()(const PersonErased& event) {
        const auto found = world_.subjects.find(event.subject);
        if (found == world_.subjects.end())
            throw CorruptStream{"the erasure of the unknown subject " + event.subject.id};
        found->second.erased = recorded_.position;
        chain(found->second, event);
    }
    void operator()(const SealedFieldsAsked& event) {
        for (const SealedQuestion& asked : event.questions)
            world_.answers[asked.question] = asked.answer;
    }

    // Work on duties.
    void operator()(const DutyOpened& event) {
        Duty& duty = world_.duties[recorded_.stream];
        duty.stream = recorded_.stream;
        duty.definition = event.definition;
        duty.version = event.version;
        duty.subject = event.subject;
        duty.system = event.system;
        duty.level = event.level;
        duty.tracked = event.tracked;
        duty.active = true;
        if (duty.opened == 0) duty.opened = recorded_.position;
        touch(duty);
    }
    void operator()(const DutyEnded&) {
        Duty& duty = this->duty();
        duty.active = false;
        while (!duty.cycles.empty()) finish(duty, duty.cycles.front().number);
    }
    void operator()(const CycleScheduled& event) {
        Duty& duty = this->duty();
        duty.cycles_made = std::max(duty.cycles_made, event.cycle);
        if (event.occasion != 0) add_sorted(duty.occasions, event.occasion);
        Cycle cycle;
        cycle.number = event.cycle;
        cycle.occasion = event.occasion;
        cycle.ran_by = event.ran_by;
        cycle.carried_in = std::exchange(duty.carried, {});
        cycle.version = event.version;
        cycle.scheduled = recorded_.recorded;
        cycle.planned = recorded_.recorded;
        cycle.deadline = event.deadline;
        duty.cycles.push_back(std::move(cycle));
    }
    void operator()(const OccasionJoined& event) {
        Duty& duty = this->duty();
        add_sorted(duty.occasions, event.occasion);
        for (PastCycle& past : duty.past)
            if (past.number == event.cycle) past.occasion = event.occasion;
        Cycle* cycle = duty.cycle(event.cycle);
        if (cycle == nullptr) return;
        if (event.corrects == 0) add_sorted(cycle->joined, event.occasion);
        if (event.corrects == 0) return;
        cycle->occasion = event.occasion;
        std::erase(cycle->joined, event.occasion);
    }
    void operator()(const DeadlineMoved& event) {
        Cycle& cycle = this->cycle(event.cycle);
        if (event.step.empty()) {
            cycle.deadline = event.deadline;
            cycle.planned = recorded_.recorded;
            cycle.rungs = 0;
            cycle.missed = false;
        } else {
            step(cycle, event.step).deadline = event.deadline;
        }
    }
    void operator()(const CycleOpened& event) {
        Cycle& cycle = this->cycle(event.cycle);
        cycle.status = CycleStatus::open;
        cycle.opened = recorded_.recorded;
        cycle.opened_on = recorded_.effective.date;
    }
    void operator()(const PhaseEntered& event) {
        Cycle& cycle = this->cycle(event.cycle);
        cycle.phase = event.phase;
        for (const std::string& left : event.left_out)
            step(cycle, left).status = StepStatus::left_out;
    }
    void operator()(const StepOpened& event) {
        StepState& step = this->step(cycle(event.cycle), event.step);
        const std::uint16_t times = step.times;
        step = StepState{};
        step.id = event.step;
        step.status = StepStatus::open;
        step.owner = event.owner;
        step.role = event.role;
        step.vacant = event.vacant;
        step.deadline = event.deadline;
        step.opening = recorded_.position;
        step.opened = recorded_.recorded;
        step.opened_on = recorded_.effective.date;
        step.times = static_cast<std::uint16_t>(times + 1);
    }
    void operator()(const StepCompleted& event) {
        StepState& step = this->step(cycle(event.cycle), event.step);
        step.status = StepStatus::done;
        step.by = recorded_.actor;
        step.at = recorded_.effective.at;
        step.on = recorded_.effective.date;
        step.position = recorded_.position;
        step.fact = 0;
        step.outcome = event.outcome;
        step.form = event.form;
        step.judged = false;
    }
    void operator()(const StepSatisfied& event) {
        StepState& step = this->step(cycle(event.cycle), event.step);
        step.status = StepStatus::done;
        step.by = event.by;
        step.at = event.at;
        step.on = event.on;
        step.position = event.fact;
        step.fact = event.fact;
        step.judged = false;
        add_sorted(duty().used_facts, event.fact);
    }
    void operator()(const StepReturned& event) {
        Cycle& cycle = this->cycle(event.cycle);
        reopen(cycle, event.step);
        for (const std::string& later : event.again) {
            reopen(cycle, later);
            StepState& step = this->step(cycle, later);
            step.status = StepStatus::waiting;
            --step.times;  // it is counted when it opens
        }
    }
    void operator()(const StepReopened& event) {
        Cycle& cycle = this->cycle(event.cycle);
        const bool met = cycle.met;
        reopen(cycle, event.step);
        cycle.withdrawn = cycle.withdrawn || (met && !cycle.met);
    }
    void operator()(const CompletionWithdrawn& event) {
        Duty& duty = this->duty();
        for (PastCycle& past : duty.past)
            if (past.number == event.cycle) withdraw(duty, past, event);
    }
    void operator()(const StepApproved& event) {
        step(cycle(event.cycle), event.step)
            .approvals.push_back(event.role + "=" + recorded_.actor.str());
    }
    void operator()(const StepReassigned& event) {
        step(cycle(event.cycle), event.step).owner = event.owner;
    }
    void operator()(const StepPostponed& event) {
        StepState& step = this->step(cycle(event.cycle), event.step);
        step.deadline = event.deadline;
        step.missed = false;
    }
    void operator()(const StepsLeftOut& event) {
        Cycle& cycle = this->cycle(event.cycle);
        for (const std::string& left : event.steps) step(cycle, left).status = StepStatus::left_out;
    }
    void operator()(const OwnerMissing& event) {
        StepState& step = this->step(cycle(event.cycle), event.step);
        step.vacant = true;
        step.owner = event.stands_in;
    }
    void operator()(const OwnerFound& event) {
        StepState& step = this->step(cycle(event.cycle), event.step);
        step.vacant = false;
        step.owner = event.owner;
    }
    void operator()(const FindingRaised& event) {
        Cycle& cycle = this->cycle(event.cycle);
        if (!event.finding.empty())
            cycle.findings.push_back(
                {event.finding, event.step, event.severity, recorded_.position, false});
        if (StepState* step = cycle.step(event.step)) step->judged = true;
    }
    void operator()(const MeasureVerified& event) {
        Cycle& cycle = this->cycle(event.cycle);
        StepState& measure = step(cycle, event.step);
        measure.verified = event.effective;
        if (!event.effective) reopen(cycle, event.step);
    }
    void operator()(const MeasureCarried& event) {
        step(cycle(event.cycle), event.step).status = StepStatus::carried;
    }
    void operator()(const DeadlineMet& event) {
        Cycle& cycle = this->cycle(event.cycle);
        cycle.met = true;
        cycle.withdrawn = false;
        cycle.assumed = event.assumed;
        cycle.met_at = event.at;
        cycle.met_on = event.on;
        const Duty& duty = this->duty();
        const definition::Definition* rule = world_.pinned(duty.definition, cycle.version);
        const StepState* by = rule == nullptr ? nullptr : cycle.step(rule->met_by);
        cycle.met_position = event.assumed || by == nullptr ? 0 : by->position;
    }
    void operator()(const DeadlineMissed& event) {
        Duty& duty = this->duty();
        for (PastCycle& past : duty.past)
            if (past.number == event.cycle) past.missed = true;
        if (Cycle* cycle = duty.cycle(event.cycle)) {
            if (event.step.empty())
                cycle->missed = true;
            else
                step(*cycle, event.step).missed = true;
        }
        world_.breaches.push_back({recorded_.position, recorded_.stream, duty.definition,
                                   duty.subject, event.cycle, event.step, event.breach, event.due,
                                   event.due_on, recorded_.recorded, event.basis, event.tracked});
    }
    void operator()(const GateBreached& event) {
        const Reference subject = subject_of_stream(recorded_.stream);
        world_.breaches.push_back({recorded_.position, recorded_.stream, event.definition, subject,
                                   0, event.gate, Breach::act_first, event.due, event.due_on,
                                   recorded_.recorded, event.basis, false});
    }
    void operator()(const CycleSuspended& event) {
        cycle(event.cycle).status = CycleStatus::suspended;
    }
    void operator()(const CycleResumed& event) { cycle(event.cycle).status = CycleStatus::open; }
    void operator()(const CycleCancelled& event) { finish(duty(), event.cycle); }
    void operator()(const CycleClosed& event) {
        Duty& duty = this->duty();
        finish(duty, event.cycle);
        std::vector<std::string>& next =
            duty.cycles.empty() ? duty.carried : duty.cycles.front().carried_in;
        next.insert(next.end(), event.carried.begin(), event.carried.end());
    }
    void operator()(const HealthChanged& event) { duty().health = event.health; }
    void operator()(const CycleMigrated& event) { migrate(event); }

    // Telling people.
    void operator()(const NoticePlanned& event) {
        const auto found = world_.duties.find(recorded_.stream);
        if (found == world_.duties.end()) return;  // a gate's notice stands with the subject
        NoticeState notice{event.notice,       event.cycle, event.step, event.rung,
                           recorded_.recorded, false,       {}};
        for (const Recipient& to : event.to)
            notice.to.push_back({to.person, to.role, Delivery::skipped, 0});
        touch(found->second);
        for (NoticeState& earlier : found->second.notices)
            if (event.kind == NoticeKind::undelivered && event.notice == earlier.id + "/next")
                earlier.moved_on = true;
        found->second.notices.push_back(std::move(notice));
        if (event.kind == NoticeKind::reminder || event.kind == NoticeKind::escalation)
            past_rung(found->second, event.cycle, event.step, event.rung);
    }
    void operator()(const NoticesSkipped& event) {
        for (const std::uint16_t rung : event.rungs)
            past_rung(duty(), event.cycle, event.step, rung);
    }
    void operator()(const DeliveryRecorded& event) {
        const auto found = world_.duties.find(recorded_.stream);
        if (found == world_.duties.end()) return;
        touch(found->second);
        for (NoticeState& notice : found->second.notices)
            for (NoticeState::Person& to : notice.to)
                if (notice.id == event.notice && to.person == event.person) {
                    to.last = event.outcome;
                    if (event.outcome == Delivery::failed) ++to.failures;
                }
    }

    // What is on the record without changing state.
    void operator()(const CommandRefused&) {}
    void operator()(const ActRefused&) {}
    void operator()(const ActPermitted&) {}
    void operator()(const GateOverridden&) {}
    void operator()(const SignalRaised&) {}

private:
    void touch(Duty& duty) {
        ++duty.generation;
        duty.touched = recorded_.recorded;
    }

    Duty& duty() {
        Duty*& near = world_.near.duty;
        if (near == nullptr) {
            const auto found = world_.duties.find(recorded_.stream);
            if (found == world_.duties.end())
                throw CorruptStream{"an event of a duty that was never opened: " +
                                    recorded_.stream.str()};
            near = &found->second;
        }
        touch(*near);
        return *near;
    }
    Cycle& cycle(CycleNumber number) {
        if (Cycle* found = duty().cycle(number)) return *found;
        throw CorruptStream{"an event of a cycle that is not open in " + recorded_.stream.str()};
    }
    StepState& step(Cycle& cycle, const std::string& id) {
        if (StepState* found = cycle.step(id)) return *found;
        // Most cycles have a step for each phase: room for them is made at once.
        if (cycle.steps.empty()) cycle.steps.reserve(4);
        cycle.steps.emplace_back().id = id;
        return cycle.steps.back();
    }

    void reopen(Cycle& cycle, const std::string& id) {
        StepState& step = this->step(cycle, id);
        if (cycle.met && !cycle.assumed && step.position == cycle.met_position) {
            cycle.met = false;
            cycle.met_position = 0;
        }
        step.status = StepStatus::open;
        ++step.times;
        step.position = 0;
        step.fact = 0;
        step.judged = true;
        step.verified = false;
        step.approvals.clear();
        step.outcome.clear();
    }

    void past_rung(Duty& duty, CycleNumber number, const std::string& step_id, unsigned rung) {
        Cycle* cycle = duty.cycle(number);
        if (cycle == nullptr) return;
        std::uint16_t& done = step_id.empty() ? cycle->rungs : step(*cycle, step_id).rungs;
        done = std::max<std::uint16_t>(done, static_cast<std::uint16_t>(rung + 1));
    }

    /// Keeps what later questions need of a cycle that is over.
    void finish(Duty& duty, CycleNumber number) {
        touch(duty);
        const Cycle* over = duty.cycle(number);
        if (over == nullptr)
            throw CorruptStream{"the end of a cycle that is not open in " + recorded_.stream.str()};
        PastCycle past;
        past.number = over->number;
        past.occasion = over->occasion;
        past.nominal = over->deadline.nominal();
        past.due = over->deadline.effective();
        past.due_at = over->deadline.ends;
        past.met = over->met;
        past.assumed = over->assumed;
        past.missed = over->missed;
        past.met_on = over->met_on;
        past.met_position = over->met_position;
        past.met_at = over->met_at;
        past.joined = over->joined;
        for (const StepState& step : over->steps)
            if (over->met && step.position == over->met_position) past.met_by = step.by;
        duty.past.push_back(std::move(past));
        std::erase_if(duty.notices, [&](const NoticeState& n) { return n.cycle == number; });
        std::erase_if(duty.cycles, [&](const Cycle& c) { return c.number == number; });
    }

    void withdraw(Duty& duty, PastCycle& past, const CompletionWithdrawn& event) {
        past.met_position = event.instead;
        past.met = event.instead != 0;
        if (past.met) {
            past.met_on = event.on;
            add_sorted(duty.used_facts, event.instead);
            return;
        }
        past.withdrawn = true;
        std::erase(duty.occasions, past.occasion);
    }

    void migrate(const CycleMigrated& event) {
        Cycle& cycle = this->cycle(event.cycle);
        cycle.version = event.version;
        for (const std::string& move : event.moves) {
            const std::size_t equals = move.find('=');
            if (StepState* step = cycle.step(move.substr(0, equals)))
                step->id = move.substr(equals + 1);
        }
    }

    void replace(std::vector<registry::FactEntry>& entries) {
        world_.voided.insert(recorded_.corrects);
        for (registry::FactEntry& entry : entries)
            if (entry.position == recorded_.corrects) entry.replaced_by = recorded_.position;
    }

    void void_fact(Position position) {
        for (auto& [id, subject] : world_.subjects)
            for (auto& [type, entries] : subject.facts)
                for (registry::FactEntry& entry : entries)
                    if (entry.position == position) entry.voided = true;
    }

    template <class E>
    void chain(registry::Subject& subject, const E& event) {
        log::ByteWriter writer;
        writer(subject.digest, const_cast<E&>(event), recorded_.corrects);
        subject.digest = sha256(writer.view());
    }

    World& world_;
    const Recorded& recorded_;
};

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
    const auto duty = world.duties.find(recorded.stream);
    if (duty != world.duties.end()) world.count(duty->second);
    note_keys(world, event);
}

}  // namespace dutylog::pdca
