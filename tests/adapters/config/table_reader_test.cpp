#include "adapters/config/table_reader.hpp"

#include <catch2/catch.hpp>

#include "adapters/config/toml.hpp"

using namespace dutylog;
using namespace dutylog::config;

namespace {

const char* const text = R"([mail]
host = "mail.example"
port = 99999
wait = "5 min"
secret_file = "mail.secret"
to = ["a", "b"]
one = "a"
tls = "maybe"
empty = ""
)";

struct Mail {
    Table whole = parse_toml(text, "/etc/dutylog/x.toml");
    std::vector<Problem> problems;
    TableReader root{whole, "", problems};
    TableReader mail = root.table("mail").value();
};

}  // namespace

TEST_CASE("a table is read key by key, with defaults for what is left out", "[config][table]") {
    Mail given;
    TableReader& mail = given.mail;
    CHECK(mail.needed("host") == "mail.example");
    CHECK(mail.time("wait", seconds(1), {}, hours(1)) == minutes(5));
    CHECK(mail.time("pause", seconds(1), {}, hours(1)) == seconds(1));
    CHECK(mail.file("secret_file") == "/etc/dutylog/mail.secret");
    CHECK(mail.file("other_file").empty());
    CHECK(mail.texts("to") == std::vector<std::string>{"a", "b"});
    CHECK(mail.texts("one") == std::vector<std::string>{"a"});
    CHECK(mail.truth("on", true));
    CHECK(given.problems.empty());
}

TEST_CASE("what does not fit gives the default and a problem, and reading goes on",
          "[config][table]") {
    Mail given;
    TableReader& mail = given.mail;
    CHECK(mail.whole("port", 587, 1, 65'535) == 587);
    CHECK(mail.choice("tls", "starttls", {"starttls", "none"}) == "starttls");
    CHECK(mail.needed("empty").empty());
    CHECK(mail.needed("absent").empty());
    mail.refuse("host", words("no such host", "没有此主机"), words("Mend it.", "请改正。"));
    std::vector<std::string> told;
    for (const Problem& problem : given.problems)
        told.push_back(std::to_string(problem.place.line) + " " + problem.what.en);
    CHECK(told == std::vector<std::string>{
                      "3 mail.port: expected a whole number from 1 to 65535, found `99999`",
                      "8 mail.tls: expected one of \"starttls\", \"none\", found `maybe`",
                      "9 mail.empty: expected a text, found none",
                      "1 mail.absent: expected a text, found none", "2 mail.host: no such host"});
}

TEST_CASE("a key nobody asked for is a problem, with the nearest that is known",
          "[config][table]") {
    Mail given;
    TableReader& mail = given.mail;
    for (const char* key : {"hose", "port", "wait", "to", "one", "tls", "empty", "secret_file"})
        mail.value(key, {});
    given.problems.clear();
    mail.end();
    REQUIRE(given.problems.size() == 1);
    CHECK(given.problems.front().what.en == "there is no key `mail.host`");
    CHECK(given.problems.front().help.en == "Did you mean `hose`?");
}
