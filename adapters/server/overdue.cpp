#include "adapters/server/overdue.hpp"

#include <string>

namespace dutylog::server {

namespace {

bool is_overdue(const pdca::Deadline& deadline, Instant now) {
    return deadline.kind != pdca::DeadlineKind::none && now >= deadline.ends;
}

/// Calls `visit(how long)` for each deadline that has passed with its work undone.
template <class Visit>
void each_overdue(const pdca::World& world, Instant now, Visit visit) {
    for (const auto& [stream, duty] : world.duties)
        for (const pdca::Cycle& cycle : duty.cycles) {
            if (!cycle.running()) continue;
            if (!cycle.met && is_overdue(cycle.deadline, now)) visit(now - cycle.deadline.ends);
            for (const pdca::StepState& step : cycle.steps)
                if (step.status == pdca::StepStatus::open && is_overdue(step.deadline, now))
                    visit(now - step.deadline.ends);
        }
}

}  // namespace

void Overdue::count(const pdca::World& world, Instant now) {
    std::array<std::uint64_t, days.size() + 1> counted{};
    each_overdue(world, now, [&](Elapsed late) {
        for (std::size_t i = 0; i < days.size(); ++i)
            if (late <= hours(24 * days[i])) ++counted[i];
        ++counted.back();
    });
    for (std::size_t i = 0; i < counted.size(); ++i) counts_[i] = counted[i];
}

void Overdue::show(http::Metrics& metrics) const {
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        const std::string le = i < days.size() ? std::to_string(days[i]) : "+Inf";
        const auto gauge = metrics.gauge("dutylog_overdue_deadlines",
                                         "Deadlines that passed, by days since.", {{"le", le}});
        metrics.before_reading(
            [gauge, &count = counts_[i]] { gauge.set(static_cast<double>(count)); });
    }
}

}  // namespace dutylog::server
