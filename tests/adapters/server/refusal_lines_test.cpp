#include "adapters/server/refusal_lines.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace dutylog;
using namespace dutylog::server;

namespace {

class Hands final : public runtime::Runtime {
public:
    Instant wall() override { return {}; }
    Elapsed monotonic() override { return now; }
    std::uint64_t random(std::string_view) override { return 0; }
    Elapsed now;
};

const http::Refusal bad_host{400, "bad_host", "One Host field was expected."};
const http::Refusal slow{408, "slow", "The request took too long to come."};

}  // namespace

TEST_CASE("what the gate refuses leaves one line at once and then one a minute",
          "[refusal_lines]") {
    std::vector<std::string> told;
    Hands hands;
    RefusalLines lines{[&](std::string_view line) { told.emplace_back(line); }, hands};
    lines.note(bad_host);
    CHECK(told == std::vector<std::string>{"gate_refused requests=1 reasons=bad_host"});
    for (int i = 0; i < 50; ++i) lines.note(i % 2 == 0 ? bad_host : slow);
    lines.tell_due();
    CHECK(told.size() == 1);
    hands.now = seconds(60);
    lines.tell_due();
    lines.tell_due();
    REQUIRE(told.size() == 2);
    CHECK(told[1] == "gate_refused requests=50 reasons=bad_host,slow");
    lines.note(slow);
    lines.tell_due(true);
    CHECK(told.back() == "gate_refused requests=1 reasons=slow");
}
