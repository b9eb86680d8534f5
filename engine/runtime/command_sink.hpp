#pragma once

#include <functional>

#include "engine/runtime/engine.hpp"

namespace dutylog::runtime {

/// Where commands go in: each is answered after its commit.
class CommandSink {
public:
    using Done = std::function<void(const Answer&)>;
    /// Work that needs the engine itself, between two commits. It holds up all commands.
    using Job = std::function<void(Engine& engine, Instant now)>;

    virtual ~CommandSink() = default;
    /// @param done  called after the commit
    /// @returns false where there is no room, or nothing is written any more: nothing was accepted
    virtual bool submit(Submission submission, Done done) = 0;
    /// @returns false as above
    virtual bool run(Job job) = 0;
};

}  // namespace dutylog::runtime
