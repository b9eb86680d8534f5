#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pdca/events/common.hpp"

/// What is decided about a cycle.
namespace dutylog::pdca {

struct SuspendCycle {
    static constexpr std::string_view name = "suspend_cycle";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string reason;
};
struct ResumeCycle {
    static constexpr std::string_view name = "resume_cycle";
    StreamId duty;
    CycleNumber cycle = 0;
};
struct CancelCycle {
    static constexpr std::string_view name = "cancel_cycle";
    StreamId duty;
    CycleNumber cycle = 0;
    ActorId approver;
    std::string reason;
};
/// Closes a cycle whose parent work is done, carrying open children or measures on.
struct CloseCycle {
    static constexpr std::string_view name = "close_cycle";
    StreamId duty;
    CycleNumber cycle = 0;
    ActorId approver;
    std::string reason;
};
struct MigrateCycle {
    static constexpr std::string_view name = "migrate_cycle";
    StreamId duty;
    CycleNumber cycle = 0;
    ActorId approver;
    std::vector<std::string> moves;
};

}  // namespace dutylog::pdca
