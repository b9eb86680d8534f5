#include "adapters/sqlite/effects.hpp"

#include "engine/log/wire.hpp"

namespace dutylog::sqlite {

using namespace log;

namespace {

using store_limits::bytes_max;
using store_limits::key_max;

/// What follows, one byte before each effect.
enum class Kind : std::uint8_t {
    drop_timer = 1,
    set_timer,
    drop_outbox,
    add_outbox,
    drop_row,
    set_row
};

class EffectsWriter {
public:
    explicit EffectsWriter(Bytes& out) : out_{out}, to_{out} {}

    EffectsWriter& kind(Kind kind) {
        out_.push_back(static_cast<std::uint8_t>(kind));
        return *this;
    }
    EffectsWriter& text(const std::string& text) {
        to_.text(text);
        return *this;
    }
    EffectsWriter& bytes(const Bytes& bytes) {
        to_.number(bytes.size());
        to_.raw(bytes.data(), bytes.size());
        return *this;
    }
    EffectsWriter& instant(Instant at) {
        to_.signed_number(at.micros);
        return *this;
    }
    EffectsWriter& number(std::uint64_t number) {
        to_.number(number);
        return *this;
    }

private:
    Bytes& out_;
    WireWriter to_;
};

std::string_view key_in(WireReader& in) { return in.text(key_max); }

BytesView bytes_in(WireReader& in) {
    return in.raw(in.number_up_to(bytes_max, "bytes within the limit"));
}

void decode_one(WireReader& in, EffectsSink& sink) {
    switch (static_cast<Kind>(in.byte())) {
        case Kind::drop_timer:
            return sink.drop_timer(key_in(in));
        case Kind::set_timer: {
            const auto key = key_in(in);
            const Instant due{in.signed_number()};
            return sink.set_timer({key, due, in.number()});
        }
        case Kind::drop_outbox:
            return sink.drop_outbox(key_in(in));
        case Kind::add_outbox: {
            const auto id = key_in(in);
            const auto kind = key_in(in);
            const Instant due{in.signed_number()};
            return sink.add_outbox({id, kind, due, bytes_in(in)});
        }
        case Kind::drop_row: {
            const auto table = key_in(in);
            return sink.drop_row(table, key_in(in));
        }
        case Kind::set_row: {
            const auto table = key_in(in);
            const auto key = key_in(in);
            return sink.set_row({table, key, bytes_in(in)});
        }
    }
    in.fail("a known effect");
}

}  // namespace

void encode_effects(Bytes& out, const Append& append) {
    EffectsWriter to{out};
    for (const std::string& key : append.drop_timers) to.kind(Kind::drop_timer).text(key);
    for (const Timer& timer : append.set_timers)
        to.kind(Kind::set_timer).text(timer.key).instant(timer.due).number(timer.generation);
    for (const std::string& id : append.drop_outbox) to.kind(Kind::drop_outbox).text(id);
    for (const OutboxEntry& entry : append.add_outbox)
        to.kind(Kind::add_outbox)
            .text(entry.id)
            .text(entry.kind)
            .instant(entry.due)
            .bytes(entry.body);
    for (const auto& [table, key] : append.drop_rows) to.kind(Kind::drop_row).text(table).text(key);
    for (const ProjectionRow& row : append.set_rows)
        to.kind(Kind::set_row).text(row.table).text(row.key).bytes(row.value);
}

void decode_effects(BytesView row, EffectsSink& sink) {
    WireReader in{row};
    while (in.remaining() != 0) decode_one(in, sink);
}

}  // namespace dutylog::sqlite
