#include "engine/notice/hmac.hpp"

#include <catch2/catch.hpp>

#include "engine/notice/base64url.hpp"
#include "engine/notice/ed25519.hpp"
#include "tests/log/vectors.hpp"

using namespace dutylog;
using namespace dutylog::notice;

TEST_CASE("HMAC-SHA256 accepts and refuses what the public vectors say", "[notice][hmac]") {
    const auto vectors = log::read_vectors("wycheproof/hmac_sha256.json");
    for (const auto& item : vectors.as_array()) {
        const auto& vector = item.as_object();
        CAPTURE(vector.at("tcId").as_int64());
        const auto member = [&](const char* name) {
            return log::bytes_from_hex(std::string{vector.at(name).as_string()});
        };
        const Bytes tag = member("tag");
        const Digest made = hmac_sha256(member("key"), member("msg"));
        CHECK(equal_in_constant_time(BytesView{made.bytes}.first(tag.size()), tag) ==
              (vector.at("result") == "valid"));
    }
}

TEST_CASE("an empty key and an empty message have a code too", "[notice][hmac]") {
    CHECK(to_hex(hmac_sha256("", "")) ==
          "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST_CASE("texts of different length are not equal", "[notice][hmac]") {
    CHECK(equal_in_constant_time(bytes_of(""), bytes_of("")));
    CHECK_FALSE(equal_in_constant_time(bytes_of("a"), bytes_of("")));
    CHECK_FALSE(equal_in_constant_time(bytes_of("ab"), bytes_of("ac")));
}

TEST_CASE("ed25519 signs and verifies as the public vectors say", "[notice][ed25519]") {
    const auto vectors = log::read_vectors("wycheproof/ed25519.json");
    for (const auto& item : vectors.as_array()) {
        const auto& vector = item.as_object();
        CAPTURE(vector.at("tcId").as_int64());
        const auto member = [&](const char* name) {
            return log::bytes_from_hex(std::string{vector.at(name).as_string()});
        };
        Ed25519PublicKey key{};
        const Bytes pk = member("pk");
        std::copy(pk.begin(), pk.end(), key.begin());
        CHECK(verify_ed25519(key, member("msg"), member("sig")) ==
              (vector.at("result") == "valid"));
    }
}

TEST_CASE("ed25519 gives the signature of RFC 8032", "[notice][ed25519]") {
    const Bytes seed_bytes =
        log::bytes_from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    Ed25519Seed seed{};
    std::copy(seed_bytes.begin(), seed_bytes.end(), seed.begin());
    CHECK(to_hex(BytesView{public_key_of(seed)}) ==
          "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const Bytes message{0x72};
    CHECK(to_hex(BytesView{sign_ed25519(seed, message)}) ==
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST_CASE("base64 for addresses has one text for each value", "[notice][base64url]") {
    const Bytes bytes{0xfb, 0xff, 0xfe, 0x01};
    CHECK(to_base64url(bytes) == "-__-AQ");
    CHECK(parse_base64url("-__-AQ") == bytes);
    CHECK(parse_base64url("") == Bytes{});
    for (const auto* text : {"-__-AQ==", "+//+AQ", "-__-AR", "A", "-__-A", "-_ -AQ"})
        CHECK_FALSE(parse_base64url(text));
}
