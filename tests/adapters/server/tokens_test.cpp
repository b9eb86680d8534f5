#include "adapters/server/tokens.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "adapters/clock/system_runtime.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace dutylog;
using namespace dutylog::server;
using test::TemporaryFolder;

namespace {

std::string content_of(const std::string& path) {
    std::stringstream text;
    text << std::ifstream{path}.rdbuf();
    return text.str();
}

Token token_for(const std::string& person) {
    Token token;
    token.person = person;
    token.may = {"own", "manage"};
    token.sites = {"gallery/north"};
    return token;
}

}  // namespace

TEST_CASE("a token works until it is withdrawn or expires, and outlives a restart",
          "[server][tokens]") {
    const TemporaryFolder folder;
    clock::SystemRuntime runtime;
    Tokens tokens{folder.file("tokens")};
    CHECK(tokens.empty());
    const std::string mei = tokens.make(token_for("mei"), runtime);
    Token brief = token_for("omar");
    brief.expires = Instant{1'000'000};
    const std::string omar = tokens.make(brief, runtime);
    CHECK(mei != omar);

    Tokens again{folder.file("tokens")};
    for (Tokens* each : {&tokens, &again}) {
        const auto found = each->find(mei, {2'000'000});
        REQUIRE(found);
        CHECK(found->person == "mei");
        CHECK(found->may == std::set<std::string>{"manage", "own"});
        CHECK(found->sites == std::vector<std::string>{"gallery/north"});
        CHECK(each->find(omar, {999'999}));
        CHECK_FALSE(each->find(omar, {1'000'000}));
    }
    CHECK(again.withdraw(again.find(mei, {})->id));
    CHECK_FALSE(again.find(mei, {}));
    CHECK_FALSE(again.withdraw("nobody"));
    CHECK_FALSE(Tokens{folder.file("tokens")}.find(mei, {}));
}

TEST_CASE("what is kept of a token is no token, and only its owner may read the file",
          "[server][tokens]") {
    const TemporaryFolder folder;
    clock::SystemRuntime runtime;
    Tokens tokens{folder.file("tokens")};
    const std::string text = tokens.make(token_for("mei"), runtime);
    const std::string secret = text.substr(text.rfind('_') + 1);
    CHECK(secret.size() == 64);
    CHECK(content_of(folder.file("tokens")).find(secret) == std::string::npos);
    struct stat found{};
    REQUIRE(stat(folder.file("tokens").c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);
}

TEST_CASE("a text that is no token is none", "[server][tokens]") {
    const TemporaryFolder folder;
    clock::SystemRuntime runtime;
    Tokens tokens{folder.file("tokens")};
    const std::string text = tokens.make(token_for("mei"), runtime);
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == '0' ? '1' : '0';
        CHECK_FALSE(tokens.find(changed, {}));
    }
    for (const std::string bad : {"", "dutylog_", "dutylog__", "mei"})
        CHECK_FALSE(tokens.find(bad, {}));
    CHECK_FALSE(tokens.find(text + "0", {}));
    CHECK_FALSE(tokens.find(std::string(100'000, 'a'), {}));
}

TEST_CASE("a damaged file of tokens is told with its line", "[server][tokens]") {
    const TemporaryFolder folder;
    std::ofstream{folder.file("tokens")} << "\n{\"token\": 1}\n";
    CHECK_THROWS_WITH(Tokens{folder.file("tokens")}, Catch::Contains("line 2: expected a token"));
}
