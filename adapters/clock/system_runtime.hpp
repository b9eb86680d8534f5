#pragma once

#include "engine/runtime/runtime.hpp"

namespace dutylog::clock {

/// This machine's clocks and its random bytes: the only place of the product that reads them.
/// Every member may be called from any thread.
class SystemRuntime final : public runtime::Runtime {
public:
    Instant wall() override;
    Elapsed monotonic() override;
    /// From the system's generator; the name of the stream changes nothing.
    std::uint64_t random(std::string_view stream) override;
};

}  // namespace dutylog::clock
