#include "engine/pdca/state.hpp"

#include <algorithm>

#include "engine/log/archive.hpp"
#include "engine/log/value_codec.hpp"

namespace dutylog::pdca {

namespace {

template <class Items>
auto* find_number(Items& items, CycleNumber number) {
    for (auto& item : items)
        if (item.number == number) return &item;
    return static_cast<decltype(&items.front())>(nullptr);
}

template <class Steps>
auto* find_step(Steps& steps, const std::string& id) {
    for (auto& step : steps)
        if (step.id == id) return &step;
    return static_cast<decltype(&steps.front())>(nullptr);
}

}  // namespace

StepState* Cycle::step(const std::string& step_id) { return find_step(steps, step_id); }
const StepState* Cycle::step(const std::string& step_id) const { return find_step(steps, step_id); }

Cycle* Duty::cycle(CycleNumber number) { return find_number(cycles, number); }
const Cycle* Duty::cycle(CycleNumber number) const { return find_number(cycles, number); }

std::optional<CivilDate> Duty::last_completion() const {
    std::optional<CivilDate> last;
    for (const PastCycle& cycle : past)
        if (cycle.met && (!last || cycle.met_on > *last)) last = cycle.met_on;
    for (const Cycle& cycle : cycles)
        if (cycle.met && (!last || cycle.met_on > *last)) last = cycle.met_on;
    return last;
}

std::int64_t Duty::completions() const {
    const auto met = [](const auto& cycle) { return cycle.met; };
    return std::count_if(past.begin(), past.end(), met) +
           std::count_if(cycles.begin(), cycles.end(), met);
}

Tally& Tally::operator+=(const Tally& other) {
    duties += other.duties;
    open += other.open;
    overdue += other.overdue;
    findings += other.findings;
    vacant += other.vacant;
    return *this;
}

Tally& Tally::operator-=(const Tally& other) {
    return *this +=
           Tally{-other.duties, -other.open, -other.overdue, -other.findings, -other.vacant};
}

Tally share_of(const Duty& duty) {
    Tally share;
    if (!duty.active) return share;
    share.duties = 1;
    bool overdue = false;
    for (const Cycle& cycle : duty.cycles) {
        if (cycle.status == CycleStatus::scheduled) {
            overdue = overdue || (cycle.missed && !cycle.met);
            continue;
        }
        ++share.open;
        overdue = overdue || (cycle.missed && !cycle.met);
        share.findings += static_cast<std::int64_t>(cycle.findings.size());
        for (const StepState& step : cycle.steps) {
            if (step.status != StepStatus::open) continue;
            overdue = overdue || step.missed;
            share.vacant += step.vacant ? 1 : 0;
        }
    }
    share.overdue = overdue && !duty.tracked ? 1 : 0;
    return share;
}

Digest state_hash(const Duty& duty) {
    thread_local Bytes room;  // kept from one duty to the next
    log::ByteWriter writer{{}, std::move(room)};
    writer(const_cast<Duty&>(duty));  // serialize members are shared with reading
    const Digest hash = sha256(writer.view());
    room = writer.take();
    return hash;
}

}  // namespace dutylog::pdca
