#include "engine/log/envelope_codec.hpp"

#include <limits>
#include <string_view>

#include "engine/log/compact_wire.hpp"
#include "engine/log/id_text.hpp"

namespace dutylog::log {

namespace {

using namespace envelope_limits;

constexpr std::uint8_t form = 1;

/// Which of the fields that are mostly empty are there. A field that is there is not empty.
enum Present : std::uint32_t {
    has_late_reason = 1U << 0,
    has_bundle = 1U << 1,
    has_on_behalf_of = 1U << 2,
    is_derived = 1U << 3,
    has_cause = 1U << 4,
    has_correlation = 1U << 5,
    has_rests_on = 1U << 6,
    has_corrects = 1U << 7,
    has_key = 1U << 8,
    has_state_hash = 1U << 9,
    has_previous = 1U << 10,
    has_until = 1U << 11,  ///< `effective.until` differs from `effective.at`
    present_end = 1U << 12,
};

const Digest no_digest{};

/// Differences wrap around, so that any two instants have one.
std::uint64_t difference(Instant later, Instant earlier) {
    return zigzag(static_cast<std::int64_t>(static_cast<std::uint64_t>(later.micros) -
                                            static_cast<std::uint64_t>(earlier.micros)));
}
Instant later_by(Instant earlier, std::uint64_t difference) {
    return {static_cast<std::int64_t>(static_cast<std::uint64_t>(earlier.micros) +
                                      static_cast<std::uint64_t>(unzigzag(difference)))};
}

std::uint32_t present_in(const Envelope& e) {
    std::uint32_t present = 0;
    const auto mark = [&](bool there, Present bit) { present |= there ? bit : 0U; };
    mark(!e.late_reason.empty(), has_late_reason);
    mark(e.bundle != no_digest, has_bundle);
    mark(!e.on_behalf_of.empty(), has_on_behalf_of);
    mark(e.origin == Origin::derived, is_derived);
    mark(e.cause != 0, has_cause);
    mark(!e.correlation.empty(), has_correlation);
    mark(!e.rests_on.empty(), has_rests_on);
    mark(e.corrects != 0, has_corrects);
    mark(!e.key.empty(), has_key);
    mark(e.state_hash != no_digest, has_state_hash);
    mark(e.previous_in_stream != 0 || e.previous_leaf != no_digest, has_previous);
    mark(e.effective.until != e.effective.at, has_until);
    return present;
}

void write_effective(CompactWriter& out, const Effective& effective, Instant recorded,
                     bool until_too) {
    out.byte(static_cast<std::uint8_t>(effective.precision));
    out.number(difference(effective.at, recorded));
    out.number(zigzag(effective.date.days));
    if (until_too) out.number(difference(effective.until, effective.at));
    out.text(effective.zone);
}

void read_effective(CompactReader& in, Effective& into, Instant recorded, bool until_too) {
    const std::uint8_t precision = in.byte();
    if (precision > static_cast<std::uint8_t>(Precision::unknown)) in.fail("a known precision");
    into.precision = static_cast<Precision>(precision);
    into.at = later_by(recorded, in.number());
    const std::int64_t days = unzigzag(in.number());
    if (days < std::numeric_limits<std::int32_t>::min() ||
        days > std::numeric_limits<std::int32_t>::max())
        in.fail("a civil date");
    into.date = CivilDate{static_cast<std::int32_t>(days)};
    into.until = until_too ? later_by(into.at, in.number_not_zero()) : into.at;
    into.zone.assign(in.text(zone_max));
}

/// Positions ascend, so each is kept as its distance from the one before.
void write_rests_on(CompactWriter& out, const std::vector<RestsOn>& list) {
    out.number(list.size());
    Position last = 0;
    for (const RestsOn& read : list) {
        out.number(read.position - last);
        out.digest(read.content);
        last = read.position;
    }
}

void read_rests_on(CompactReader& in, std::vector<RestsOn>& into) {
    const std::uint64_t count = in.number_not_zero();
    if (count > rests_on_max || count > in.remaining() / 33) in.fail("a count within the limit");
    into.resize(static_cast<std::size_t>(count));
    Position last = 0;
    for (RestsOn& read : into) {
        const std::uint64_t distance = in.number_not_zero();
        if (distance > std::numeric_limits<Position>::max() - last) in.fail("a position");
        last = read.position = last + distance;
        in.digest(read.content);
    }
}

}  // namespace

void encode_envelope(const Envelope& e, Bytes& out) {
    if (const std::string fault = envelope_fault(e); !fault.empty())
        throw EncodeError{"envelope: " + fault};
    const std::uint32_t present = present_in(e);
    out.clear();
    CompactWriter to{out};
    to.byte(form);
    to.number(present);
    to.number(e.position);
    to.text(e.stream.str());
    to.number(e.version);
    to.text(e.type);
    to.number(e.schema);
    to.number(zigzag(e.recorded.micros));
    write_effective(to, e.effective, e.recorded, (present & has_until) != 0);
    if (present & has_late_reason) to.text(e.late_reason);
    if (present & has_bundle) to.digest(e.bundle);
    to.text(e.actor.str());
    if (present & has_on_behalf_of) to.text(e.on_behalf_of.str());
    to.text(e.command.str());
    if (present & has_cause) to.number(e.cause);
    if (present & has_correlation) to.text(e.correlation);
    if (present & has_rests_on) write_rests_on(to, e.rests_on);
    if (present & has_corrects) to.number(e.corrects);
    to.byte(e.codec);
    if (present & has_key) to.text(e.key);
    if (present & has_state_hash) to.digest(e.state_hash);
    to.number(e.fold_version);
    if (present & has_previous) {
        to.number(e.previous_in_stream);
        to.digest(e.previous_leaf);
    }
}

Bytes encode_envelope(const Envelope& envelope) {
    Bytes out;
    out.reserve(320);
    encode_envelope(envelope, out);
    return out;
}

void decode_envelope(BytesView bytes, Envelope& into) {
    CompactReader in{bytes};
    if (in.byte() != form) in.fail("envelope form 1");
    const std::uint64_t present = in.number();
    if (present >= present_end) in.fail("known fields only");
    const auto text_if = [&](Present bit, std::size_t max) {
        return (present & bit) != 0 ? in.text_not_empty(max) : std::string_view{};
    };
    const auto digest_if = [&](Present bit, Digest& digest) {
        if (present & bit)
            in.digest_not_zero(digest);
        else
            digest = no_digest;
    };
    into.position = in.number();
    assign(into.stream, in.text(stream_max));
    into.version = in.number();
    into.type.assign(in.text(type_max));
    into.schema = in.number_as<std::uint16_t>();
    into.recorded = Instant{unzigzag(in.number())};
    read_effective(in, into.effective, into.recorded, (present & has_until) != 0);
    into.late_reason.assign(text_if(has_late_reason, late_reason_max));
    digest_if(has_bundle, into.bundle);
    assign(into.actor, in.text(name_max));
    assign(into.on_behalf_of, text_if(has_on_behalf_of, name_max));
    assign(into.command, in.text(name_max));
    into.origin = (present & is_derived) != 0 ? Origin::derived : Origin::outside;
    into.cause = (present & has_cause) != 0 ? in.number_not_zero() : 0;
    into.correlation.assign(text_if(has_correlation, name_max));
    into.rests_on.clear();
    if (present & has_rests_on) read_rests_on(in, into.rests_on);
    into.corrects = (present & has_corrects) != 0 ? in.number_not_zero() : 0;
    into.codec = in.byte();
    into.key.assign(text_if(has_key, name_max));
    digest_if(has_state_hash, into.state_hash);
    into.fold_version = in.number_as<std::uint16_t>();
    into.previous_in_stream = 0;
    into.previous_leaf = no_digest;
    if (present & has_previous) {
        into.previous_in_stream = in.number();
        in.digest(into.previous_leaf);
        if (into.previous_in_stream == 0 && into.previous_leaf == no_digest)
            in.fail("a previous event");
    }
    if (in.remaining() != 0) in.fail("the end of the envelope");
}

Envelope decode_envelope(BytesView bytes) {
    Envelope envelope;
    decode_envelope(bytes, envelope);
    return envelope;
}

}  // namespace dutylog::log
