#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/core/digest.hpp"
#include "engine/core/id.hpp"
#include "engine/core/rejection.hpp"
#include "engine/log/envelope.hpp"

namespace dutylog::runtime {

/// What the sender of a command is told, after its events are durable.
struct Answer {
    CommandId command;
    log::Position first = 0;  ///< of the events it led to; 0 where there are none
    log::Position last = 0;
    std::optional<Rejection> refusal;
    std::vector<std::string> warnings;
    bool repeated = false;  ///< the first answer, given again; not stored
};

/// As kept with the command, so that a repeat is told the same.
Bytes encode(const Answer& answer);
/// @throws DecodeError
Answer decode_answer(const CommandId& command, BytesView bytes);

}  // namespace dutylog::runtime
