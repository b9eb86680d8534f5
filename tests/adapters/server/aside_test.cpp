#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>

#include "tests/adapters/server/museum.hpp"

using namespace dutylog;
using namespace dutylog::test;

namespace {

const std::string fan = "/api/v1/duties/fan-maintenance/unit/EF-07";
const std::string fan_then = "GET " + fan + "?known_at=2025-03-11";

/// Holds up whoever opens the file of keys for reading, as every question in the past does, until
/// the gate opens: it is a pipe that nobody writes to.
class Gate {
public:
    explicit Gate(Museum& museum) : museum_{museum}, path_{museum.log + ".keys"} {
        std::filesystem::remove(path_);
        REQUIRE(::mkfifo(path_.c_str(), 0600) == 0);
    }
    ~Gate() {
        open();
        museum_.close();
        ::close(pipe_);
    }
    void open() {
        if (pipe_ < 0) pipe_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
    }

private:
    Museum& museum_;
    std::string path_;
    int pipe_ = -1;
};

/// A question whose answer is read later.
class Asked {
public:
    Asked(const Museum& museum, const std::string& line) : client_{museum.port} {
        client_.send(museum.request(line, museum.token, "", nullptr));
    }
    std::string answer() { return client_.read_answer(); }

private:
    RawClient client_;
};

/// A figure of long questions, as `/metrics` shows it.
std::string long_questions(const Museum& museum, const std::string& figure) {
    RawClient client{museum.port};
    client.send(museum.request("GET /metrics", museum.token, "", nullptr));
    const std::string text = client.read_answer();
    const std::string name = "dutylog_questions_" + figure + "{kind=\"long\"} ";
    const std::size_t at = text.find(name);
    REQUIRE(at != std::string::npos);
    return text.substr(at + name.size(), text.find('\n', at) - at - name.size());
}

void wait_until_one_is(const Museum& museum, const std::string& figure) {
    for (int i = 0; i < 500 && long_questions(museum, figure) != "1"; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    REQUIRE(long_questions(museum, figure) == "1");
}

}  // namespace

TEST_CASE("questions about the past do not hold up those about the present", "[server]") {
    Museum museum;
    museum.furnish();
    Gate gate{museum};
    Asked past{museum, fan_then};
    wait_until_one_is(museum, "under_way");
    Asked after_it{museum, fan_then};
    wait_until_one_is(museum, "waiting");

    const Answer now = museum.ask("GET " + fan);
    CHECK(now.status == 200);
    CHECK(museum.ask("GET /api/v1/timeline?known_at=2025-03-11").status == 200);
    CHECK(museum
              .order({{"command", "add_subject"},
                      {"by", "records"},
                      {"subject", "object/vase"},
                      {"in", "north"}},
                     "vase")
              .status == 200);
    CHECK(long_questions(museum, "waiting") == "1");  // nobody went through the gate

    gate.open();
    for (Asked* each : {&past, &after_it}) {
        const std::string answer = each->answer();
        CHECK(status_of(answer) == 200);
        CHECK(json::parse(body_of(answer)).at("state") == now.body.at("state"));
    }
}

TEST_CASE("only so many questions about the past may wait; the next is to come again", "[server]") {
    Museum museum;
    museum.furnish();
    museum.close();
    museum.long_questions_max = 1;
    museum.open();
    Gate gate{museum};
    Asked first{museum, fan_then};
    wait_until_one_is(museum, "under_way");
    Asked second{museum, fan_then};
    wait_until_one_is(museum, "waiting");
    const std::string third = Asked{museum, fan_then}.answer();
    CHECK(status_of(third) == 503);
    CHECK(field_of(third, "Retry-After") == "1");
    CHECK(museum.ask("GET " + fan).status == 200);
}

TEST_CASE("who may not ask is told so at once, while a long question is answered",
          "[server][access]") {
    Museum museum;
    museum.furnish();
    const std::string mei = museum.token_of("mei", {"own"});
    const std::string zoe = museum.token_of("zoe", {});
    Gate gate{museum};
    Asked past{museum, fan_then};
    wait_until_one_is(museum, "under_way");
    CHECK(museum.ask_as(mei, "GET /api/v1/first-missed?known_at=2025-03-11").status == 403);
    CHECK(museum.ask_as(zoe, fan_then).status == 403);
}
