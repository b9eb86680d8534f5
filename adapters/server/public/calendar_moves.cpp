#include "adapters/server/public/calendar_moves.hpp"

#include "engine/pdca/stored.hpp"

namespace dutylog::server {

namespace {

class MoveCounter {
public:
    explicit MoveCounter(AllMoves& moves) : moves_{moves} {}

    void take(const log::StoredEvent& stored) {
        at_ = stored.envelope.recorded;
        std::visit(
            [this](const auto& event) { on(event); },
            pdca::EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload));
    }

private:
    void on(const pdca::CycleScheduled& event) { first(event.cycle, ""); }
    void on(const pdca::StepOpened& event) { first(event.cycle, event.step); }
    void on(const pdca::DeadlineMoved& event) { moved(event.cycle, event.step); }
    void on(const pdca::StepPostponed& event) { moved(event.cycle, event.step); }
    void on(const pdca::PostponementDecided& event) {
        if (event.granted) moved(event.cycle, event.step);
    }
    void on(const pdca::StepCompleted& event) { moved(event.cycle, event.step); }
    void on(const pdca::StepSatisfied& event) { moved(event.cycle, event.step); }
    void on(const pdca::StepReturned& event) { moved(event.cycle, event.step); }
    void on(const pdca::CycleSuspended& event) { moved(event.cycle, ""); }
    void on(const pdca::CycleResumed& event) { moved(event.cycle, ""); }
    void on(const pdca::CycleClosed& event) { moved(event.cycle, ""); }
    void on(const pdca::CycleCancelled& event) { moved(event.cycle, ""); }
    /// All that was open is over.
    void on(const pdca::DutyEnded&) {
        for (auto& [place, moves] : moves_) {
            ++moves.times;
            moves.last = at_;
        }
    }
    /// Met, it is shown as done, though the cycle goes on.
    void on(const pdca::DeadlineMet& event) { moved(event.cycle, ""); }
    void on(const auto&) {}

    void first(pdca::CycleNumber cycle, const std::string& step) {
        moves_[{cycle, step}].last = at_;
    }
    void moved(pdca::CycleNumber cycle, const std::string& step) {
        Moves& moves = moves_[{cycle, step}];
        ++moves.times;
        moves.last = at_;
    }

    AllMoves& moves_;
    Instant at_;
};

}  // namespace

AllMoves moves_of(log::EventStore& store, const StreamId& duty) {
    AllMoves moves;
    MoveCounter counter{moves};
    store.scan_stream(duty, 1, [&](const log::StoredEvent& stored) {
        counter.take(stored);
        return true;
    });
    return moves;
}

}  // namespace dutylog::server
