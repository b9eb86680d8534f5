#include "engine/log/leaf.hpp"

#include <cstring>
#include <limits>

#include "engine/log/envelope_codec.hpp"
#include "engine/log/id_text.hpp"
#include "engine/log/wire.hpp"

namespace dutylog::log {

namespace {

using namespace envelope_limits;

constexpr std::uint64_t form = 1;

template <class Writer>
void write_effective(Writer& out, const Effective& effective) {
    out.number(static_cast<std::uint64_t>(effective.precision));
    out.signed_number(effective.at.micros);
    out.signed_number(effective.date.days);
    out.signed_number(effective.until.micros);
    out.text(effective.zone);
}

template <class Writer>
void write_rests_on(Writer& out, const std::vector<RestsOn>& list) {
    out.number(list.size());
    for (const RestsOn& read : list) {
        out.number(read.position);
        out.digest(read.content);
    }
}

template <class T>
T small_number(WireReader& in) {
    return static_cast<T>(in.number_up_to(std::numeric_limits<T>::max(), "a smaller number"));
}

void read_effective(WireReader& in, Effective& into) {
    into.precision = static_cast<Precision>(
        in.number_up_to(static_cast<std::uint64_t>(Precision::unknown), "a known precision"));
    into.at = Instant{in.signed_number()};
    const std::int64_t days = in.signed_number();
    if (days != static_cast<std::int32_t>(days)) in.fail("a civil date");
    into.date = CivilDate{static_cast<std::int32_t>(days)};
    into.until = Instant{in.signed_number()};
    into.zone.assign(in.text(zone_max));
}

void read_rests_on(WireReader& in, std::vector<RestsOn>& into) {
    const std::uint64_t count = in.number_up_to(rests_on_max, "a count within the limit");
    if (count > in.remaining() / 40) in.fail("a count that fits the bytes left");
    Position last = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        const Position position = in.number();
        if (position <= last) in.fail("positions in ascending order");
        last = position;
        into.push_back({position, in.digest()});
    }
}

Sha256& hasher() {
    thread_local Sha256 reused;
    return reused;
}

template <class Writer>
void write_leaf(Writer& to, const Envelope& e, const Digest& payload) {
    to.number(form);
    to.number(e.position);
    to.text(e.stream.str());
    to.number(e.version);
    to.text(e.type);
    to.number(e.schema);
    to.signed_number(e.recorded.micros);
    write_effective(to, e.effective);
    to.text(e.late_reason);
    to.digest(e.bundle);
    to.text(e.actor.str());
    to.text(e.on_behalf_of.str());
    to.text(e.command.str());
    to.number(static_cast<std::uint64_t>(e.origin));
    to.number(e.cause);
    to.text(e.correlation);
    write_rests_on(to, e.rests_on);
    to.number(e.corrects);
    to.number(e.codec);
    to.text(e.key);
    to.digest(e.state_hash);
    to.number(e.fold_version);
    to.number(e.previous_in_stream);
    to.digest(e.previous_leaf);
    to.digest(payload);
}

std::size_t leaf_size(const Envelope& e, const Digest& payload) {
    WireSize size;
    write_leaf(size, e, payload);
    return size.size();
}

void refuse_faults(const Envelope& e) {
    if (const std::string fault = envelope_fault(e); !fault.empty())
        throw EncodeError{"leaf: " + fault};
}

}  // namespace

void append_leaf_bytes(Bytes& out, const Envelope& e, const Digest& payload) {
    refuse_faults(e);
    const std::size_t before = out.size();
    out.resize(before + leaf_size(e, payload));
    WireFiller to{out.data() + before};
    write_leaf(to, e, payload);
}

Bytes leaf_bytes(const Envelope& envelope, const Digest& payload) {
    Bytes out;
    out.reserve(640);
    append_leaf_bytes(out, envelope, payload);
    return out;
}

Leaf decode_leaf(BytesView bytes) {
    WireReader in{bytes};
    Leaf leaf;
    Envelope& e = leaf.envelope;
    if (in.number() != form) in.fail("leaf form 1");
    e.position = in.number();
    assign(e.stream, in.text(stream_max));
    e.version = in.number();
    e.type.assign(in.text(type_max));
    e.schema = small_number<std::uint16_t>(in);
    e.recorded = Instant{in.signed_number()};
    read_effective(in, e.effective);
    e.late_reason.assign(in.text(late_reason_max));
    e.bundle = in.digest();
    assign(e.actor, in.text(name_max));
    assign(e.on_behalf_of, in.text(name_max));
    assign(e.command, in.text(name_max));
    e.origin = static_cast<Origin>(
        in.number_up_to(static_cast<std::uint64_t>(Origin::derived), "a known origin"));
    e.cause = in.number();
    e.correlation.assign(in.text(name_max));
    read_rests_on(in, e.rests_on);
    e.corrects = in.number();
    e.codec = small_number<std::uint8_t>(in);
    e.key.assign(in.text(name_max));
    e.state_hash = in.digest();
    e.fold_version = small_number<std::uint16_t>(in);
    e.previous_in_stream = in.number();
    e.previous_leaf = in.digest();
    leaf.payload = in.digest();
    in.finish();
    return leaf;
}

Digest hash_of_leaf_bytes(BytesView bytes) {
    constexpr std::uint8_t prefix = 0;
    return hasher().add(BytesView{&prefix, 1}).add(bytes).finish();
}

Digest leaf_hash(const Envelope& envelope, BytesView payload) {
    refuse_faults(envelope);
    return leaf_hash_of_decoded(envelope, payload);
}

Digest leaf_hash_of_decoded(const Envelope& envelope, BytesView payload) {
    thread_local Bytes room(1024);  // never made smaller: filling it anew would cost as much again
    const Digest payload_hash = sha256(payload);
    const std::size_t size = 1 + leaf_size(envelope, payload_hash);
    if (room.size() < size) room.resize(2 * size);
    room[0] = 0;  // the prefix of a leaf, so that it is hashed in one piece
    WireFiller to{room.data() + 1};
    write_leaf(to, envelope, payload_hash);
    return hasher().add(BytesView{room.data(), size}).finish();
}

Digest node_hash(const Digest& left, const Digest& right) {
    std::uint8_t bytes[65];
    bytes[0] = 1;
    std::memcpy(bytes + 1, left.bytes.data(), 32);
    std::memcpy(bytes + 33, right.bytes.data(), 32);
    return hasher().add(BytesView{bytes}).finish();
}

}  // namespace dutylog::log
