#include "engine/runtime/command_loop.hpp"

#include <algorithm>

namespace dutylog::runtime {

log::Nonce draw_nonce(Runtime& runtime) {
    log::Nonce nonce{};
    for (std::size_t at = 0; at < nonce.size(); at += sizeof(std::uint64_t)) {
        const std::uint64_t drawn = runtime.random("nonce");
        const std::size_t size = std::min(sizeof drawn, nonce.size() - at);
        for (std::size_t i = 0; i < size; ++i)
            nonce[at + i] = static_cast<std::uint8_t>(drawn >> (8 * i));
    }
    return nonce;
}

CommandLoop::CommandLoop(Runtime& runtime, Engine& engine, LoopLimits limits)
    : runtime_{runtime},
      engine_{engine},
      limits_{limits},
      clock_{runtime, engine.store().last_recorded()} {}

bool CommandLoop::submit(Submission submission, Done done) {
    if (queue_.size() >= limits_.queue_max) return false;
    submission.nonce = draw_nonce(runtime_);
    queue_.push_back({std::move(submission), std::move(done)});
    return true;
}

bool CommandLoop::turn() {
    watch_clock();
    const std::size_t fired = engine_.fire(clock_.now(), limits_.timers_per_turn);
    return commit_batch() || fired > 0;
}

/// A jump is an event. One that was not adopted holds all timers until a person decides.
void CommandLoop::watch_clock() {
    const auto jump = clock_.check();
    if (!jump || engine_.world().rules == nullptr) return;
    Submission report;
    report.command = pdca::ReportClockJump{jump->expected, jump->found, jump->adopted};
    report.meta.actor = ActorId{"clock"};
    const Instant now = clock_.now();
    const auto& zone = engine_.world().rules->zone();
    report.meta.effective = {Precision::instant, now, zone.local(now).date, now, zone.name()};
    engine_.run(report, now);
}

bool CommandLoop::commit_batch() {
    if (queue_.empty()) return false;
    std::vector<Submission> batch;
    std::vector<Done> dones;
    while (!queue_.empty() && batch.size() < limits_.batch_max) {
        batch.push_back(std::move(queue_.front().submission));
        dones.push_back(std::move(queue_.front().done));
        queue_.pop_front();
    }
    const std::vector<Answer> answers = engine_.run(batch, clock_.now());
    take_clock_decision(batch, answers);
    for (std::size_t i = 0; i < answers.size(); ++i)
        if (dones[i]) dones[i](answers[i]);
    return true;
}

void CommandLoop::take_clock_decision(const std::vector<Submission>& batch,
                                      const std::vector<Answer>& answers) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const auto* decision = std::get_if<pdca::DecideClock>(&batch[i].command);
        if (decision != nullptr && decision->confirmed && !answers[i].refusal) clock_.adopt();
    }
}

}  // namespace dutylog::runtime
