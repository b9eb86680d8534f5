#include "tests/simulation/invention.hpp"

#include <algorithm>
#include <array>

namespace dutylog::simulation {

using namespace pdca;  // NOLINT: every command is named here

namespace {

Effective instant_of(const World& world, Instant at) {
    const auto& zone = world.rules->zone();
    return {Precision::instant, at, zone.local(at).date, at, zone.name()};
}

}  // namespace

runtime::Submission Invention::next(const World& world, Instant now) {
    world_ = &world;
    now_ = now;
    runtime::Submission made = !sent_.empty() && draw_.chance(6) ? again() : invent();
    sent_.push_back(made);
    return made;
}

runtime::Submission Invention::submission(const World& world, Command command, ActorId actor,
                                          Instant now) {
    Meta meta;
    meta.id = CommandId{"c" + std::to_string(next_id_++)};
    meta.actor = std::move(actor);
    if (world.rules != nullptr) meta.effective = instant_of(world, now);
    return {std::move(command), std::move(meta), {}};
}

/// A client that did not hear the answer sends again; a broken one uses an id twice.
runtime::Submission Invention::again() {
    runtime::Submission earlier = draw_.one_of(sent_);
    if (draw_.chance(25)) earlier.command = fact();
    return earlier;
}

runtime::Submission Invention::invent() {
    using Make = Command (Invention::*)();
    struct Weighted {
        int weight;
        Make make;
    };
    static constexpr std::array ways{
        Weighted{30, &Invention::fact},      Weighted{5, &Invention::correction},
        Weighted{5, &Invention::withdrawal}, Weighted{10, &Invention::act},
        Weighted{34, &Invention::step_work}, Weighted{8, &Invention::cycle_work},
        Weighted{14, &Invention::delivery},  Weighted{7, &Invention::role_change},
        Weighted{3, &Invention::absence},    Weighted{2, &Invention::assumption},
        Weighted{4, &Invention::clock},      Weighted{3, &Invention::stale_timer},
    };
    int total = 0;
    for (const Weighted& way : ways) total += way.weight;
    int left = draw_.between(1, total);
    const Weighted* way = ways.begin();
    while ((left -= way->weight) > 0) ++way;
    if (world_->timers_held && draw_.chance(30)) way = &ways[10];
    acting_on_.reset();
    Command command = (this->*way->make)();
    if (std::holds_alternative<FireTimer>(command)) return {std::move(command), Meta{}, {}};
    runtime::Submission made = submission(*world_, std::move(command), someone(), now_);
    bool late = false;
    made.meta.effective = when(late);
    if (late && draw_.chance(50)) made.meta.late_reason = "the paper form came late";
    if (draw_.chance(5)) made.meta.on_behalf_of = ActorId{person()};
    return made;
}

/// Mostly now; some of it lies back, and a little of it claims to lie ahead.
Effective Invention::when(bool& late) {
    late = draw_.chance(25);
    if (!late) return instant_of(*world_, draw_.chance(2) ? now_ + hours(30) : now_);
    const Instant at = now_ - minutes(draw_.between(1, 40 * 24 * 60));
    if (draw_.chance(50)) return instant_of(*world_, at);
    const auto& zone = world_->rules->zone();
    const CivilDate day = zone.local(at).date;
    return {Precision::date, zone.day_start(day), day, zone.day_start(day), zone.name()};
}

// ---- facts and acts ----------------------------------------------------------------------------

Command Invention::fact() {
    std::vector<const definition::FactType*> types;
    for (const auto& [id, type] : world_->rules->library().facts)
        if (!type.of.empty() && id != "absence") types.push_back(&type);
    const definition::FactType& type = *draw_.one_of(types);
    const auto* subject = any_subject(type.of);
    if (subject == nullptr) return role_change();
    return RecordFact{subject->id, type.id, record_of(type.fields), 0};
}

Command Invention::correction() {
    std::vector<std::pair<const registry::Subject*, const std::string*>> stated;
    for (const auto& [id, subject] : world_->subjects)
        for (const auto& [type, entries] : subject.facts) stated.emplace_back(&subject, &type);
    if (stated.empty()) return fact();
    const auto [subject, type] = draw_.one_of(stated);
    const auto& entry = draw_.one_of(subject->facts.at(*type));
    const auto* known = world_->rules->fact(*type);
    if (known == nullptr || *type == "holds_role" || *type == "absence") return fact();
    return RecordFact{subject->id, *type, record_of(known->fields), entry.position};
}

/// What is withdrawn is mostly a fact or a piece of work.
Command Invention::withdrawal() {
    VoidRecords order{{}, draw_.chance(95) ? "entered by mistake" : ""};
    for (int tries = 0; tries < 12 && order.positions.empty(); ++tries) {
        const Position at = 1 + draw_.below(world_->head);
        const auto stored = store_->at(at);
        if (!stored) continue;
        const bool usual = stored->envelope.type == FactRecorded::type ||
                           stored->envelope.type == StepCompleted::type;
        if (usual || draw_.chance(2)) order.positions.push_back(at);
    }
    if (draw_.chance(3)) order.positions.push_back(world_->head + 10);
    return order;
}

Command Invention::act() {
    std::vector<const definition::FactType*> acts;
    for (const auto& [id, type] : world_->rules->library().facts)
        if (type.act) acts.push_back(&type);
    const definition::FactType& type = *draw_.one_of(acts);
    const auto* subject = any_subject(type.of);
    if (subject == nullptr) return fact();
    const Value value = record_of(type.fields);
    if (draw_.chance(65)) return RequestAct{subject->id, type.id, value};
    if (draw_.chance(60)) return RecordFact{subject->id, type.id, value, 0};
    return OverrideGate{subject->id, type.id, value, draw_.chance(90) ? "an emergency" : ""};
}

// ---- work --------------------------------------------------------------------------------------

Command Invention::role_change() {
    std::vector<const definition::Role*> roles;
    for (const auto& [id, role] : world_->rules->library().roles) roles.push_back(&role);
    const definition::Role& role = *draw_.one_of(roles);
    const auto* of = any_subject(role.scope.empty() ? "employer" : role.scope);
    if (draw_.chance(15)) {
        const auto* worker = any_subject("worker");
        return RecordFact{worker->id, "holds_role",
                          Record::of({{"role", "head"}, {"person", Reference{"worker", person()}}}),
                          0};
    }
    Record held = Record::of({{"role", role.id}});
    if (!draw_.chance(25)) held.set("person", Reference{"worker", person()});
    return RecordFact{of->id, "holds_role", held, 0};
}

Command Invention::absence() {
    const auto* worker = any_subject("worker");
    const CivilDate today = world_->rules->zone().local(now_).date;
    Record away = Record::of({{"until", today.plus_days(draw_.between(0, 20))}});
    if (draw_.chance(70)) away.set("deputy", Reference{"worker", person()});
    return RecordFact{worker->id, "absence", away, 0};
}

Command Invention::assumption() {
    std::string definition = "*";
    if (const Duty* duty = any_duty(); duty != nullptr && draw_.chance(60))
        definition = duty->definition;
    const CivilDate today = world_->rules->zone().local(now_).date;
    return RecordAssumption{
        definition, {}, false, today.plus_days(draw_.between(-60, 10)), "before the log began"};
}

Command Invention::clock() {
    if (world_->timers_held) return DecideClock{draw_.chance(50), "looked at the clock"};
    if (draw_.chance(60)) return ReportClockJump{now_, now_ + minutes(20), true};
    return ReportClockJump{now_, now_ + hours(24 * 400), false};
}

/// A wake-up that comes twice, or after it was replaced, is a no-op.
Command Invention::stale_timer() {
    const Duty* duty = any_duty();
    if (duty == nullptr) return fact();
    const std::uint64_t back = draw_.below(3);
    return FireTimer{duty->stream.str(), duty->generation - std::min(duty->generation, back)};
}

}  // namespace dutylog::simulation
