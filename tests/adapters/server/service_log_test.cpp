#include "adapters/server/service_log.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <sstream>

#include "adapters/cli/fixed_clock.hpp"
#include "adapters/clock/system_runtime.hpp"

using namespace dutylog;
using namespace dutylog::server;

namespace {

/// A log at one moment, and what it has written.
struct Told {
    explicit Told(LogLineOptions options) : log{options, clock, out} {}
    std::string text() const { return out.str(); }

    clock::SystemRuntime system;
    cli::FixedClock clock{*parse_instant("2026-11-22T10:00:00.120004Z"), system};
    std::ostringstream out;
    ServiceLog log;
};

}  // namespace

TEST_CASE("a line has a time, a level, what happened and fields", "[service_log]") {
    Told plain{{}};
    plain.log.tell(LogLevel::info, "listening", {{"place", "http://127.0.0.1:1"}, {"n", "3"}});
    CHECK(plain.text() == "2026-11-22T10:00:00.120Z info listening place=http://127.0.0.1:1 n=3\n");

    Told json{{.json = true}};
    json.log.tell(LogLevel::error, "failed", {{"what", "a \"word\"\nmore"}});
    const auto object = boost::json::parse(json.text()).as_object();
    CHECK(object.at("time") == "2026-11-22T10:00:00.120Z");
    CHECK(object.at("level") == "error");
    CHECK(object.at("what") == "a \"word\"\nmore");

    Told journal{{.priorities = true}};
    journal.log.tell(LogLevel::warn, "refused");
    CHECK(journal.text() == "<4>2026-11-22T10:00:00.120Z warn refused\n");
}

TEST_CASE("nothing in a value can end the line or pass for another field", "[service_log]") {
    Told told{{}};
    told.log.tell(LogLevel::info, "x", {{"a", "1\n2026 error forged"}, {"b", ""}, {"c", "d e=f"}});
    CHECK(told.text() ==
          "2026-11-22T10:00:00.120Z info x a=\"1\\n2026 error forged\" b=\"\" c=\"d e=f\"\n");
}

TEST_CASE("lines below the level are left out; failures and refusals have theirs by their word",
          "[service_log]") {
    struct Row {
        std::string line;
        std::string told;
    };
    const Row rows[] = {{"failed request=r1 operation=o what=it broke: a=b",
                         "error failed request=r1 operation=o what=\"it broke: a=b\""},
                        {"refused operation=o token=t", "warn refused operation=o token=t"},
                        {"answered status=200", ""},
                        {"read status=200", ""},
                        {"plain words only", ""}};
    for (const Row& row : rows) {
        INFO(row.line);
        Told told{{.least = LogLevel::warn}};
        told.log.line(row.line);
        CHECK(told.text() ==
              (row.told.empty() ? "" : "2026-11-22T10:00:00.120Z " + row.told + "\n"));
    }
    Told info{{}};
    info.log.line("read status=200");
    CHECK(info.text().empty());
    info.log.line("plain words only");
    CHECK(info.text() == "2026-11-22T10:00:00.120Z info plain what=\"words only\"\n");
}
