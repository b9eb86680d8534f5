#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include "engine/runtime/clock_watch.hpp"
#include "engine/runtime/engine.hpp"
#include "engine/runtime/runtime.hpp"

namespace dutylog::runtime {

struct LoopLimits {
    std::size_t queue_max = 10'000;  ///< commands waiting; more are not accepted
    std::size_t batch_max = 256;     ///< commands of one commit
    std::size_t timers_per_turn = 1'000;
};

/// A nonce for one command. Whoever brings commands without a loop draws it so.
log::Nonce draw_nonce(Runtime& runtime);

/// One writer, many waiting commands, one commit: whatever queued while the last commit ran goes
/// into the next. Used from the writer's own strand; who brings commands from elsewhere posts them.
class CommandLoop {
public:
    using Done = std::function<void(const Answer&)>;

    CommandLoop(Runtime& runtime, Engine& engine, LoopLimits limits = {});

    /// @returns false when the queue is full: nothing was accepted, try again later
    bool submit(Submission submission, Done done);

    /// One turn: looks at the clock, fires timers that are due, commits a batch, gives answers.
    /// @returns whether there was anything to do
    /// @throws StoreError  commands of the batch are unanswered; whether they are durable is
    /// unknown
    bool turn();

    /// When the next timer is due, on the wall clock; nothing for never.
    std::optional<Instant> wake_up() const { return engine_.next_timer(); }
    Instant now() const { return clock_.now(); }
    std::size_t waiting() const { return queue_.size(); }

private:
    struct Waiting {
        Submission submission;
        Done done;
    };

    void watch_clock();
    bool commit_batch();
    void take_clock_decision(const std::vector<Submission>& batch,
                             const std::vector<Answer>& answers);

    Runtime& runtime_;
    Engine& engine_;
    LoopLimits limits_;
    ClockWatch clock_;
    std::deque<Waiting> queue_;
};

}  // namespace dutylog::runtime
