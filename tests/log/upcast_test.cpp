#include "engine/log/upcast.hpp"

#include <catch2/catch.hpp>

#include "engine/log/value_codec.hpp"
#include "tests/golden/golden.hpp"
#include "tests/log/sample.hpp"

using namespace dutylog;
using namespace dutylog::log;

namespace {

enum class Grade : std::uint8_t { good, bad };
constexpr Grade last_of(Grade) { return Grade::bad; }
constexpr std::string_view to_string(Grade grade) { return grade == Grade::good ? "good" : "bad"; }

/// Three versions of one event, and one event without a past.
struct Checked;
struct CheckedV2;
struct CheckedV1 {
    static constexpr std::string_view type = "sample.checked";
    static constexpr std::uint16_t schema = 1;
    using next = CheckedV2;
    std::string by;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(cereal::make_nvp("by", by));
    }
};
struct CheckedV2 {
    static constexpr std::string_view type = "sample.checked";
    static constexpr std::uint16_t schema = 2;
    using next = Checked;
    ActorId by;
    bool passed = false;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(cereal::make_nvp("by", by), cereal::make_nvp("passed", passed));
    }
};
struct Checked {
    static constexpr std::string_view type = "sample.checked";
    static constexpr std::uint16_t schema = 3;
    ActorId by;
    Grade grade = Grade::good;
    std::optional<std::string> finding;
    Value form;
    friend bool operator==(const Checked&, const Checked&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(cereal::make_nvp("by", by), cereal::make_nvp("grade", grade),
                cereal::make_nvp("finding", finding), cereal::make_nvp("form", form));
    }
};
struct Closed {
    static constexpr std::string_view type = "sample.closed";
    static constexpr std::uint16_t schema = 1;
    Instant at;
    friend bool operator==(const Closed&, const Closed&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(cereal::make_nvp("at", at));
    }
};

CheckedV2 upcast(CheckedV1 old) { return {ActorId{old.by}, true}; }
Checked upcast(CheckedV2 old) { return {old.by, old.passed ? Grade::good : Grade::bad, {}, {}}; }

using Event = std::variant<Checked, Closed>;
using Samples = Codec<Event, CheckedV1, CheckedV2>;
static_assert(std::same_as<Samples::Event, Event>);
static_assert(std::same_as<Codec<CheckedV1, Checked, CheckedV2, Closed>::Event, Event>);

const Checked checked{ActorId{"person/mei"}, Grade::bad, "low flow", sample::value()};

}  // namespace

TEST_CASE("an event comes back from its bytes under its type and schema", "[log][upcast]") {
    for (const Event& event : {Event{checked}, Event{Closed{Instant{7}}}}) {
        const Event read = Samples::decode(Samples::type_of(event), Samples::schema_of(event),
                                           Samples::encode(event));
        CHECK(read == event);
    }
}

TEST_CASE("an old event is read as the current one, step by step", "[log][upcast]") {
    CHECK(Samples::decode("sample.checked", 1, to_bytes(CheckedV1{"mei"})) ==
          Event{Checked{ActorId{"mei"}, Grade::good, {}, {}}});
    CHECK(Samples::decode("sample.checked", 2, to_bytes(CheckedV2{ActorId{"mei"}, false})) ==
          Event{Checked{ActorId{"mei"}, Grade::bad, {}, {}}});
}

TEST_CASE("an unknown type or schema is named", "[log][upcast]") {
    CHECK_THROWS_WITH(Samples::decode("sample.opened", 1, {}),
                      "expected a known event type, found sample.opened");
    CHECK_THROWS_WITH(Samples::decode("", 0, {}), "expected a known event type, found ");
    CHECK_THROWS_WITH(Samples::decode("sample.checked", 4, {}),
                      "expected schema 3, 1, 2 of sample.checked, found 4");
    CHECK_THROWS_AS(Samples::decode("sample.closed", 2, {}), UnknownEvent);
    CHECK(Samples::knows("sample.checked", 2));
    CHECK_FALSE(Samples::knows("sample.checked", 0));
}

TEST_CASE("bytes of another shape are refused by name", "[log][upcast]") {
    CHECK_THROWS_WITH(
        Samples::decode("sample.closed", 1, to_bytes(CheckedV1{"a long enough name"})),
        "sample.closed schema 1: expected the end of the archive at byte 9");
    CHECK_THROWS_AS(Samples::decode("sample.closed", 1, {}), DecodeError);
}

TEST_CASE("the field list that makes the bytes makes the JSON", "[log][json]") {
    CHECK(boost::json::serialize(Samples::to_json(Closed{Instant{0}})) ==
          R"({"at":"1970-01-01T00:00:00Z"})");
    const auto shown = Samples::to_json(checked);
    CHECK(shown.at("grade") == "bad");
    CHECK(shown.at("finding") == "low flow");
    CHECK(Samples::to_json(Checked{}).at("finding").is_null());
}

TEST_CASE("kinds that JSON has not are marked, and names cannot pass for them", "[log][json]") {
    const Value value =
        Record::of({{"$date", "x"}, {"$$date", "y"}, {"day", CivilDate{2025, 12, 5}}});
    CHECK(boost::json::serialize(to_json(value)) ==
          R"({"$$$date":"y","$$date":"x","day":{"$date":"2025-12-05"}})");
}

TEST_CASE("stored shapes match their golden files", "[log][golden]") {
    golden::check_golden(CheckedV1{"mei"});
    golden::check_golden(CheckedV2{ActorId{"mei"}, true});
    golden::check_golden(checked);
    golden::check_golden(Closed{Instant{1'764'896'400'000'001}});
}
