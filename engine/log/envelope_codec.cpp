#include "engine/log/envelope_codec.hpp"

#include <cstring>
#include <limits>
#include <string_view>

#include "engine/log/id_text.hpp"
#include "engine/log/utf8.hpp"

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

std::uint64_t zigzag(std::int64_t number) {
    return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
}
std::int64_t unzigzag(std::uint64_t number) {
    return static_cast<std::int64_t>(number >> 1) ^ -static_cast<std::int64_t>(number & 1);
}
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

class CompactWriter {
public:
    explicit CompactWriter(Bytes& out) : out_{out} {}

    void byte(std::uint8_t value) { out_.push_back(value); }
    void number(std::uint64_t value) {
        std::uint8_t buffer[10];
        std::size_t size = 0;
        for (; value >= 0x80; value >>= 7) buffer[size++] = static_cast<std::uint8_t>(value | 0x80);
        buffer[size++] = static_cast<std::uint8_t>(value);
        raw(buffer, size);
    }
    void text(std::string_view text) {
        number(text.size());
        raw(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    }
    void digest(const Digest& digest) { raw(digest.bytes.data(), digest.bytes.size()); }

private:
    void raw(const std::uint8_t* data, std::size_t size) {
        out_.insert(out_.end(), data, data + size);
    }
    Bytes& out_;
};

class CompactReader {
public:
    explicit CompactReader(BytesView bytes)
        : first_{bytes.data()}, at_{bytes.data()}, end_{bytes.data() + bytes.size()} {}

    std::uint8_t byte() {
        if (at_ == end_) fail("more bytes than there are");
        return *at_++;
    }
    std::uint64_t number() {
        std::uint64_t value = byte();
        if (value < 0x80) return value;
        value &= 0x7f;
        for (unsigned shift = 7; shift < 64; shift += 7) {
            const std::uint64_t part = byte();
            if (shift == 63 && part > 1) fail("a number of 64 bits");
            value |= (part & 0x7f) << shift;
            if (part < 0x80) {
                if (part == 0) fail("a number in its shortest form");
                return value;
            }
        }
        fail("a number of 64 bits");
    }
    template <class T>
    T number_as() {
        const std::uint64_t value = number();
        if (value > std::numeric_limits<T>::max()) fail("a smaller number");
        return static_cast<T>(value);
    }
    std::uint64_t number_not_zero() {
        const std::uint64_t value = number();
        if (value == 0) fail("a number other than 0");
        return value;
    }
    std::string_view text(std::size_t size_max) {
        const std::uint64_t size = number();
        if (size > size_max) fail("a text within the limit");
        const std::uint8_t* data = raw(static_cast<std::size_t>(size));
        const std::string_view text{reinterpret_cast<const char*>(data),
                                    static_cast<std::size_t>(size)};
        if (!is_utf8(text)) fail("a text in UTF-8");
        return text;
    }
    std::string_view text_not_empty(std::size_t size_max) {
        const std::string_view read = text(size_max);
        if (read.empty()) fail("a text that is not empty");
        return read;
    }
    void digest(Digest& into) {
        std::memcpy(into.bytes.data(), raw(into.bytes.size()), into.bytes.size());
    }
    void digest_not_zero(Digest& into) {
        digest(into);
        if (into == no_digest) fail("a digest other than zero");
    }
    std::size_t remaining() const { return static_cast<std::size_t>(end_ - at_); }
    [[noreturn]] void fail(const char* expected) const {
        throw DecodeError{std::string{"expected "} + expected,
                          static_cast<std::size_t>(at_ - first_)};
    }

private:
    const std::uint8_t* raw(std::size_t size) {
        if (size > remaining()) fail("more bytes than there are");
        const std::uint8_t* data = at_;
        at_ += size;
        return data;
    }
    const std::uint8_t* first_;
    const std::uint8_t* at_;
    const std::uint8_t* end_;
};

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

std::string too_large(const char* field, std::size_t size, std::size_t max) {
    return std::string{field} + " holds " + std::to_string(size) + ", at most " +
           std::to_string(max) + " may be";
}

}  // namespace

std::string envelope_fault(const Envelope& e) {
    const struct {
        const char* field;
        std::string_view text;
        std::size_t max;
    } texts[] = {{"stream", e.stream.str(), stream_max},
                 {"type", e.type, type_max},
                 {"effective.zone", e.effective.zone, zone_max},
                 {"late_reason", e.late_reason, late_reason_max},
                 {"actor", e.actor.str(), name_max},
                 {"on_behalf_of", e.on_behalf_of.str(), name_max},
                 {"command", e.command.str(), name_max},
                 {"correlation", e.correlation, name_max},
                 {"key", e.key, name_max}};
    for (const auto& [field, text, max] : texts) {
        if (text.size() > max) return too_large(field, text.size(), max);
        if (!is_utf8(text)) return std::string{field} + " is not UTF-8";
    }
    if (e.rests_on.size() > rests_on_max)
        return too_large("rests_on", e.rests_on.size(), rests_on_max);
    Position last = 0;
    for (const RestsOn& read : e.rests_on) {
        if (read.position <= last) return "rests_on is not sorted and unique";
        last = read.position;
    }
    return {};
}

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
