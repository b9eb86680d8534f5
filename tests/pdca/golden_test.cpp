#include "tests/golden/golden.hpp"

#include <catch2/catch.hpp>

#include "engine/pdca/stored.hpp"
#include "tests/golden/filled.hpp"

using namespace dutylog;

namespace {

template <std::size_t I = 0>
void check_all() {
    if constexpr (I < std::variant_size_v<pdca::Event>) {
        golden::check_golden(golden::filled<std::variant_alternative_t<I, pdca::Event>>());
        check_all<I + 1>();
    }
}

}  // namespace

TEST_CASE("every event of the machine is stored and shown as on the day its shape was frozen",
          "[pdca][golden]") {
    check_all();
    golden::check_golden(golden::filled<pdca::DeliveryRecordedV1>());
    golden::check_golden(golden::filled<pdca::NoticePlannedV1>());
    golden::check_golden(golden::filled<pdca::NoticePlannedV2>());
}

TEST_CASE("a number that stands for no word of an enumeration is refused when it is read",
          "[pdca][codec]") {
    const auto stored =
        log::to_bytes(pdca::DeliveryRecorded{"n", "p", pdca::Delivery::skipped, "", ""});
    REQUIRE(log::from_bytes<pdca::DeliveryRecorded>(stored).outcome == pdca::Delivery::skipped);
    std::size_t refused = 0;
    for (std::size_t at = 0; at < stored.size(); ++at) {
        Bytes changed = stored;
        if (changed[at] != static_cast<std::uint8_t>(pdca::Delivery::skipped)) continue;
        changed[at] = static_cast<std::uint8_t>(pdca::Delivery::skipped) + 1;
        CHECK_THROWS_AS(log::from_bytes<pdca::DeliveryRecorded>(changed), log::DecodeError);
        ++refused;
    }
    CHECK(refused == 1);
}

TEST_CASE("what was delivered before content could be proved is read as having none",
          "[pdca][codec]") {
    const pdca::DeliveryRecordedV1 old{"n", "p", pdca::Delivery::delivered, "mail", "taken"};
    const auto read = std::get<pdca::DeliveryRecorded>(
        pdca::EventCodec::decode(pdca::DeliveryRecordedV1::type, 1, log::to_bytes(old)));
    CHECK(read.outcome == pdca::Delivery::delivered);
    CHECK(read.channel == "mail");
    CHECK(read.message.empty());
    CHECK(read.content == Digest{});
}

TEST_CASE("a notice from before people asked each other, or were answered, is read as it was meant",
          "[pdca][codec]") {
    const pdca::NoticePlannedV1 first{
        "n", pdca::NoticeKindV1::vacancy, 1, "s", 2, Instant{3}, {{"p", "r"}}, "d"};
    const pdca::NoticePlannedV2 second{
        "n", pdca::NoticeKindV2::vacancy, 1, "s", 2, Instant{3}, {{"p", "r"}}, "d", ActorId{"a"}};
    const auto read = [](const auto& old) {
        return std::get<pdca::NoticePlanned>(
            pdca::EventCodec::decode(old.type, old.schema, log::to_bytes(old)));
    };
    for (const pdca::NoticePlanned& notice : {read(first), read(second)}) {
        CHECK(notice.kind == pdca::NoticeKind::vacancy);
        CHECK(notice.to.front().person == "p");
        CHECK(notice.subject_line == "d");
        CHECK(notice.reason.empty());
    }
    CHECK(read(first).by.empty());
    CHECK(read(second).by == ActorId{"a"});
}
