#include "adapters/server/public/link_maker.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/temporary_folder.hpp"

using namespace dutylog;
using namespace dutylog::test;
using keys::LinkKeys;
using notice::LinkPurpose;

namespace {

const Instant now = *parse_instant("2026-11-22T08:00:00.5Z");

std::string token_in(const std::string& url) { return url.substr(url.rfind('/') + 1); }

bool believed(const LinkKeys& keys, const std::string& token) {
    return notice::open_link_token(keys.all(), token, now).has_value();
}

}  // namespace

TEST_CASE("a link says what may be done, by whom and until when", "[server][links]") {
    const TemporaryFolder folder;
    const LinkKeys keys{folder.file("plant.db.links")};
    const server::LinkMaker links{"https://duty.example.com/ohs/", keys};
    const std::string url = links.link(LinkPurpose::acknowledge, "d#1.cycle.0", "mei", now);
    CHECK(url.starts_with("https://duty.example.com/ohs/l/"));
    const auto claims = notice::open_link_token(keys.all(), token_in(url), now);
    REQUIRE(claims);
    CHECK(claims->purpose == LinkPurpose::acknowledge);
    CHECK(claims->notice == "d#1.cycle.0");
    CHECK(claims->person == "mei");
    CHECK(to_string(claims->expires) == "2026-12-06T08:00:00Z");
    CHECK(links.calendar("mei", now).ends_with(".ics"));
}

TEST_CASE("without an address, or for an id that is too long, a message has no link",
          "[server][links]") {
    const TemporaryFolder folder;
    const LinkKeys keys{folder.file("l")};
    CHECK(server::LinkMaker{"", keys}.link(LinkPurpose::open, "n", "p", now).empty());
    CHECK(server::LinkMaker{"", keys}.calendar("p", now).empty());
    const server::LinkMaker links{"https://a", keys};
    CHECK(links.link(LinkPurpose::open, "n", "", now).empty());
    CHECK(links.link(LinkPurpose::open, std::string(300, 'n'), "p", now).empty());
}

TEST_CASE("the first start makes a key that only the owner of the file can read, and keeps it",
          "[server][links]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("plant.db.links");
    const notice::LinkKey first = LinkKeys{file}.newest();
    struct stat about{};
    REQUIRE(::stat(file.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    CHECK(LinkKeys{file}.newest().key == first.key);
}

TEST_CASE("a new key makes new links; the ones made before are believed until they are forgotten",
          "[server][links]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("l");
    LinkKeys keys{file};
    const server::LinkMaker links{"https://a", keys};
    const std::string old = token_in(links.link(LinkPurpose::open, "n", "p", now));
    keys.rotate(false);
    const std::string young = token_in(links.link(LinkPurpose::open, "n", "p", now));
    CHECK(old != young);
    CHECK(believed(keys, old));
    CHECK(believed(LinkKeys{file}, young));
    keys.rotate(true);
    CHECK_FALSE(believed(keys, old));
    CHECK_FALSE(believed(LinkKeys{file}, young));
    for (int i = 0; i < 300; ++i) keys.rotate(false);
    CHECK(LinkKeys{file}.all().size() == LinkKeys::keys_max);
}

TEST_CASE("a damaged file of link keys is told with its line", "[server][links]") {
    const TemporaryFolder folder;
    const auto written = [&](const std::string& text) {
        const std::string file = folder.file("l");
        std::ofstream{file} << text;
        return file;
    };
    const std::string good = "1 " + std::string(64, 'a') + "\n";
    CHECK_NOTHROW(LinkKeys{written(good)});
    CHECK_THROWS_WITH(LinkKeys{written("")}, Catch::Contains("empty"));
    CHECK_THROWS_WITH(LinkKeys{written(good + "2 abc\n")}, Catch::Contains("line 2"));
    CHECK_THROWS_WITH(LinkKeys{written("256 " + std::string(64, 'a') + "\n")},
                      Catch::Contains("line 1"));
    CHECK_THROWS_WITH(LinkKeys{written("x\n")}, Catch::Contains("line 1"));
}
