#include "tests/simulation/story.hpp"

#include <limits>

namespace dutylog::simulation {

namespace {

constexpr std::size_t all_of_them = 1'000'000;
constexpr Instant end_of_time{std::numeric_limits<std::int64_t>::max()};

std::string in_words(const runtime::Answer& answer) {
    std::string words =
        "events " + std::to_string(answer.first) + " to " + std::to_string(answer.last);
    if (answer.refusal)
        words += ", " + answer.refusal->reason + " (" + answer.refusal->detail + ")";
    for (const std::string& warning : answer.warnings) words += ", warning " + warning;
    return words;
}

}  // namespace

Mark mark_of(log::EventStore& store) {
    std::string timers;
    for (const log::Timer& timer : store.timers_due(end_of_time, all_of_them))
        timers += timer.key + "\n" + std::to_string(timer.due.micros) + "\n" +
                  std::to_string(timer.generation) + "\n";
    std::string outbox;
    for (const log::OutboxEntry& entry : store.outbox(all_of_them))
        outbox += entry.id + "\n" + entry.kind + "\n" + std::to_string(entry.due.micros) + "\n" +
                  to_hex(sha256(BytesView{entry.body})) + "\n";
    return {store.head(), sha256(timers), sha256(outbox)};
}

std::vector<runtime::Answer> carry_out(runtime::Engine& engine, const Move& move) {
    switch (move.kind) {
        case Move::Kind::run:
            return engine.run(move.batch, move.now);
        case Move::Kind::fire:
            engine.fire(move.now, move.limit);
            break;
        case Move::Kind::snapshot:
            engine.save_snapshot();
            break;
        case Move::Kind::restart:
            break;  // whoever owns the engine makes a new one
    }
    return {};
}

bool same_answer(const runtime::Answer& a, const runtime::Answer& b) {
    return a.command == b.command && runtime::encode(a) == runtime::encode(b);
}

std::string difference(const runtime::Answer& found, const runtime::Answer& expected) {
    return "\n  expected " + in_words(expected) + "\n  found " + in_words(found);
}

}  // namespace dutylog::simulation
