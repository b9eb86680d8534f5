#include <catch2/catch.hpp>
#include <random>

#include "adapters/memory/store.hpp"
#include "engine/log/envelope_codec.hpp"
#include "tests/contracts/event_store_contract.hpp"
#include "tests/support/appends.hpp"

using namespace dutylog;
using namespace dutylog::log;
using namespace dutylog::test;
using dutylog::contracts::store_kinds;

namespace {

/// Appends without rhyme or reason over few names, so that they meet often.
class RandomAppends {
public:
    explicit RandomAppends(std::uint64_t seed) : random_{seed} {}

    std::vector<Append> batch() {
        std::vector<Append> batch(below(5));
        for (Append& append : batch) append = one();
        return batch;
    }

private:
    std::uint64_t below(std::uint64_t end) { return random_() % end; }
    std::string name() { return "n" + std::to_string(below(7)); }

    Append one() {
        Append append;
        for (std::uint64_t i = below(4); i > 0; --i)
            append.events.push_back(event("duty/" + name(), "payload " + std::to_string(below(9))));
        if (below(3) == 0) append.expected = {{StreamId{"duty/" + name()}, below(3)}};
        for (std::uint64_t i = below(3); i > 0; --i) {
            append.set_timers.push_back({name(), {static_cast<std::int64_t>(below(9))}, below(9)});
            append.drop_timers.push_back(name());
            append.add_outbox.push_back(
                {name(), "mail", {static_cast<std::int64_t>(below(9))}, bytes(name())});
            append.drop_outbox.push_back(name());
            append.set_rows.push_back({"t" + std::to_string(below(2)), name(), bytes(name())});
            append.drop_rows.emplace_back("t" + std::to_string(below(2)), name());
        }
        if (below(2) == 0)
            append.result = {CommandId{std::to_string(below(50))}, sha256(name()), bytes(name())};
        return append;
    }

    std::mt19937_64 random_;
};

std::vector<std::string> in_full(const std::vector<StoredEvent>& events) {
    std::vector<std::string> lines;
    for (const StoredEvent& event : events)
        lines.push_back(to_hex(encode_envelope(event.envelope)) + text(event.payload) +
                        to_hex(event.leaf));
    return lines;
}

void check_equal(EventStore& store, EventStore& twin) {
    REQUIRE(store.head() == twin.head());
    REQUIRE(store.last_recorded() == twin.last_recorded());
    REQUIRE(in_full(all_events(store)) == in_full(all_events(twin)));
    REQUIRE(store.streams("") == twin.streams(""));
    for (const StreamId& stream : twin.streams(""))
        REQUIRE(in_full(stream_events(store, stream.str())) ==
                in_full(stream_events(twin, stream.str())));
    for (const std::int64_t until : {0, 4, 8})
        for (const std::size_t limit : {1U, 3U, 100U})
            REQUIRE(store.timers_due({until}, limit) == twin.timers_due({until}, limit));
    REQUIRE(store.next_timer() == twin.next_timer());
    for (const std::size_t limit : {1U, 3U, 100U})
        REQUIRE(store.outbox(limit) == twin.outbox(limit));
    for (const char* table : {"t0", "t1"}) REQUIRE(store.rows(table) == twin.rows(table));
    for (int id = 0; id < 50; ++id)
        REQUIRE(store.result_of(CommandId{std::to_string(id)}) ==
                twin.result_of(CommandId{std::to_string(id)}));
}

}  // namespace

TEST_CASE("every store does what its twin in memory does", "[contract][twin]") {
    const contracts::StoreKind kind = GENERATE(from_range(store_kinds()));
    const std::uint64_t seed = GENERATE(range(1, 9));
    INFO("store: " << kind.name << ", seed " << seed);
    const auto fixture = kind.make();
    memory::MemoryStore twin;
    RandomAppends appends{seed};
    for (int step = 0; step < 40; ++step) {
        const std::vector<Append> batch = appends.batch();
        const Instant recorded{static_cast<std::int64_t>(step % 7) * 1000};
        const auto outcomes = fixture->store().append(batch, recorded);
        REQUIRE(outcomes.size() == batch.size());
        const auto expected = twin.append(batch, recorded);
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            REQUIRE(outcomes[i].index() == expected[i].index());
        if (step % 11 == 10) fixture->reopen();
        if (step % 5 == 4) check_equal(fixture->store(), twin);
    }
}
