#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/instant.hpp"
#include "engine/core/value.hpp"
#include "engine/pdca/events/common.hpp"

/// Who was refused, and to whom sealed fields were shown: the stream `access`.
namespace dutylog::pdca {

/// The service refused what was asked of it. Refusals are counted for each token and recorded
/// together, so that a flood of them leaves no flood here (docs/api.md).
struct AccessRefused {
    static constexpr std::string_view type = "access.refused";
    static constexpr std::uint16_t schema = 1;
    std::string token;   ///< its id; empty for whoever had none in force
    std::string person;  ///< whose it is
    Instant from;
    Instant until;
    std::uint64_t count = 0;
    std::vector<std::string> operations;  ///< what was asked, each once
};

/// Sealed fields were opened for someone who may read them. It is on the record before they see
/// them.
struct SealedFieldsShown {
    static constexpr std::string_view type = "access.sealed_fields_shown";
    static constexpr std::uint16_t schema = 1;
    std::string token;
    std::string person;
    std::string operation;
    std::vector<std::string> keys;    ///< of the people whose fields they are
    std::vector<Position> positions;  ///< of the events that hold them
};

}  // namespace dutylog::pdca
