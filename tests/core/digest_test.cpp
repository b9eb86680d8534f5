#include "engine/core/digest.hpp"

#include <catch2/catch.hpp>

using namespace dutylog;

TEST_CASE("SHA-256 gives the values of FIPS 180-4", "[core][digest]") {
    CHECK(to_hex(sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    Sha256 pieces;
    CHECK(pieces.add("a").add("bc").finish() == sha256("abc"));
    CHECK(pieces.finish() == sha256(""));
}

TEST_CASE("a digest is read back from hexadecimal only in full", "[core][digest]") {
    const Digest digest = sha256("abc");
    CHECK(parse_digest(to_hex(digest)) == digest);
    CHECK_FALSE(parse_digest("ba78"));
    CHECK_FALSE(parse_digest(std::string(64, 'g')));
}
