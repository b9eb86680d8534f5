#include <catch2/catch.hpp>

#include "tests/contracts/event_store_contract.hpp"
#include "tests/support/appends.hpp"

using namespace dutylog;
using namespace dutylog::log;
using namespace dutylog::test;
using dutylog::contracts::store_kinds;

namespace {

std::unique_ptr<contracts::StoreFixture> each_store() {
    const contracts::StoreKind kind = GENERATE(from_range(store_kinds()));
    UNSCOPED_INFO("store: " << kind.name);
    return kind.make();
}

std::vector<std::string> keys(const std::vector<Timer>& timers) {
    std::vector<std::string> found;
    for (const Timer& timer : timers) found.push_back(timer.key);
    return found;
}

std::vector<std::string> ids(const std::vector<OutboxEntry>& entries) {
    std::vector<std::string> found;
    for (const OutboxEntry& entry : entries) found.push_back(entry.id);
    return found;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("timers come due by instant, then by key", "[contract][timers]") {
    const auto fixture = each_store();
    CHECK_FALSE(fixture->store().next_timer());
    Append append;
    append.set_timers = {{"c", {30}, 1}, {"b", {20}, 1}, {"a", {20}, 2}, {"early", {-5}, 1}};
    append_one(fixture->store(), append);
    for (int opened = 0; opened < 2; ++opened) {
        EventStore& store = fixture->store();
        CHECK(store.next_timer() == Instant{-5});
        CHECK(keys(store.timers_due({19}, 10)) == Names{"early"});
        CHECK(keys(store.timers_due({20}, 10)) == Names{"early", "a", "b"});
        CHECK(keys(store.timers_due({20}, 2)) == Names{"early", "a"});
        CHECK(keys(store.timers_due({1000}, 10)) == Names{"early", "a", "b", "c"});
        CHECK(store.timers_due({1000}, 0).empty());
        CHECK(store.timers_due({20}, 10).at(1) == Timer{"a", {20}, 2});
        fixture->reopen();
    }
}

TEST_CASE("setting a timer again replaces it and dropping removes it", "[contract][timers]") {
    const auto fixture = each_store();
    Append set;
    set.set_timers = {{"a", {10}, 1}, {"b", {20}, 1}};
    append_one(fixture->store(), set);
    Append again;
    again.set_timers = {{"a", {30}, 2}};
    append_one(fixture->store(), again);
    CHECK(fixture->store().timers_due({100}, 10) ==
          std::vector<Timer>{{"b", {20}, 1}, {"a", {30}, 2}});
    Append drop;
    drop.drop_timers = {"b", "never set"};
    append_one(fixture->store(), drop);
    CHECK(keys(fixture->store().timers_due({100}, 10)) == Names{"a"});
    CHECK(fixture->store().next_timer() == Instant{30});
    fixture->reopen();
    CHECK(keys(fixture->store().timers_due({100}, 10)) == Names{"a"});
}

TEST_CASE("drops are carried out before sets", "[contract][timers]") {
    const auto fixture = each_store();
    Append append;
    append.set_timers = {{"a", {10}, 1}};
    append.drop_timers = {"a"};
    append.add_outbox = {{"e", "mail", {1}, {}}};
    append.drop_outbox = {"e"};
    append.set_rows = {{"t", "k", bytes("v")}};
    append.drop_rows = {{"t", "k"}};
    append_one(fixture->store(), append);
    CHECK(fixture->store().timers_due({100}, 10).size() == 1);
    CHECK(fixture->store().outbox(10).size() == 1);
    CHECK(fixture->store().rows("t").size() == 1);
}

TEST_CASE("the outbox is a queue by due instant until entries are dropped", "[contract][outbox]") {
    const auto fixture = each_store();
    Append add;
    add.add_outbox = {{"3", "webhook", {30}, bytes("three")},
                      {"2", "mail", {10}, bytes("two")},
                      {"1", "mail", {10}, {}}};
    append_one(fixture->store(), add);
    for (int opened = 0; opened < 2; ++opened) {
        const auto entries = fixture->store().outbox(10);
        CHECK(ids(entries) == Names{"1", "2", "3"});
        CHECK(entries.at(1) == add.add_outbox[1]);
        CHECK(ids(fixture->store().outbox(1)) == Names{"1"});
        fixture->reopen();
    }
    Append change;
    change.drop_outbox = {"1", "unknown"};
    change.add_outbox = {{"2", "mail", {40}, bytes("later")}};
    append_one(fixture->store(), change);
    CHECK(ids(fixture->store().outbox(10)) == Names{"3", "2"});
    CHECK(text(fixture->store().outbox(10).at(1).body) == "later");
}

TEST_CASE("rows are kept by table and key and listed in key order", "[contract][rows]") {
    const auto fixture = each_store();
    Append set;
    set.set_rows = {{"duty", "b", bytes("2")}, {"duty", "a", bytes("1")}, {"post", "a", {}}};
    append_one(fixture->store(), set);
    Append change;
    change.set_rows = {{"duty", "b", bytes("two")}, {"duty", "c", bytes("3")}};
    change.drop_rows = {{"duty", "a"}, {"post", "unknown"}};
    append_one(fixture->store(), change);
    for (int opened = 0; opened < 2; ++opened) {
        CHECK(fixture->store().rows("duty") ==
              std::vector<ProjectionRow>{{"duty", "b", bytes("two")}, {"duty", "c", bytes("3")}});
        CHECK(fixture->store().rows("post") == std::vector<ProjectionRow>{{"post", "a", {}}});
        CHECK(fixture->store().rows("dut").empty());
        fixture->reopen();
    }
}

TEST_CASE("the first result of a command stands", "[contract][commands]") {
    const auto fixture = each_store();
    Append append = append_to("duty/a");
    append.result = {CommandId{"command/1"}, sha256("body"), bytes("answer")};
    append_one(fixture->store(), append);
    Append again;
    again.result = {CommandId{"command/1"}, sha256("other"), bytes("other answer")};
    append_one(fixture->store(), again);
    Append empty;
    empty.result = {CommandId{"command/2"}, sha256("body"), {}};
    append_one(fixture->store(), empty);
    for (int opened = 0; opened < 2; ++opened) {
        CHECK(fixture->store().result_of(CommandId{"command/1"}) == append.result);
        CHECK(fixture->store().result_of(CommandId{"command/2"}) == empty.result);
        CHECK_FALSE(fixture->store().result_of(CommandId{"command/3"}));
        fixture->reopen();
    }
    append_one(fixture->store(), again);
    CHECK(fixture->store().result_of(CommandId{"command/1"}) == append.result);
}

TEST_CASE("blobs are found by their digest", "[contract][blobs]") {
    const auto fixture = each_store();
    Append append;
    append.blobs = {bytes("one"), bytes("two"), bytes("one"), {}};
    append_one(fixture->store(), append);
    append_one(fixture->store(), append);
    fixture->reopen();
    CHECK(fixture->store().blob(sha256("one")) == bytes("one"));
    CHECK(fixture->store().blob(sha256("two")) == bytes("two"));
    CHECK(fixture->store().blob(sha256("")) == Bytes{});
    CHECK_FALSE(fixture->store().blob(sha256("three")));
}

TEST_CASE("a snapshot is replaced by a later one of its fold version", "[contract][snapshots]") {
    const auto fixture = each_store();
    EventStore& store = fixture->store();
    CHECK_FALSE(store.snapshot("duty/a", 1));
    append_one(store, append_to("duty/a"));
    store.save_snapshot("duty/a", 1, 1, bytes("old"));
    store.save_snapshot("duty/a", 1, 2, bytes("new"));
    store.save_snapshot("duty/a", 2, 1, {});
    REQUIRE(store.snapshot("duty/a", 1));
    CHECK(store.snapshot("duty/a", 1)->at == 2);
    CHECK(text(store.snapshot("duty/a", 1)->bytes) == "new");
    CHECK(store.snapshot("duty/a", 2)->bytes.empty());
    CHECK_FALSE(store.snapshot("duty/b", 1));
    CHECK(store.head().size == 1);
}
