#include "engine/log/archive.hpp"

#include <catch2/catch.hpp>
#include <cereal/archives/portable_binary.hpp>
#include <sstream>

#include "engine/core/effective.hpp"
#include "engine/core/text.hpp"
#include "engine/log/value_codec.hpp"
#include "tests/log/sample.hpp"

using namespace dutylog;
using namespace dutylog::log;

namespace {

enum class Grade : std::uint8_t { good, bad };
enum class Phase : std::uint8_t { planned, doing };
constexpr Phase last_of(Phase) { return Phase::doing; }

struct Everything {
    bool truth = true;
    std::int8_t tiny = -3;
    std::uint16_t small = 65'000;
    std::int32_t whole = -123'456;
    std::uint64_t large = 0xfedcba9876543210;
    Grade grade = Grade::bad;
    std::string text = "苯";
    Bytes bytes = {0, 255, 7};
    std::vector<std::int64_t> numbers = {1, -2, 3};
    std::vector<std::string> words = {"a", "", "ccc"};
    std::optional<Instant> at = Instant{5};
    std::optional<Instant> never;
    std::variant<std::monostate, std::int32_t, std::string> either = std::string{"x"};
    std::map<std::string, std::int32_t> map = {{"a", 1}, {"b", 2}};
    std::set<std::int32_t> set = {-1, 5};
    std::pair<std::string, bool> pair = {"p", false};
    Digest digest = sha256("d");
    std::array<std::int32_t, 2> array = {7, 8};
    Effective effective = sample::envelope().effective;
    Decimal decimal = *parse_decimal("-1.5");
    Text label = {"苯", "benzene"};
    StreamId stream{"duty/1"};
    Value value = sample::value();

    template <class Archive>
    void serialize(Archive& archive) {
        archive(cereal::make_nvp("truth", truth), tiny, small, whole, large, grade, text, bytes,
                numbers, words, at, never, either, map, set, pair, digest, array, effective,
                decimal, label, stream, value);
    }
    friend bool operator==(const Everything&, const Everything&) = default;
};

template <class T>
std::string stock_bytes(const T& value) {
    std::ostringstream out;
    {
        cereal::PortableBinaryOutputArchive archive{out};
        archive(value);
    }
    return out.str();
}

/// An archive of these bytes, behind the byte that says little-endian.
Bytes bytes_from(std::initializer_list<int> rest) {
    Bytes bytes{1};
    for (const int byte : rest) bytes.push_back(static_cast<std::uint8_t>(byte));
    return bytes;
}

template <class T>
void refuses(const Bytes& bytes, std::size_t offset, const std::string& said,
             ArchiveLimits limits = {}) {
    try {
        from_bytes<T>(bytes, limits);
        FAIL("accepted; expected: " << said);
    } catch (const DecodeError& error) {
        CHECK(error.what() == "expected " + said + " at byte " + std::to_string(offset));
        CHECK(error.offset() == offset);
    }
}

}  // namespace

TEST_CASE("the writer's bytes are those of cereal's portable archive", "[log][archive]") {
    const Everything value;
    const Bytes ours = to_bytes(value);
    CHECK(std::string(ours.begin(), ours.end()) == stock_bytes(value));
}

TEST_CASE("cereal's portable archive reads what the writer wrote", "[log][archive]") {
    const Bytes ours = to_bytes(Everything{});
    std::istringstream in{std::string(ours.begin(), ours.end())};
    cereal::PortableBinaryInputArchive archive{in};
    Everything read;
    read.truth = false;
    read.text = "other";
    read.map.clear();
    read.value = Value{};
    archive(read);
    CHECK(read == Everything{});
}

TEST_CASE("the reader reads what cereal's portable archive wrote", "[log][archive]") {
    const std::string stock = stock_bytes(Everything{});
    Everything read;
    read.truth = false;
    read.at.reset();
    read.never = Instant{3};
    read.either = std::monostate{};
    read.value = Value{};
    from_bytes(bytes_of(stock), read);
    CHECK(read == Everything{});
}

TEST_CASE("the archive of a value is frozen", "[log][archive]") {
    const Value value = Record::of(
        {{"day", CivilDate{2025, 12, 5}}, {"level", Quantity{*parse_decimal("1.2"), "mg/m3"}}});
    CHECK(to_hex(to_bytes(value)) ==
          "010b0200000000000000030000000000000064617906cb4f0000"
          "05000000000000006c6576656c040c000000000000000105000000000000006d672f6d33");
    std::string canonical;
    append_canonical(canonical, value);
    CHECK(to_hex(bytes_of(canonical)) ==
          "0b00000000000000020000000000000003646179060000000000004fcb"
          "00000000000000056c6576656c04000000000000000c0100000000000000056d672f6d33");
}

TEST_CASE("every shorter or longer archive is refused", "[log][archive]") {
    Bytes bytes = to_bytes(Everything{});
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CAPTURE(size);
        CHECK_THROWS_AS(from_bytes<Everything>(BytesView{bytes}.first(size)), DecodeError);
    }
    bytes.push_back(0);
    CHECK_THROWS_AS(from_bytes<Everything>(bytes), DecodeError);
}

TEST_CASE("an archive that cannot be is refused with the place", "[log][archive]") {
    refuses<bool>({}, 0, "more bytes than there are");
    refuses<bool>({0, 1}, 0, "the byte 1 (little-endian)");
    refuses<bool>(bytes_from({2}), 1, "a truth value, 0 or 1");
    refuses<bool>(bytes_from({1, 1}), 2, "the end of the archive");
    refuses<std::string>(bytes_from({9, 0, 0, 0, 0, 0, 0, 0, 'a'}), 1,
                         "a text that fits the bytes left");
    refuses<std::string>(bytes_from({1, 0, 0, 0, 0, 0, 0, 128, 'a'}), 1, "a text within the limit");
    refuses<std::string>(bytes_from({2, 0, 0, 0, 0, 0, 0, 0, 'a', 255}), 9, "a text in UTF-8");
    refuses<std::vector<std::int64_t>>(bytes_from({1, 0, 0, 0, 0, 0, 0, 0, 1}), 1,
                                       "a count that fits the bytes left");
    refuses<std::vector<std::string>>(bytes_from({255, 255, 255, 255, 0, 0, 0, 0}), 1,
                                      "a count within the limit");
    using Either = std::variant<bool, std::string>;
    refuses<Either>(bytes_from({2, 0, 0, 0}), 1, "the number of an alternative");
    refuses<Either>(bytes_from({255, 255, 255, 255}), 1, "the number of an alternative");
    refuses<std::optional<bool>>(bytes_from({2, 1}), 1, "a truth value, 0 or 1");
    refuses<Decimal>(bytes_from({10, 0, 0, 0, 0, 0, 0, 0, 1}), 9,
                     "a decimal without trailing zeros");
    refuses<Decimal>(bytes_from({1, 0, 0, 0, 0, 0, 0, 0, 10}), 9,
                     "a decimal without trailing zeros");
    refuses<Phase>(bytes_from({2}), 1, "a known enumerator");
    refuses<Period>(bytes_from({1, 0, 0, 0, 7}), 5, "a known enumerator");
    refuses<Effective>(bytes_from({4}), 1, "a known enumerator");
    refuses<Value>(bytes_from({13}), 2, "the tag of a value");
}

TEST_CASE("an enumeration without a named end is read as its number", "[log][archive]") {
    CHECK(from_bytes<Grade>(bytes_from({7})) == static_cast<Grade>(7));
}

TEST_CASE("maps and sets are read only in ascending order", "[log][archive]") {
    using Words = std::vector<std::uint8_t>;
    const auto set_of = [](std::uint8_t a, std::uint8_t b) {
        return bytes_from({2, 0, 0, 0, 0, 0, 0, 0, a, b});
    };
    CHECK(from_bytes<std::set<std::uint8_t>>(set_of(1, 2)) == std::set<std::uint8_t>{1, 2});
    CHECK_THROWS_AS(from_bytes<std::set<std::uint8_t>>(set_of(2, 1)), DecodeError);
    CHECK_THROWS_AS(from_bytes<std::set<std::uint8_t>>(set_of(2, 2)), DecodeError);
    using Map = std::map<std::uint8_t, bool>;
    CHECK(from_bytes<Map>(bytes_from({2, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 0})).size() == 2);
    CHECK_THROWS_AS(from_bytes<Map>(bytes_from({2, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 0})), DecodeError);
    CHECK(from_bytes<Words>(set_of(2, 1)) == Words{2, 1});
}

TEST_CASE("a record is read only with its names in order and once", "[log][archive]") {
    const auto record_of = [](char first, char second) {
        return bytes_from({11, 2, 0, 0, 0, 0, 0, 0, 0,          //
                           1,  0, 0, 0, 0, 0, 0, 0, first,  0,  //
                           1,  0, 0, 0, 0, 0, 0, 0, second, 0});
    };
    CHECK(from_bytes<Value>(record_of('a', 'b')) ==
          Value{Record::of({{"a", Value{}}, {"b", Value{}}})});
    CHECK_THROWS_AS(from_bytes<Value>(record_of('b', 'a')), DecodeError);
    CHECK_THROWS_AS(from_bytes<Value>(record_of('a', 'a')), DecodeError);
}

TEST_CASE("values nest to the limit and no deeper, both ways", "[log][archive]") {
    const auto nested = [](int depth) {
        Value value{1};
        for (int i = 1; i < depth; ++i) value = List{std::move(value)};
        return value;
    };
    CHECK(from_bytes<Value>(to_bytes(nested(64))) == nested(64));
    CHECK_THROWS_AS(to_bytes(nested(65)), EncodeError);
    const Bytes deeper = to_bytes(nested(65), {.depth_max = 100});
    CHECK_THROWS_AS(from_bytes<Value>(deeper), DecodeError);
}

TEST_CASE("elements are counted over the whole archive", "[log][archive]") {
    const Value three = List{Value{List{Value{1}}}, Value{2}};
    const ArchiveLimits limits{.elements_max = 3};
    CHECK(from_bytes<Value>(to_bytes(three, limits), limits) == three);
    CHECK_THROWS_AS(to_bytes(three, {.elements_max = 2}), EncodeError);
    CHECK_THROWS_AS(from_bytes<Value>(to_bytes(three), {.elements_max = 2}), DecodeError);
}

TEST_CASE("the writer refuses what the reader would refuse", "[log][archive]") {
    CHECK_THROWS_AS(to_bytes(std::string(11, 'a'), {.text_max = 10}), EncodeError);
    CHECK_THROWS_AS(to_bytes(std::string{"\xff"}), EncodeError);
    CHECK_THROWS_AS(to_bytes(std::vector<std::string>(11), {.count_max = 10}), EncodeError);
    CHECK_THROWS_AS(to_bytes(std::string(2000, 'a'), {.bytes_max = 1000}), EncodeError);
    refuses<std::string>(to_bytes(std::string(11, 'a')), 1, "a text within the limit",
                         {.text_max = 10});
    refuses<std::string>(to_bytes(std::string(11, 'a')), 0, "an archive within the limit of bytes",
                         {.bytes_max = 19});
}

TEST_CASE("a value of every kind comes back, and its changed bytes never crash", "[log][archive]") {
    const Bytes bytes = to_bytes(sample::value());
    CHECK(from_bytes<Value>(bytes) == sample::value());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        for (const int change : {1, 128, 255}) {
            Bytes changed = bytes;
            changed[i] = static_cast<std::uint8_t>(changed[i] ^ change);
            try {
                // What is accepted is written again as it was read: one value has one form.
                const Bytes again = to_bytes(from_bytes<Value>(changed));
                CHECK(again == changed);
            } catch (const DecodeError&) {
            }
        }
    }
}
