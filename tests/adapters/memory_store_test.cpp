#include "adapters/memory/store.hpp"

#include <catch2/catch.hpp>

#include "tests/support/appends.hpp"

using namespace dutylog;
using namespace dutylog::log;
using namespace dutylog::test;
using dutylog::memory::MemoryStore;

TEST_CASE("a failed commit stops the memory store until a restart", "[memory]") {
    const auto [how, found] = GENERATE(table<MemoryStore::Failure, std::uint64_t>(
        {{MemoryStore::Failure::nothing_written, 1},
         {MemoryStore::Failure::written_unanswered, 2}}));
    MemoryStore store;
    store.fail_after(1, how);
    append_one(store, append_to("duty/a"));
    CHECK_THROWS_AS(append_one(store, append_to("duty/a")), StoreError);
    CHECK_THROWS_AS(append_one(store, append_to("duty/a")), StoreError);
    CHECK_THROWS_AS(store.head(), StoreError);
    store.reopen();
    CHECK(store.head().size == found);
    append_one(store, append_to("duty/a"));
    CHECK(store.version_of(StreamId{"duty/a"}) == found + 1);
}
