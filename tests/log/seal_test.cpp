#include "engine/log/seal.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/log/sample.hpp"
#include "tests/log/vectors.hpp"

using namespace dutylog;
using namespace dutylog::log;

namespace {

class Keys : public KeyRing {
public:
    std::optional<SealKey> find(std::string_view key) const override {
        const auto at = kept.find(std::string{key});
        return at == kept.end() ? std::nullopt : std::optional{at->second};
    }
    std::map<std::string, SealKey> kept = {{"person/zhang", {1, 2, 3}}, {"person/li", {4, 5, 6}}};
};

const Bytes nonce(12, 9);
const SealPlace place{StreamId{"person/zhang"}, "name"};

Bytes member(const boost::json::object& vector, const char* name) {
    return bytes_from_hex(std::string{vector.at(name).as_string()});
}

}  // namespace

TEST_CASE("AES-256-GCM gives what the public vectors give", "[log][seal]") {
    const auto vectors = read_vectors("wycheproof/aes_256_gcm.json");
    for (const auto& item : vectors.as_array()) {
        const auto& vector = item.as_object();
        CAPTURE(vector.at("tcId").as_int64());
        SealKey key{};
        const Bytes key_bytes = member(vector, "key");
        REQUIRE(key_bytes.size() == key.size());
        std::copy(key_bytes.begin(), key_bytes.end(), key.begin());
        Bytes sealed = member(vector, "ct");
        const Bytes tag = member(vector, "tag");
        sealed.insert(sealed.end(), tag.begin(), tag.end());
        const bool is_valid = vector.at("result") == "valid";
        const auto opened = aes_gcm_open(key, member(vector, "iv"), member(vector, "aad"), sealed);
        CHECK(opened.has_value() == is_valid);
        const Bytes made =
            aes_gcm_seal(key, member(vector, "iv"), member(vector, "aad"), member(vector, "msg"));
        CHECK((made == sealed) == is_valid);
        if (is_valid) CHECK(*opened == member(vector, "msg"));
    }
}

TEST_CASE("a sealed value is read with the person's key", "[log][seal]") {
    const Keys keys;
    for (const Value& value : {Value{"Zhang San"}, Value{}, sample::value()}) {
        const Sealed sealed = seal(keys, "person/zhang", nonce, place, value);
        CHECK(sealed.key == "person/zhang");
        CHECK(sealed.nonce == nonce);
        CHECK(unseal(keys, sealed, place) == value);
    }
}

TEST_CASE("sealing the same value again gives the same bytes", "[log][seal]") {
    const Keys keys;
    CHECK(seal(keys, "person/zhang", nonce, place, Value{"x"}) ==
          seal(keys, "person/zhang", nonce, place, Value{"x"}));
    CHECK(seal(keys, "person/zhang", nonce, place, Value{"x"}).ciphertext !=
          seal(keys, "person/zhang", Bytes(12, 8), place, Value{"x"}).ciphertext);
}

TEST_CASE("an erased key leaves nothing to read", "[log][seal]") {
    Keys keys;
    const Sealed sealed = seal(keys, "person/zhang", nonce, place, Value{"Zhang San"});
    keys.kept.erase("person/zhang");
    CHECK_FALSE(unseal(keys, sealed, place));
    CHECK_THROWS_AS(seal(keys, "person/zhang", nonce, place, Value{"x"}), EncodeError);
}

TEST_CASE("a sealed field opens only where and as it was sealed", "[log][seal]") {
    const Keys keys;
    const Sealed sealed = seal(keys, "person/zhang", nonce, place, Value{"Zhang San"});
    Sealed by_other = sealed;
    by_other.key = "person/li";
    Sealed other_nonce = sealed;
    other_nonce.nonce[0] ^= 1;
    Sealed short_nonce = sealed;
    short_nonce.nonce.pop_back();
    Sealed cut = sealed;
    cut.ciphertext.resize(15);
    const std::pair<Sealed, SealPlace> refused[] = {{sealed, {StreamId{"person/li"}, "name"}},
                                                    {sealed, {StreamId{"person/zhang"}, "names"}},
                                                    {sealed, {StreamId{"person/zhangn"}, "ame"}},
                                                    {by_other, place},
                                                    {other_nonce, place},
                                                    {short_nonce, place},
                                                    {cut, place}};
    for (const auto& [field, at] : refused) CHECK_THROWS_AS(unseal(keys, field, at), DecodeError);
    for (std::size_t i = 0; i < sealed.ciphertext.size(); ++i) {
        Sealed changed = sealed;
        changed.ciphertext[i] ^= 1;
        CHECK_THROWS_AS(unseal(keys, changed, place), DecodeError);
    }
    CHECK_THROWS_AS(seal(keys, "person/zhang", Bytes(11), place, Value{1}), EncodeError);
}
