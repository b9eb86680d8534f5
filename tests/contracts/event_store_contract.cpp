#include "tests/contracts/event_store_contract.hpp"

#include <catch2/catch.hpp>

#include "engine/log/envelope_codec.hpp"
#include "engine/log/leaf.hpp"
#include "engine/log/tree.hpp"
#include "tests/support/appends.hpp"

using namespace dutylog;
using namespace dutylog::log;
using namespace dutylog::test;
using dutylog::contracts::store_kinds;

namespace {

/// Runs the sentence once for every adapter.
std::unique_ptr<contracts::StoreFixture> each_store() {
    const contracts::StoreKind kind = GENERATE(from_range(store_kinds()));
    UNSCOPED_INFO("store: " << kind.name);
    return kind.make();
}

std::vector<Append> appends(std::size_t count, const std::string& stream) {
    std::vector<Append> batch;
    for (std::size_t i = 0; i < count; ++i)
        batch.push_back(append_to(stream, "payload " + std::to_string(i)));
    return batch;
}

}  // namespace

TEST_CASE("an empty log has no events and the tree head of nothing", "[contract][events]") {
    const auto fixture = each_store();
    EventStore& store = fixture->store();
    CHECK(store.head() == TreeHead{0, sha256("")});
    CHECK(store.last_recorded() == Instant{});
    CHECK(store.version_of(StreamId{"duty/a"}) == 0);
    CHECK_FALSE(store.at(0));
    CHECK_FALSE(store.at(1));
    CHECK(all_events(store).empty());
    CHECK(stream_events(store, "duty/a").empty());
    CHECK(store.streams("").empty());
    CHECK(store.leaves(0, 10).empty());
}

TEST_CASE("positions are gapless from 1 and versions gapless in each stream",
          "[contract][events]") {
    const auto fixture = each_store();
    EventStore& store = fixture->store();
    const Append both = append_of({event("duty/a"), event("duty/b"), event("duty/a")});
    const auto first = std::get<Appended>(append_one(store, both));
    CHECK(first.first == 1);
    CHECK(first.last == 3);
    const auto second = std::get<Appended>(append_one(store, append_to("duty/a")));
    CHECK(second.first == 4);
    CHECK(second.last == 4);

    const auto events = all_events(store);
    REQUIRE(events.size() == 4);
    const Version versions[] = {1, 1, 2, 3};
    for (std::size_t i = 0; i < events.size(); ++i) {
        CHECK(events[i].envelope.position == i + 1);
        CHECK(events[i].envelope.version == versions[i]);
    }
    CHECK(store.version_of(StreamId{"duty/a"}) == 3);
    CHECK(store.version_of(StreamId{"duty/b"}) == 1);
}

TEST_CASE("an event is read back as it was appended, with its place", "[contract][events]") {
    const auto fixture = each_store();
    EventStore& store = fixture->store();
    append_one(store, append_to("duty/a", "first"));
    NewEvent given = event("duty/a", "second");
    given.origin = Origin::derived;
    given.rests_on = {1};
    given.corrects = 1;
    append_one(store, append_of({given}), {2'000'000});

    const auto found = store.at(2);
    REQUIRE(found);
    Envelope expected;
    expected.position = 2;
    expected.stream = given.stream;
    expected.version = 2;
    expected.type = given.type;
    expected.schema = given.schema;
    expected.recorded = {2'000'000};
    expected.effective = given.effective;
    expected.late_reason = given.late_reason;
    expected.bundle = given.bundle;
    expected.actor = given.actor;
    expected.on_behalf_of = given.on_behalf_of;
    expected.command = given.command;
    expected.origin = Origin::derived;
    expected.correlation = given.correlation;
    expected.rests_on = {{1, store.at(1)->leaf}};
    expected.corrects = 1;
    expected.key = given.key;
    expected.state_hash = given.state_hash;
    expected.fold_version = given.fold_version;
    expected.previous_in_stream = 1;
    expected.previous_leaf = store.at(1)->leaf;
    CHECK(to_hex(encode_envelope(found->envelope)) == to_hex(encode_envelope(expected)));
    CHECK(text(found->payload) == "second");
    CHECK(found->leaf == leaf_hash(expected, given.payload));
}

TEST_CASE("an event may rest on an earlier element of its batch", "[contract][events]") {
    const auto fixture = each_store();
    EventStore& store = fixture->store();
    std::vector<Append> batch = appends(2, "duty/a");
    batch[1].events[0].rests_on = {1};
    store.append(batch, {1});
    const auto events = all_events(store);
    REQUIRE(events.size() == 2);
    REQUIRE(events[1].envelope.rests_on.size() == 1);
    CHECK(events[1].envelope.rests_on[0].content == events[0].leaf);
}

TEST_CASE("a cause is kept as a position", "[contract][events]") {
    const auto fixture = each_store();
    EventStore& store = fixture->store();
    append_one(store, append_to("duty/a"));
    Append append = append_of({event("duty/a"), event("duty/b")});
    append.events[1].cause = 0;
    append_one(store, append);
    CHECK(store.at(2)->envelope.cause == 0);
    CHECK(store.at(3)->envelope.cause == 2);
}

TEST_CASE("a conflict leaves nothing of its element and the others stand", "[contract][events]") {
    const auto fixture = each_store();
    EventStore& store = fixture->store();
    std::vector<Append> batch = appends(3, "duty/a");
    batch[1].expected = {{StreamId{"duty/a"}, 0}};
    batch[1].set_timers = {{"timer", {5}, 1}};
    batch[1].add_outbox = {{"entry", "mail", {5}, bytes("body")}};
    batch[1].set_rows = {{"table", "key", bytes("value")}};
    batch[1].blobs = {bytes("blob")};
    batch[1].result = {CommandId{"c"}, sha256("c"), bytes("answer")};
    batch[2].expected = {{StreamId{"duty/a"}, 1}, {StreamId{"duty/b"}, 0}};

    const auto outcomes = store.append(batch, {1});
    REQUIRE(outcomes.size() == 3);
    CHECK(std::get<Appended>(outcomes[0]).first == 1);
    CHECK(std::get<Conflict>(outcomes[1]).stream == StreamId{"duty/a"});
    CHECK(std::get<Conflict>(outcomes[1]).expected == 0);
    CHECK(std::get<Conflict>(outcomes[1]).found == 1);
    CHECK(std::get<Appended>(outcomes[2]).first == 2);

    CHECK(store.head().size == 2);
    CHECK(text(store.at(2)->payload) == "payload 2");
    CHECK(store.timers_due({100}, 10).empty());
    CHECK(store.outbox(10).empty());
    CHECK(store.rows("table").empty());
    CHECK_FALSE(store.blob(sha256("blob")));
    CHECK_FALSE(store.result_of(CommandId{"c"}));
}

TEST_CASE("recorded never runs back", "[contract][events]") {
    const auto fixture = each_store();
    EventStore& store = fixture->store();
    append_one(store, append_to("duty/a"), {5'000'000});
    append_one(store, append_to("duty/a"), {3'000'000});
    CHECK(store.at(2)->envelope.recorded == Instant{5'000'000});
    CHECK(store.last_recorded() == Instant{5'000'000});
    fixture->reopen();
    append_one(fixture->store(), append_to("duty/a"), {4'000'000});
    CHECK(fixture->store().at(3)->envelope.recorded == Instant{5'000'000});
    append_one(fixture->store(), append_to("duty/a"), {6'000'000});
    CHECK(fixture->store().last_recorded() == Instant{6'000'000});
}

TEST_CASE("each event names the one before it in its stream", "[contract][events]") {
    const auto fixture = each_store();
    EventStore& store = fixture->store();
    append_one(store, append_of({event("duty/a"), event("duty/b"), event("duty/a")}));
    fixture->reopen();
    append_one(fixture->store(), append_to("duty/b"));
    const auto events = all_events(fixture->store());
    REQUIRE(events.size() == 4);
    const Position previous[] = {0, 0, 1, 2};
    for (std::size_t i = 0; i < events.size(); ++i) {
        const Envelope& envelope = events[i].envelope;
        CHECK(envelope.previous_in_stream == previous[i]);
        CHECK(envelope.previous_leaf ==
              (previous[i] == 0 ? Digest{} : events[previous[i] - 1].leaf));
        CHECK(events[i].leaf == leaf_hash(envelope, events[i].payload));
    }
}

TEST_CASE("the tree head is the root over the leaves", "[contract][events]") {
    const auto fixture = each_store();
    for (std::size_t i = 0; i < 9; ++i) {
        EventStore& store = fixture->store();
        store.append(appends(i, "duty/a"), {1});
        const auto leaves = store.leaves(0, store.head().size);
        REQUIRE(leaves.size() == store.head().size);
        CHECK(store.head().root == root_of(leaves));
        if (i % 3 == 0) fixture->reopen();
    }
    const auto all = fixture->store().leaves(0, 100);
    REQUIRE(all.size() == 36);
    CHECK(fixture->store().leaves(30, 33) == std::vector(all.begin() + 30, all.begin() + 33));
    CHECK(fixture->store().leaves(36, 40).empty());
}

TEST_CASE("a scan begins anywhere and ends when told", "[contract][events]") {
    const auto fixture = each_store();
    EventStore& store = fixture->store();
    store.append(appends(7, "duty/a"), {1});
    CHECK(all_events(store, 0).size() == 7);
    CHECK(all_events(store, 5).size() == 3);
    CHECK(all_events(store, 8).empty());
    std::size_t seen = 0;
    store.scan(2, [&](const StoredEvent& event) {
        ++seen;
        return event.envelope.position < 4;
    });
    CHECK(seen == 3);
}

TEST_CASE("the store may be read while it is scanned", "[contract][events]") {
    const auto fixture = each_store();
    EventStore& store = fixture->store();
    store.append(appends(3, "duty/a"), {1});
    std::size_t inner = 0;
    store.scan(1, [&](const StoredEvent& event) {
        inner += all_events(store, event.envelope.position).size();
        inner += stream_events(store, "duty/a", event.envelope.version).size();
        return store.at(event.envelope.position).has_value();
    });
    CHECK(inner == 12);
}

TEST_CASE("a long stream among others is read from any version", "[contract][events]") {
    const auto fixture = each_store();
    for (std::size_t round = 0; round < 30; ++round) {
        std::vector<Append> batch = appends(7, "duty/long");
        batch.push_back(append_to("duty/short " + std::to_string(round)));
        fixture->store().append(batch, {1});
        if (round == 17) fixture->reopen();
    }
    EventStore& store = fixture->store();
    REQUIRE(store.version_of(StreamId{"duty/long"}) == 210);
    for (const Version from : {0, 1, 2, 63, 64, 65, 128, 129, 200, 210, 211}) {
        const auto events = stream_events(store, "duty/long", from);
        const Version first = std::max<Version>(from, 1);
        REQUIRE(events.size() == 211 - first);
        for (std::size_t i = 0; i < events.size(); ++i) {
            REQUIRE(events[i].envelope.stream == StreamId{"duty/long"});
            REQUIRE(events[i].envelope.version == first + i);
        }
    }
    CHECK(stream_events(store, "duty/short 3").size() == 1);
    CHECK(stream_events(store, "duty/none").empty());
}

TEST_CASE("streams are listed by prefix in byte order", "[contract][events]") {
    const auto fixture = each_store();
    for (const char* name : {"duty/b", "asset/1", "duty/a", "duty", "duty0", "duty/\xe5\xbc\xa0"})
        append_one(fixture->store(), append_to(name));
    const auto names = [&](const std::string& prefix) {
        std::vector<std::string> found;
        for (const StreamId& stream : fixture->store().streams(prefix))
            found.push_back(stream.str());
        return found;
    };
    const std::vector<std::string> duties{"duty/a", "duty/b", "duty/\xe5\xbc\xa0"};
    CHECK(names("duty/") == duties);
    CHECK(names("").size() == 6);
    CHECK(names("nothing").empty());
    fixture->reopen();
    append_one(fixture->store(), append_to("duty/aa"));
    CHECK(names("duty/a") == std::vector<std::string>{"duty/a", "duty/aa"});
}

TEST_CASE("a payload may be empty or as large as the limit, but not larger", "[contract][events]") {
    const auto fixture = each_store();
    EventStore& store = fixture->store();
    append_one(store, append_to("duty/a", ""));
    CHECK(store.at(1)->payload.empty());
    Append large = append_to("duty/a");
    large.events[0].payload.assign(store_limits::bytes_max, 7);
    append_one(store, large);
    CHECK(store.at(2)->payload == large.events[0].payload);
    large.events[0].payload.push_back(7);
    CHECK_THROWS_AS(append_one(store, large), BadAppend);
}

TEST_CASE("an append that breaks a rule is refused with its batch", "[contract][events]") {
    const auto fixture = each_store();
    EventStore& store = fixture->store();
    append_one(store, append_to("duty/a"));
    const auto refused = [&](auto change) {
        std::vector<Append> batch = appends(2, "duty/a");
        change(batch[1]);
        CHECK_THROWS_AS(store.append(batch, {1}), BadAppend);
        CHECK(store.head().size == 1);
    };
    refused([](Append& a) { a.events[0].stream = StreamId{}; });
    refused([](Append& a) { a.events[0].stream = StreamId{std::string(257, 's')}; });
    refused([](Append& a) { a.events[0].type.clear(); });
    refused([](Append& a) { a.events[0].cause = 0; });
    refused([](Append& a) { a.events[0].rests_on = {3}; });
    refused([](Append& a) { a.events[0].rests_on = {0}; });
    refused([](Append& a) { a.events[0].rests_on = {1, 1}; });
    refused([](Append& a) { a.events[0].corrects = 3; });
    refused([](Append& a) { a.drop_outbox = {"\xff"}; });
    refused([](Append& a) { a.set_timers = {{std::string(513, 'k'), {1}, 1}}; });
    append_one(store, append_to("duty/a"));
    CHECK(store.head().size == 2);
    CHECK(store.version_of(StreamId{"duty/a"}) == 2);
}

TEST_CASE("an append of nothing leaves nothing", "[contract][events]") {
    const auto fixture = each_store();
    EventStore& store = fixture->store();
    CHECK(store.append({}, {1}).empty());
    const auto outcome = std::get<Appended>(append_one(store, Append{}));
    CHECK(outcome.first == 0);
    CHECK(outcome.last == 0);
    CHECK(store.head().size == 0);
}

TEST_CASE("a restart finds the same log and goes on", "[contract][events]") {
    const auto fixture = each_store();
    fixture->store().append(appends(5, "duty/a"), {1});
    const TreeHead before = fixture->store().head();
    fixture->reopen();
    CHECK(fixture->store().head() == before);
    CHECK(all_events(fixture->store()).size() == 5);
    const auto next = std::get<Appended>(append_one(fixture->store(), append_to("duty/a")));
    CHECK(next.first == 6);
    CHECK(fixture->store().at(6)->envelope.version == 6);
}
