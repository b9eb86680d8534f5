#include <array>

#include "tests/simulation/invention.hpp"

/// What people do in open cycles, and what becomes of notices.
namespace dutylog::simulation {

using namespace pdca;  // NOLINT: every command is named here

std::vector<Invention::OpenStep> Invention::steps(StepStatus status) const {
    std::vector<OpenStep> found;
    for (const auto& [stream, duty] : world_->duties)
        for (const Cycle& cycle : duty.cycles) {
            const auto* definition = world_->pinned(duty.definition, cycle.version);
            if (definition == nullptr) continue;
            for (const StepState& state : cycle.steps)
                if (const auto* step = definition->step(state.id))
                    if (state.status == status) found.push_back({&duty, &cycle, &state, step});
        }
    return found;
}

Command Invention::complete(const OpenStep& at) {
    CompleteStep order;
    order.duty = at.duty->stream;
    order.cycle = draw_.chance(50) ? at.cycle->number : 0;
    order.step = at.step->id;
    if (!at.step->outcomes.empty() && draw_.chance(95))
        order.outcome = draw_.one_of(at.step->outcomes).id;
    std::vector<definition::FieldSpec> specs;
    for (const auto& field : at.step->form) specs.push_back(field.spec);
    order.form = record_of(specs);
    if (draw_.chance(90)) order.evidence = at.step->evidence;
    return order;
}

Command Invention::step_work() {
    const bool on_done = draw_.chance(40);
    std::vector<OpenStep> open = steps(on_done ? StepStatus::done : StepStatus::open);
    if (open.empty()) return fact();
    const OpenStep at = draw_.one_of(open);
    if (!on_done || draw_.chance(20)) acting_on_ = at;
    const StreamId stream = at.duty->stream;
    const CycleNumber cycle = at.cycle->number;
    const std::string& step = at.step->id;
    if (!on_done) {
        const int way = draw_.between(1, 100);
        if (way <= 80) return complete(at);
        if (way <= 88) return ReassignStep{stream, cycle, step, ActorId{person()}, "busy"};
        if (way <= 94)
            return PostponeStep{
                stream,
                cycle,
                step,
                world_->rules->zone().local(now_).date.plus_days(draw_.between(-3, 30)),
                ActorId{person()},
                "parts are missing"};
        return CarryMeasure{stream, cycle, step, ActorId{person()}, "for next year's plan"};
    }
    if (at.step->measure) return VerifyMeasure{stream, cycle, step, draw_.chance(70), "looked at"};
    if (!at.step->approve.empty() && draw_.chance(80)) {
        const std::string& role = draw_.one_of(at.step->approve);
        return ApproveStep{stream, cycle, step, role};
    }
    if (draw_.chance(30)) return complete(at);
    return ReturnStep{stream, cycle, step, draw_.chance(90) ? "not good enough" : ""};
}

Command Invention::cycle_work() {
    const Duty* duty = any_duty();
    if (duty == nullptr) return fact();
    const CycleNumber cycle =
        duty->cycles.empty() || draw_.chance(20) ? 0 : draw_.one_of(duty->cycles).number;
    const ActorId approver{person()};
    const auto* definition = world_->rules->definition(duty->definition);
    switch (draw_.below(7)) {
        case 0:
            return SuspendCycle{duty->stream, cycle, "the plant stands still"};
        case 1:
            return ResumeCycle{duty->stream, cycle};
        case 2:
            return CancelCycle{duty->stream, cycle, approver, "no longer needed"};
        case 3:
            return CloseCycle{duty->stream, cycle, approver, "done"};
        case 4:
            return MigrateCycle{duty->stream, cycle, approver, {}};
        case 5:
            if (definition != nullptr && !definition->steps.empty())
                return LeaveOutSteps{duty->stream,
                                     cycle,
                                     {draw_.one_of(definition->steps).id},
                                     approver,
                                     "not here"};
            break;
        default:
            break;
    }
    return RaiseFinding{duty->stream, cycle,  draw_.chance(50) ? "low-flow" : "unfit",
                        "",           "high", "seen on a walk"};
}

// ---- people, notices, time ---------------------------------------------------------------------

Command Invention::delivery() {
    const auto waiting = store_->outbox(1000);
    if (waiting.empty()) return fact();
    const std::string& id = draw_.one_of(waiting).id;
    const std::size_t at = id.rfind('@');
    if (draw_.chance(20))
        return RecordHandover{id.substr(0, at),
                              id.substr(at + 1),
                              "mail",
                              "",
                              "",
                              {},
                              now_ + minutes(draw_.between(0, 10) - 1)};
    static constexpr std::array outcomes{Delivery::delivered,   Delivery::delivered, Delivery::sent,
                                         Delivery::failed,      Delivery::failed,    Delivery::read,
                                         Delivery::acknowledged};
    return RecordDelivery{id.substr(0, at), id.substr(at + 1),
                          outcomes[draw_.below(outcomes.size())], "mail", ""};
}

}  // namespace dutylog::simulation
