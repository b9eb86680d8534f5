#include <map>
#include <set>
#include <tuple>

#include "engine/pdca/judge.hpp"
#include "engine/pdca/stored.hpp"
#include "tests/simulation/broken.hpp"
#include "tests/simulation/checks.hpp"

namespace dutylog::simulation {

using namespace pdca;  // NOLINT: events are named here

namespace {

/// A deadline or ladder: of a step, or of its cycle where the step is empty.
using Clock = std::tuple<StreamId, CycleNumber, std::string>;

/// Counts what may happen once for each deadline, and begins anew where the deadline does.
class Once {
public:
    void see(const log::StoredEvent& stored) {
        stream_ = &stored.envelope.stream;
        at_ = "event " + std::to_string(stored.envelope.position) + ": ";
        std::visit(*this, EventCodec::decode(stored.envelope.type, stored.envelope.schema,
                                             stored.payload));
    }

    void operator()(const DeadlineMissed& event) {
        if (event.breach == Breach::rejudged) return;
        require(missed_.insert(clock(event.cycle, event.step)).second,
                at_ + "a deadline is missed once: " + name(event.cycle, event.step));
    }
    void operator()(const NoticePlanned& event) {
        require(notices_.insert(event.notice).second,
                at_ + "the id of a notice is its own: " + event.notice);
        if (event.kind != NoticeKind::reminder && event.kind != NoticeKind::escalation) return;
        rung(event.cycle, event.step, event.rung);
    }
    void operator()(const NoticesSkipped& event) {
        for (const std::uint16_t skipped : event.rungs) rung(event.cycle, event.step, skipped);
    }
    void operator()(const DeadlineMoved& event) { begin_anew(clock(event.cycle, event.step)); }
    void operator()(const StepOpened& event) { begin_anew(clock(event.cycle, event.step)); }
    void operator()(const StepPostponed& event) { begin_anew(clock(event.cycle, event.step)); }
    void operator()(const auto&) {}

private:
    Clock clock(CycleNumber cycle, const std::string& step) const {
        return {*stream_, cycle, step};
    }
    std::string name(CycleNumber cycle, const std::string& step) const {
        return stream_->str() + " cycle " + std::to_string(cycle) + " " + step;
    }
    void begin_anew(const Clock& clock) {
        missed_.erase(clock);
        rungs_.erase(clock);
    }
    void rung(CycleNumber cycle, const std::string& step, std::uint16_t number) {
        require(rungs_[clock(cycle, step)].insert(number).second,
                at_ + "a rung is climbed once: " + name(cycle, step) + " rung " +
                    std::to_string(number));
    }

    const StreamId* stream_ = nullptr;
    std::string at_;
    std::set<Clock> missed_;
    std::map<Clock, std::set<std::uint16_t>> rungs_;
    std::set<std::string> notices_;
};

/// Nothing that is past its end is left unsaid, once every timer has fired.
void check_nothing_forgotten(const World& world, Instant now) {
    for (const auto& [stream, duty] : world.duties) {
        const definition::Definition* definition = world.rules->definition(duty.definition);
        if (!duty.active || definition == nullptr) continue;
        bool waits = false;  // a turn after one that is unmet again has no deadline of its own yet
        for (const Cycle& cycle : duty.cycles) {
            const bool stands_still = waits && !definition->upon;
            waits = waits || !cycle.met;
            if (!cycle.running() || stands_still) continue;
            const std::string name = stream.str() + " cycle " + std::to_string(cycle.number);
            const bool before = cycle.deadline.kind == DeadlineKind::before;
            const bool over = before ? cycle.deadline.ends < now && cycle.scheduled < now
                                     : cycle.deadline.ends <= now;
            require(!over || cycle.met || cycle.missed,
                    "a deadline that passed is met or missed: " + name);
        }
    }
}

}  // namespace

void check_settled(const World& world, Instant now) {
    for (const auto& [id, definition] : world.rules->bundle().definitions)
        for (const registry::Subject* subject : world.subjects_of(definition.subject)) {
            const Drafts left = Judge{world, definition, subject->id, now}.next();
            if (!left.empty())
                throw Broken{"nothing that follows is left unsaid: " + id + " for " +
                             subject->id.id + " owes " +
                             std::string{EventCodec::type_of(left.front().event)}};
        }
}

void check_once(log::EventStore& store, const World& world, Instant now) {
    Once once;
    store.scan(1, [&](const log::StoredEvent& stored) {
        once.see(stored);
        return true;
    });
    if (world.timers_held) return;
    check_nothing_forgotten(world, now);
    check_settled(world, now);
}

}  // namespace dutylog::simulation
