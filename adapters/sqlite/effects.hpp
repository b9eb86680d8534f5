#pragma once

#include "engine/log/event_store.hpp"

namespace dutylog::sqlite {

/// What one append does besides its events: timers, outbox, rows and the result of its command.
struct Effects {
    log::Append append;       ///< without events, expectations and blobs
    log::Position first = 0;  ///< of the append's events; 0 where it held none
};

/// Adds the effects of `append` to the bytes of a row of `unsettled`; nothing where it has none.
void encode_effects(Bytes& out, const log::Append& append, log::Position first);

/// Reads one element and moves `at` behind it.
/// @throws DecodeError  the bytes are not what `encode_effects` writes
Effects decode_effects(BytesView bytes, std::size_t& at);

}  // namespace dutylog::sqlite
