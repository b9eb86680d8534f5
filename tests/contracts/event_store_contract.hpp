#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/log/event_store.hpp"

namespace dutylog::contracts {

/// One store as the contract sees it: empty at first, gone with the object.
class StoreFixture {
public:
    virtual ~StoreFixture() = default;
    virtual log::EventStore& store() = 0;
    /// Closes the store and opens it again, as a restart does.
    virtual void reopen() = 0;
};

/// A way to run an adapter; some have several, because their options lead through other code.
struct StoreKind {
    std::string name;
    std::function<std::unique_ptr<StoreFixture>()> make;
};

/// Every adapter of the port. A new adapter joins here and runs the whole contract.
const std::vector<StoreKind>& store_kinds();

}  // namespace dutylog::contracts
