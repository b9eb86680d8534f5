#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/runtime/engine.hpp"

namespace dutylog::bench {

/// Makes the commands of an employer whose library stands in tests/bench/library: orders carried
/// out on assets in four steps, and promises that only wait for their day.
class Employer {
public:
    /// What a submission is made with: who gives it, and when.
    explicit Employer(std::string prefix = "c") : prefix_{std::move(prefix)} {}

    /// The library as a command.
    runtime::Submission publish();
    /// The employer, a site, three people who hold the roles.
    std::vector<runtime::Submission> settle_in(Instant now);
    runtime::Submission asset(std::uint64_t number, Instant now);
    runtime::Submission worker(const std::string& id, Instant now);
    /// From then on somebody else is told of what becomes late about this asset.
    runtime::Submission principal_of(std::uint64_t asset, const std::string& person, Instant now);
    runtime::Submission order(std::uint64_t asset, std::uint64_t number, Instant now);
    runtime::Submission promise(std::uint64_t asset, std::uint64_t number, Instant now);
    /// One of the four steps of an order: 0 plan, 1 do, 2 check, 3 act.
    runtime::Submission step(std::uint64_t asset, unsigned phase, Instant now);

    static constexpr unsigned phases = 4;

private:
    runtime::Submission submission(pdca::Command command, const char* actor, Instant now);

    std::string prefix_;
    std::uint64_t commands_ = 0;
};

/// 2025-01-06T10:00:00Z, a Monday.
inline constexpr Instant monday{1'736'157'600'000'000};

/// The texts of the library.
const std::vector<definition::SourceFile>& bench_library();
/// The rules of the library, loaded once for the whole program.
pdca::RulesPtr bench_rules();
const runtime::Publication& bench_publication();

StreamId order_duty(std::uint64_t asset);

/// Runs commands in batches of `batch` and wants every one of them accepted.
/// @throws std::runtime_error  one was refused, which would make the figure mean nothing
void run_all(runtime::Engine& engine, std::span<const runtime::Submission> commands, Instant now,
             std::size_t batch = 1024);
void require_accepted(const runtime::Answer& answer);

/// Publishes, settles in and adds assets 1 … `assets`.
void found(runtime::Engine& engine, Employer& employer, std::uint64_t assets, Instant now);

}  // namespace dutylog::bench
