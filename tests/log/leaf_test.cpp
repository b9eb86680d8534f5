#include "engine/log/leaf.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "engine/log/envelope_codec.hpp"
#include "tests/log/sample.hpp"

using namespace dutylog;
using namespace dutylog::log;

namespace {

struct Change {
    const char* field;
    std::function<void(Envelope&)> apply;
};

/// One change of every field.
const std::vector<Change> changes = {
    {"position", [](Envelope& e) { ++e.position; }},
    {"stream", [](Envelope& e) { e.stream = StreamId{"duty/in-post-examination/worker/zhan"}; }},
    {"version", [](Envelope& e) { ++e.version; }},
    {"type", [](Envelope& e) { e.type = "duty.examination_don"; }},
    {"schema", [](Envelope& e) { ++e.schema; }},
    {"recorded", [](Envelope& e) { ++e.recorded.micros; }},
    {"effective.precision", [](Envelope& e) { e.effective.precision = Precision::date; }},
    {"effective.at", [](Envelope& e) { ++e.effective.at.micros; }},
    {"effective.date", [](Envelope& e) { ++e.effective.date.days; }},
    {"effective.until", [](Envelope& e) { ++e.effective.until.micros; }},
    {"effective.zone", [](Envelope& e) { e.effective.zone = "Asia/Singapore"; }},
    {"late_reason", [](Envelope& e) { e.late_reason.clear(); }},
    {"bundle", [](Envelope& e) { e.bundle = Digest{}; }},
    {"actor", [](Envelope& e) { e.actor = ActorId{"engine"}; }},
    {"on_behalf_of", [](Envelope& e) { e.on_behalf_of = ActorId{}; }},
    {"command", [](Envelope& e) { e.command = CommandId{"c-2"}; }},
    {"origin", [](Envelope& e) { e.origin = Origin::outside; }},
    {"cause", [](Envelope& e) { e.cause = 0; }},
    {"correlation", [](Envelope& e) { e.correlation = "case-8"; }},
    {"rests_on position", [](Envelope& e) { --e.rests_on[1].position; }},
    {"rests_on content", [](Envelope& e) { e.rests_on[1].content.bytes[0] ^= 1; }},
    {"rests_on count", [](Envelope& e) { e.rests_on.pop_back(); }},
    {"corrects", [](Envelope& e) { e.corrects = 0; }},
    {"codec", [](Envelope& e) { e.codec = 2; }},
    {"key", [](Envelope& e) { e.key = "person/li"; }},
    {"state_hash", [](Envelope& e) { e.state_hash = Digest{}; }},
    {"fold_version", [](Envelope& e) { ++e.fold_version; }},
    {"previous_in_stream", [](Envelope& e) { --e.previous_in_stream; }},
    {"previous_leaf", [](Envelope& e) { e.previous_leaf.bytes[31] ^= 1; }},
};

Envelope longest() {
    Envelope e = sample::envelope();
    e.stream = StreamId{std::string(256, 's')};
    e.type = std::string(128, 't');
    e.late_reason = std::string(4096, 'l');
    e.position = e.version = e.cause = e.corrects = ~0ULL;
    e.recorded.micros = std::numeric_limits<std::int64_t>::min();
    e.effective.at.micros = std::numeric_limits<std::int64_t>::max();
    e.effective.until.micros = std::numeric_limits<std::int64_t>::min();
    e.effective.date = CivilDate{std::numeric_limits<std::int32_t>::min()};
    e.schema = e.fold_version = 65'535;
    e.rests_on.back().position = ~0ULL;
    return e;
}

const std::vector<Envelope> shapes = {sample::envelope(), sample::plain_envelope(), Envelope{},
                                      longest()};

}  // namespace

TEST_CASE("leaf bytes are read back as the envelope they came from", "[log][leaf]") {
    const Digest payload = sha256("payload");
    for (const Envelope& envelope : shapes) {
        const Leaf read = decode_leaf(leaf_bytes(envelope, payload));
        CHECK(sample::same(read.envelope, envelope));
        CHECK(read.payload == payload);
    }
}

TEST_CASE("a change of any field or of the payload changes the leaf", "[log][leaf]") {
    const Bytes payload{1, 2, 3};
    const Digest leaf = leaf_hash(sample::envelope(), payload);
    CHECK(leaf_hash(sample::envelope(), payload) == leaf);
    CHECK(leaf_hash(sample::envelope(), Bytes{1, 2, 4}) != leaf);
    for (const Change& change : changes) {
        CAPTURE(change.field);
        Envelope changed = sample::envelope();
        change.apply(changed);
        CHECK(leaf_hash(changed, payload) != leaf);
        CHECK_FALSE(sample::same(changed, sample::envelope()));
        CHECK(sample::same(decode_envelope(encode_envelope(changed)), changed));
    }
}

TEST_CASE("a leaf hash is the RFC 6962 hash of the leaf bytes", "[log][leaf]") {
    const Bytes payload{1, 2, 3};
    Bytes bytes = leaf_bytes(sample::envelope(), sha256(payload));
    const Digest leaf = hash_of_leaf_bytes(bytes);
    CHECK(leaf_hash(sample::envelope(), payload) == leaf);
    bytes.insert(bytes.begin(), 0);
    CHECK(sha256(bytes) == leaf);
    // RFC 6962 test values of the certificate transparency project: the empty leaf, and two nodes.
    CHECK(to_hex(hash_of_leaf_bytes({})) ==
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    CHECK(to_hex(node_hash(sha256("l"), sha256("r"))) ==
          to_hex(Sha256{}
                     .add(std::string_view{"\1", 1})
                     .add(BytesView{sha256("l").bytes})
                     .add(BytesView{sha256("r").bytes})
                     .finish()));
}

TEST_CASE("leaf and stored forms are frozen", "[log][leaf][envelope]") {
    const Bytes payload{1, 2, 3};
    CHECK(to_hex(leaf_hash(sample::envelope(), payload)) ==
          "3d12bea77be8a2742f040d3e0eab8d1f8c88c09e6dbb10a984a9c5ca84a0c117");
    CHECK(to_hex(leaf_hash(sample::plain_envelope(), payload)) ==
          "8f5dc52b73af5592e4cb0e1dde09f81cf6b0a8568654b1d7bf3a530742101238");
    CHECK(to_hex(sha256(encode_envelope(sample::envelope()))) ==
          "1ba990c547f8adae6e0c2d8fdb9491fb8d6a69db1853fc481ddf1a0992b87d9e");
    CHECK(to_hex(encode_envelope(sample::plain_envelope())) ==
          "0102010b61737365742f45462d3037011472656769737472792e61737365745f6164646564018090e6efbeca"
          "a206000096bf020d417369612f5368616e67686169dfa508c296aabc444f15bd84157d736a2e69fe20043cf0"
          "6f85fd7da6fc12f3db0a706572736f6e2f6d656903632d310101");
}

TEST_CASE("leaf bytes cut short, drawn out or out of range are refused", "[log][leaf]") {
    Bytes bytes = leaf_bytes(sample::envelope(), sha256("payload"));
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_THROWS_AS(decode_leaf(BytesView{bytes}.first(size)), DecodeError);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        Bytes changed = bytes;
        changed[i] ^= 0x80;
        try {
            const Leaf read = decode_leaf(changed);
            CHECK(leaf_bytes(read.envelope, read.payload) == changed);
        } catch (const DecodeError&) {
        }
    }
    bytes.push_back(0);
    CHECK_THROWS_AS(decode_leaf(bytes), DecodeError);
}

TEST_CASE("an envelope comes back from its stored form", "[log][envelope]") {
    Envelope reused = longest();
    Bytes bytes;
    for (const Envelope& envelope : shapes) {
        encode_envelope(envelope, bytes);
        decode_envelope(bytes, reused);
        CHECK(sample::same(reused, envelope));
    }
    CHECK(encode_envelope(sample::plain_envelope()).size() < 140);
}

TEST_CASE("an envelope has one stored form: other bytes are refused", "[log][envelope]") {
    for (const Envelope& envelope : shapes) {
        Bytes bytes = encode_envelope(envelope);
        for (std::size_t size = 0; size < bytes.size(); ++size)
            CHECK_THROWS_AS(decode_envelope(BytesView{bytes}.first(size)), DecodeError);
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            for (const int change : {1, 2, 0x40, 0x80}) {
                Bytes changed = bytes;
                changed[i] = static_cast<std::uint8_t>(changed[i] ^ change);
                try {
                    const Bytes again = encode_envelope(decode_envelope(changed));
                    CHECK(again == changed);
                } catch (const DecodeError&) {
                }
            }
        }
        bytes.push_back(0);
        CHECK_THROWS_AS(decode_envelope(bytes), DecodeError);
    }
}

TEST_CASE("an envelope that passes a limit is not written", "[log][envelope]") {
    const std::vector<Change> faults = {
        {"stream holds 257, at most 256 may be",
         [](Envelope& e) { e.stream = StreamId{std::string(257, 's')}; }},
        {"type holds 129, at most 128 may be", [](Envelope& e) { e.type = std::string(129, 't'); }},
        {"late_reason holds 4097, at most 4096 may be",
         [](Envelope& e) { e.late_reason = std::string(4097, 'l'); }},
        {"actor is not UTF-8", [](Envelope& e) { e.actor = ActorId{"\xff"}; }},
        {"rests_on is not sorted and unique",
         [](Envelope& e) { e.rests_on[1].position = e.rests_on[0].position; }},
        {"rests_on is not sorted and unique", [](Envelope& e) { e.rests_on[0].position = 0; }},
    };
    for (const Change& fault : faults) {
        Envelope envelope = sample::envelope();
        fault.apply(envelope);
        CHECK_THROWS_WITH(encode_envelope(envelope), std::string{"envelope: "} + fault.field);
        CHECK_THROWS_WITH(leaf_bytes(envelope, {}), std::string{"leaf: "} + fault.field);
    }
}
