#pragma once

#include <string_view>

#include "engine/log/event_store.hpp"

namespace dutylog::sqlite {

/// A timer seen in the bytes of an effect row.
struct TimerView {
    std::string_view key;
    Instant due;
    std::uint64_t generation = 0;
};

/// An outbox entry seen in the bytes of an effect row.
struct OutboxView {
    std::string_view key;  ///< its id
    std::string_view kind;
    Instant due;
    BytesView body;
};

/// A row of a projection seen in the bytes of an effect row.
struct RowView {
    std::string_view table;
    std::string_view key;
    BytesView value;
};

/// What takes the effects, in the order in which they are carried out.
class EffectsSink {
public:
    virtual ~EffectsSink() = default;
    virtual void drop_timer(std::string_view key) = 0;
    virtual void set_timer(const TimerView& timer) = 0;
    virtual void drop_outbox(std::string_view id) = 0;
    virtual void add_outbox(const OutboxView& entry) = 0;
    virtual void drop_row(std::string_view table, std::string_view key) = 0;
    virtual void set_row(const RowView& row) = 0;
};

/// What one append does to timers, outbox and rows, as bytes for a row of `unsettled`. Adds to
/// `out`, and nothing where it does nothing.
void encode_effects(Bytes& out, const log::Append& append);

/// Hands the effects in a row to `sink`, as views into these bytes.
/// @throws DecodeError  the bytes are not what `encode_effects` writes
void decode_effects(BytesView row, EffectsSink& sink);

}  // namespace dutylog::sqlite
