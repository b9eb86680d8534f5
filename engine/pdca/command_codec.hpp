#pragma once

#include <cereal/cereal.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

#include "engine/core/rejection.hpp"
#include "engine/log/value_codec.hpp"
#include "engine/pdca/commands.hpp"

/// Commands as bytes: for the hash that tells a repeat from another command under the same id, and
/// for a refusal to be replayed.
namespace dutylog::pdca {

Bytes encode(const Command& command);
/// @throws DecodeError
Command decode_command(BytesView bytes);

}  // namespace dutylog::pdca
