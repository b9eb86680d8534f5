#include <catch2/catch.hpp>
#include <random>

#include "adapters/memory/store.hpp"
#include "adapters/sqlite/reader.hpp"
#include "adapters/sqlite/store.hpp"
#include "adapters/sqlite/verify.hpp"
#include "tests/support/appends.hpp"
#include "tests/support/crash_vfs.hpp"

using namespace dutylog;
using namespace dutylog::log;
using namespace dutylog::test;
using dutylog::sqlite::SqliteStore;

namespace {

sqlite::Options options_on(const CrashVfs& vfs, sqlite::Synchronous synchronous) {
    sqlite::Options options;
    options.vfs = vfs.name();
    options.synchronous = synchronous;
    options.settle_after = 9;
    options.checkpoint_pages = 12;
    return options;
}

/// The n-th append of a run; everything in it follows from n.
Append numbered(std::uint64_t n) {
    const std::string name = std::to_string(n);
    Append append = append_to("duty/" + std::to_string(n % 5), "payload " + name);
    append.set_timers = {{"timer/" + std::to_string(n % 7), {static_cast<std::int64_t>(n)}, n}};
    append.add_outbox = {{"entry/" + name, "mail", {1}, bytes(name)}};
    if (n > 3) append.drop_outbox = {"entry/" + std::to_string(n - 3)};
    append.set_rows = {{"duty", std::to_string(n % 5), bytes(name)}};
    append.result = {CommandId{name}, sha256(name), bytes(name)};
    return append;
}

/// A store on a disk that crashes, beside a twin that holds what was acknowledged.
class CrashingStore {
public:
    explicit CrashingStore(sqlite::Synchronous synchronous) : synchronous_{synchronous} {}

    /// Appends until the power fails, lets it come back and opens the log again.
    /// @returns whether all that was acknowledged is there and nothing else but the append that was
    ///   under way
    bool survives(std::uint64_t seed) {
        std::mt19937_64 random{seed};
        vfs_.disk().power_off_after(1 + random() % 150);
        live();
        vfs_.crash(seed);
        return is_whole();
    }
    std::uint64_t acknowledged() const { return acknowledged_; }
    void start_anew() {
        vfs_.disk().remove("log.sqlite", true);
        vfs_.disk().remove("log.sqlite-wal", true);
        twin_ = {};
        acknowledged_ = 0;
        under_way_.reset();
    }

private:
    void live() {
        under_way_.reset();
        try {
            SqliteStore store{"log.sqlite", options_on(vfs_, synchronous_)};
            for (;;) {
                under_way_ = numbered(acknowledged_ + 1);
                append_one(store, *under_way_);
                acknowledge();
            }
        } catch (const StoreError&) {
            // the power has failed
        }
    }
    void acknowledge() {
        append_one(twin_, *under_way_);
        under_way_.reset();
        ++acknowledged_;
    }
    bool is_whole() {
        try {
            SqliteStore store{"log.sqlite", options_on(vfs_, synchronous_)};
            if (under_way_ && store.head().size > twin_.head().size) acknowledge();
            return is_equal(store, twin_) && sqlite::verify("log.sqlite", verify_options()).empty();
        } catch (const StoreError&) {
            return false;
        }
    }
    sqlite::VerifyOptions verify_options() const {
        sqlite::VerifyOptions options;
        options.threads = 1;
        options.vfs = vfs_.name();
        return options;
    }
    static bool is_equal(EventStore& store, EventStore& twin) {
        return store.head() == twin.head() && store.outbox(9999) == twin.outbox(9999) &&
               store.timers_due({9999}, 9999) == twin.timers_due({9999}, 9999) &&
               store.rows("duty") == twin.rows("duty");
    }

    CrashVfs vfs_;
    memory::MemoryStore twin_;
    std::optional<Append> under_way_;
    std::uint64_t acknowledged_ = 0;
    sqlite::Synchronous synchronous_;
};

}  // namespace

TEST_CASE("nothing that was acknowledged is lost in 200 crashes", "[sqlite][crash]") {
    CrashingStore store{sqlite::Synchronous::full};
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        INFO("seed " << seed);
        REQUIRE(store.survives(seed));
    }
    CHECK(store.acknowledged() > 1000);
}

TEST_CASE("a log that is being made survives crashes too", "[sqlite][crash]") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        INFO("seed " << seed);
        CrashingStore store{sqlite::Synchronous::full};
        REQUIRE(store.survives(seed));
    }
}

TEST_CASE("without syncs the same crashes lose what was acknowledged", "[sqlite][crash]") {
    CrashingStore store{sqlite::Synchronous::off};
    int losses = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        if (store.survives(seed)) continue;
        ++losses;
        store.start_anew();
    }
    CHECK(losses > 10);
}

TEST_CASE("a failing write or sync stops the store, and a restart finds what was acknowledged",
          "[sqlite][crash]") {
    using Failure = CrashDisk::Failure;
    int stopped = 0;
    for (std::uint64_t n = 1; n <= 60; ++n) {
        const Failure how = n % 2 == 0 ? Failure::broken : Failure::full;
        const bool in_sync = n % 3 == 0;
        INFO("failure at " << n << (in_sync ? ", sync" : ", write"));
        CrashVfs vfs;
        memory::MemoryStore twin;
        {
            SqliteStore store{"log.sqlite", options_on(vfs, sqlite::Synchronous::full)};
            if (in_sync)
                vfs.disk().fail_sync(n);
            else
                vfs.disk().fail_write(n, how);
            try {
                for (std::uint64_t i = 1; i <= 100; ++i) {
                    append_one(store, numbered(i));
                    append_one(twin, numbered(i));
                }
            } catch (const StoreError&) {
                ++stopped;
                CHECK_THROWS_AS(append_one(store, numbered(1)), StoreError);
            }
        }
        vfs.crash(n);
        SqliteStore store{"log.sqlite", options_on(vfs, sqlite::Synchronous::full)};
        const auto size = twin.head().size;
        REQUIRE(store.head().size >= size);
        if (store.head().size > size) append_one(twin, numbered(size + 1));
        REQUIRE(store.head() == twin.head());
    }
    CHECK(stopped == 60);
}

TEST_CASE("a reader on the same disk sees what the writer committed", "[sqlite][crash]") {
    CrashVfs vfs;
    SqliteStore writer{"log.sqlite", options_on(vfs, sqlite::Synchronous::full)};
    sqlite::SqliteReader reader{"log.sqlite", vfs.name()};
    for (std::uint64_t n = 1; n <= 50; ++n) {
        append_one(writer, numbered(n));
        reader.refresh();
        REQUIRE(reader.head() == writer.head());
    }
}
