#pragma once

#include <string>
#include <thread>

#include "adapters/clock/system_runtime.hpp"
#include "adapters/server/house.hpp"

namespace dutylog::bench {

/// The machine's clock, begun on a day of 2025: the logs of the bench are from then.
class ClockOfThatDay final : public runtime::Runtime {
public:
    explicit ClockOfThatDay(Instant start) : start_{start}, since_{system_.monotonic()} {}
    Instant wall() override { return start_ + Elapsed{system_.monotonic().micros - since_.micros}; }
    Elapsed monotonic() override { return system_.monotonic(); }
    std::uint64_t random(std::string_view stream) override { return system_.random(stream); }

private:
    clock::SystemRuntime system_;
    Instant start_;
    Elapsed since_;
};

/// The service over one log, in this process, as `dutylog serve` puts it together.
class Served {
public:
    Served(const std::string& log, Instant start);
    ~Served();
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    /// The answer to a question of its own connection.
    /// @throws std::runtime_error  it is not 200
    std::string ask(const std::string& path) const;
    double metric(const std::string& name) const;
    std::uint16_t port() const { return port_; }
    const std::string& token() const { return token_; }

private:
    ClockOfThatDay clock_;
    server::House house_;
    std::uint16_t port_ = 0;
    std::string token_;
    std::thread serving_;
};

}  // namespace dutylog::bench
