#include "engine/log/json_writer.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "engine/log/value_codec.hpp"
#include "tests/log/sample.hpp"

using namespace dutylog;
using namespace dutylog::log;

namespace {

struct Inner {
    std::uint64_t large = ~0ULL;
    std::int8_t small = -8;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(large, small);
    }
};

struct Outer {
    Inner inner;
    std::vector<Inner> list{1};
    std::map<std::string, bool> truths = {{"b", false}, {"a", true}};
    std::map<StreamId, std::int32_t> versions = {{StreamId{"duty/1"}, 2}};
    std::map<std::int32_t, std::string> numbered = {{3, "c"}};
    std::set<std::string> words = {"w"};
    std::variant<std::monostate, Decimal> either = *parse_decimal("1.5");
    Bytes bytes = {0, 1, 2};
    Digest digest;
    Text text = {"苯", "benzene"};
    Period every{12, PeriodUnit::months};

    template <class Archive>
    void serialize(Archive& archive) {
        archive(cereal::make_nvp("inner", inner), cereal::make_nvp("list", list),
                cereal::make_nvp("truths", truths), cereal::make_nvp("versions", versions),
                cereal::make_nvp("numbered", numbered), cereal::make_nvp("words", words),
                cereal::make_nvp("either", either), cereal::make_nvp("bytes", bytes),
                cereal::make_nvp("digest", digest), cereal::make_nvp("text", text),
                cereal::make_nvp("every", every));
    }
};

std::string shown(const auto& value) { return boost::json::serialize(json_of(value)); }

}  // namespace

TEST_CASE("nested structs and containers are shown in field order", "[log][json]") {
    const std::string inner = R"({"value0":18446744073709551615,"value1":-8})";
    CHECK(shown(Outer{}) ==
          R"({"inner":)" + inner + R"(,"list":[)" + inner +
              R"(],"truths":{"a":true,"b":false},"versions":{"duty/1":2},"numbered":[[3,"c"]],)"
              R"("words":["w"],"either":{"kind":1,"value":"1.5"},"bytes":"AAEC","digest":")" +
              std::string(64, '0') +
              R"(","text":{"zh_cn":"苯","en":"benzene"},"every":"12 months"})");
}

TEST_CASE("an effective time is shown with what is known of it", "[log][json]") {
    CHECK(shown(sample::plain_envelope().effective) ==
          R"({"precision":"instant","at":"2025-12-05T01:00:00Z","date":"2025-12-05",)"
          R"("zone":"Asia/Shanghai"})");
    CHECK(shown(Effective{}) == R"({"precision":"unknown","at":"1970-01-01T00:00:00Z"})");
}

TEST_CASE("a value of every kind is shown", "[log][json]") {
    CHECK(shown(sample::value()) ==
          R"({"amount":{"$quantity":{"amount":"1.25","unit":"mg/m3"}},)"
          R"("at":{"$instant":"2025-12-05T01:00:00.123456Z"},"count":-7,)"
          R"("day":{"$date":"2025-12-05"},"every":{"$period":"12 months"},)"
          R"("level":{"$decimal":"-0.5"},"list":["a",null,[1]],)"
          R"("name":{"$sealed":{"key":"person/zhang","nonce":"AQID","ciphertext":"BAUGBw=="}},)"
          R"("none":null,"ok":true,"text":"苯 benzene",)"
          R"("worker":{"$reference":{"kind":"worker","id":"zhang"}}})");
}
