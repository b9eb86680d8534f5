#pragma once

#include "engine/runtime/runtime.hpp"

namespace dutylog::cli {

/// A clock that stands still at the instant `--clock` gives; all else is as outside.
class FixedClock final : public runtime::Runtime {
public:
    FixedClock(Instant at, runtime::Runtime& outside) : at_{at}, outside_{outside} {}

    Instant wall() override { return at_; }
    Elapsed monotonic() override { return outside_.monotonic(); }
    std::uint64_t random(std::string_view stream) override { return outside_.random(stream); }

private:
    Instant at_;
    runtime::Runtime& outside_;
};

}  // namespace dutylog::cli
