#include "adapters/memory/store.hpp"
#include "adapters/sqlite/store.hpp"
#include "tests/contracts/event_store_contract.hpp"
#include "tests/support/temporary_folder.hpp"

namespace dutylog::contracts {

namespace {

class MemoryFixture final : public StoreFixture {
public:
    log::EventStore& store() override { return store_; }
    void reopen() override { store_.reopen(); }

private:
    memory::MemoryStore store_;
};

class SqliteFixture final : public StoreFixture {
public:
    explicit SqliteFixture(std::size_t settle_after) {
        options_.synchronous = sqlite::Synchronous::off;
        options_.settle_after = settle_after;
        options_.checkpoint_pages = 50;
        reopen();
    }
    log::EventStore& store() override { return *store_; }
    void reopen() override {
        store_.reset();
        store_.emplace(folder_.file("log.sqlite"), options_);
    }

private:
    test::TemporaryFolder folder_;
    sqlite::Options options_;
    std::optional<sqlite::SqliteStore> store_;
};

}  // namespace

const std::vector<StoreKind>& store_kinds() {
    static const std::vector<StoreKind> kinds{
        {"memory", [] { return std::make_unique<MemoryFixture>(); }},
        {"sqlite", [] { return std::make_unique<SqliteFixture>(16'384); }},
        {"sqlite that settles every batch", [] { return std::make_unique<SqliteFixture>(1); }},
        {"sqlite that settles now and then", [] { return std::make_unique<SqliteFixture>(5); }},
    };
    return kinds;
}

}  // namespace dutylog::contracts
