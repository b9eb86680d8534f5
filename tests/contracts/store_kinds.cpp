#include "adapters/memory/store.hpp"
#include "tests/contracts/event_store_contract.hpp"

namespace dutylog::contracts {

namespace {

class MemoryFixture final : public StoreFixture {
public:
    log::EventStore& store() override { return store_; }
    void reopen() override { store_.reopen(); }

private:
    memory::MemoryStore store_;
};

}  // namespace

const std::vector<StoreKind>& store_kinds() {
    static const std::vector<StoreKind> kinds{
        {"memory", [] { return std::make_unique<MemoryFixture>(); }},
    };
    return kinds;
}

}  // namespace dutylog::contracts
