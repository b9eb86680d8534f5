#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pdca/events/common.hpp"

/// Acts that were asked for or reported, and the gates they met.
namespace dutylog::pdca {

/// One gate that was closed to an act.
struct GateClosed {
    std::string definition;
    std::string gate;
    std::string basis;
    std::string detail;  ///< the gate's sentence, with the members that close it
    std::vector<std::string> members;
};

/// Someone asked to act and may not. Durable, with no other effect.
struct ActRefused {
    static constexpr std::string_view type = "gate.act_refused";
    static constexpr std::uint16_t schema = 1;
    Reference subject;
    std::string act;
    Value value;
    std::vector<GateClosed> gates;
};

/// Someone asked to act and may; `flags` are told to the roles the gate names.
struct ActPermitted {
    static constexpr std::string_view type = "gate.act_permitted";
    static constexpr std::uint16_t schema = 1;
    Reference subject;
    std::string act;
    Value value;
    std::vector<GateClosed> flags;
};

/// Someone let an act pass a closed gate, by name and with a reason. The breach stays visible.
struct GateOverridden {
    static constexpr std::string_view type = "gate.overridden";
    static constexpr std::uint16_t schema = 1;
    Reference subject;
    std::string act;
    Value value;
    std::string reason;
    std::vector<GateClosed> gates;
};

struct GateBreached {
    static constexpr std::string_view type = "gate.breached";
    static constexpr std::uint16_t schema = 1;
    std::string definition;
    std::string gate;
    std::string act;
    Position act_position = 0;
    Instant due;  ///< the moment of the act
    CivilDate due_on;
    std::string basis;
    std::string detail;
    bool overridden = false;
};

}  // namespace dutylog::pdca
