#include "engine/notice/link.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "engine/notice/base64url.hpp"
#include "engine/notice/secret.hpp"

using namespace dutylog;
using namespace dutylog::notice;

namespace {

const Instant now = *parse_instant("2026-11-22T00:00:00Z");
const LinkKey key{1, Bytes(32, 0x11)};
const LinkKey next_key{2, Bytes(32, 0x22)};

LinkClaims claims(LinkPurpose purpose = LinkPurpose::acknowledge) {
    return {purpose, "duty/exam/worker/zhang/1/do/remind-2", "person-04", now + link_life};
}

Result<LinkClaims> open(std::string_view token, Instant at = now) {
    return open_link_token({&key, 1}, token, at);
}

}  // namespace

TEST_CASE("a link says again what was put into it", "[notice][link]") {
    for (const auto purpose :
         {LinkPurpose::open, LinkPurpose::acknowledge, LinkPurpose::postpone, LinkPurpose::delegate,
          LinkPurpose::unsubscribe, LinkPurpose::grant, LinkPurpose::refuse})
        CHECK(open(make_link_token(key, claims(purpose))) == claims(purpose));
}

TEST_CASE("the form of a token is fixed", "[notice][link]") {
    CHECK(make_link_token(key, {LinkPurpose::acknowledge, "n1", "p1", now}) ==
          "AQECAGsCMIAAAm4xAAJwMUndPju9Nyi1eeo9TvZRFL0");
}

TEST_CASE("a link that was changed in any character is refused", "[notice][link]") {
    const std::string token = make_link_token(key, claims());
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        CAPTURE(i);
        REQUIRE_FALSE(open(changed));
        CHECK(open(changed).error().reason == "link_invalid");
        CHECK_FALSE(open(token.substr(0, i)));
    }
    CHECK_FALSE(open(token + "A"));
    CHECK_FALSE(open(std::string(2000, 'A')));
}

TEST_CASE("a link ends when it says", "[notice][link]") {
    const std::string token = make_link_token(key, claims());
    CHECK(open(token, claims().expires - seconds(1)));
    CHECK(open(token, claims().expires).error().reason == "link_expired");
}

TEST_CASE("after a change of key the old links live on until the key is dropped",
          "[notice][link]") {
    const std::string token = make_link_token(key, claims());
    const LinkKey both[] = {next_key, key};
    CHECK(open_link_token(both, token, now));
    CHECK_FALSE(open_link_token({&next_key, 1}, token, now));
    const LinkKey impostor{1, next_key.key};
    CHECK_FALSE(open_link_token({&impostor, 1}, token, now));
}

TEST_CASE("the command of a link is one for each notice, person and purpose", "[notice][link]") {
    std::set<std::string> ids;
    LinkClaims one = claims();
    ids.insert(command_id_of(one));
    ids.insert(command_id_of(claims(LinkPurpose::postpone)));
    one.person = "person-05";
    ids.insert(command_id_of(one));
    one.notice += "x";
    ids.insert(command_id_of(one));
    CHECK(ids.size() == 4);
    one.expires = one.expires + hours(1);  // the same link sent again does not work twice
    CHECK(ids.contains(command_id_of(one)));
}

TEST_CASE("a link that could not be opened again is not made", "[notice][link]") {
    LinkClaims empty = claims();
    empty.person.clear();
    CHECK_THROWS(make_link_token(key, empty));
    LinkClaims long_one = claims();
    long_one.notice.assign(257, 'n');
    CHECK_THROWS(make_link_token(key, long_one));
    CHECK_THROWS(make_link_token({1, Bytes(31)}, claims()));
}

TEST_CASE("of a secret only its end is shown, and of a short one nothing", "[notice][secret]") {
    CHECK(Secret{"0123456789abcdef"}.hint() == "…cdef");
    CHECK(Secret{"0123456789ab"}.hint() == "…");
}
