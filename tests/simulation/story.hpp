#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/log/event_store.hpp"
#include "engine/runtime/engine.hpp"

namespace dutylog::simulation {

/// One thing that happens to the engine of an employer.
struct Move {
    enum class Kind : std::uint8_t {
        run,       ///< a batch of commands arrives
        fire,      ///< timers that are due fire, at most `limit`
        snapshot,  ///< the state is saved
        restart    ///< the process ends in order and starts again
    };
    Kind kind = Kind::run;
    Instant now;
    std::size_t limit = 0;
    std::vector<runtime::Submission> batch;
};

/// What a log holds beside its snapshots, in a few digests, so that two can be compared.
struct Mark {
    log::TreeHead head;
    Digest timers;
    Digest outbox;
    friend bool operator==(const Mark&, const Mark&) = default;
};
Mark mark_of(log::EventStore& store);

/// A move, and what it came to when nothing failed.
struct Lived {
    Move move;
    std::vector<runtime::Answer> answers;
    Mark after;
};

/// A whole history, once lived through without a fault.
struct Story {
    std::vector<Lived> lived;
    Bytes world;                             ///< the folded state at its end
    std::map<Digest, pdca::RulesPtr> rules;  ///< of every edition
    Instant end;
};

/// Carries out a move; what it answers is empty but for `run`.
std::vector<runtime::Answer> carry_out(runtime::Engine& engine, const Move& move);

/// Two answers that tell the sender the same; whether one was told again does not count.
bool same_answer(const runtime::Answer& a, const runtime::Answer& b);
/// The two answers in words, for a message.
std::string difference(const runtime::Answer& found, const runtime::Answer& expected);

}  // namespace dutylog::simulation
