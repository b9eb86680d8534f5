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
