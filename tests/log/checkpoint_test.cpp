#include "engine/log/checkpoint.hpp"

#include <catch2/catch.hpp>

#include "engine/log/base64.hpp"
#include "engine/log/leaf.hpp"
#include "engine/log/tlog_proof.hpp"
#include "engine/log/tree.hpp"
#include "engine/log/utf8.hpp"
#include "tests/log/vectors.hpp"

using namespace dutylog;
using namespace dutylog::log;

namespace {

// The key pair and the note that the reference implementation (golang.org/x/mod/sumdb/note)
// publishes as its example.
constexpr std::string_view reference_key =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view reference_secret = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr std::string_view reference_note =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    "\n";

/// The examples printed in the C2SP specifications.
constexpr std::string_view c2sp_note =
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/"
    "5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";
constexpr std::string_view c2sp_checkpoint =
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/"
    "Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

SignerKey reference_signer() {
    const Bytes secret = *parse_base64(reference_secret);
    SignerKey key{"PeterNeumann", {}};
    std::copy(secret.begin() + 1, secret.end(), key.seed.begin());
    return key;
}

const SignerKey log_key{"dutylog.example/acme", {7}};
const SignerKey witness_key{"witness.example", {8}};
const Checkpoint checkpoint{"dutylog.example/acme", {42, sha256("root")}, {}};

std::string changed(std::string_view text, std::string_view from, std::string_view to) {
    std::string copy{text};
    copy.replace(copy.find(from), from.size(), to);
    return copy;
}

}  // namespace

TEST_CASE("the reference note is verified, and signed again byte for byte", "[log][note]") {
    const auto key = parse_verifier_key(reference_key);
    REQUIRE(key);
    CHECK(key->text() == reference_key);
    CHECK(reference_signer().verifier() == *key);
    const SignedNote note = parse_note(reference_note);
    CHECK(trust_in(note, {&*key, 1}) == Trust::verified);
    CHECK(to_text(sign_note(note.text, reference_signer())) == reference_note);
}

TEST_CASE("the examples of the specifications are read", "[log][note]") {
    const SignedNote note = parse_note(c2sp_note);
    CHECK(note.text.ends_with("sole:\n\ned è subito sera.\n"));
    CHECK(to_text(note) == c2sp_note);
    const OpenedCheckpoint opened = open_checkpoint(c2sp_checkpoint, {});
    CHECK(opened.checkpoint.origin == "example.com/behind-the-sofa");
    CHECK(opened.checkpoint.head.size == 20'852'163);
    CHECK(opened.trust == Trust::unknown_key);
}

TEST_CASE("ed25519 accepts and refuses what the public vectors say", "[log][note]") {
    const auto vectors = read_vectors("wycheproof/ed25519.json");
    for (const auto& item : vectors.as_array()) {
        const auto& vector = item.as_object();
        CAPTURE(vector.at("tcId").as_int64());
        const auto member = [&](const char* name) {
            return bytes_from_hex(std::string{vector.at(name).as_string()});
        };
        VerifierKey key{"k", {}};
        const Bytes public_key = member("pk");
        REQUIRE(public_key.size() == key.public_key.size());
        std::copy(public_key.begin(), public_key.end(), key.public_key.begin());
        const Bytes text = member("msg");
        const SignedNote note{{text.begin(), text.end()}, {{"k", key.id(), member("sig")}}};
        CHECK(trust_in(note, {&key, 1}) ==
              (vector.at("result") == "valid" ? Trust::verified : Trust::bad_signature));
    }
}

TEST_CASE("a changed verifier key is not one", "[log][note]") {
    for (std::size_t i = 0; i < reference_key.size(); ++i) {
        std::string text{reference_key};
        ++text[i];
        CAPTURE(text);
        CHECK_FALSE(parse_verifier_key(text));
        CHECK_FALSE(parse_verifier_key(reference_key.substr(0, i)));
    }
}

TEST_CASE("a note is trusted only as its known keys say", "[log][note]") {
    const VerifierKey log = log_key.verifier();
    const VerifierKey witness = witness_key.verifier();
    SignedNote note = sign_note("text\n", log_key);
    CHECK(trust_in(note, {&log, 1}) == Trust::verified);
    CHECK(trust_in(note, {&witness, 1}) == Trust::unknown_key);
    CHECK(trust_in(note, {}) == Trust::unknown_key);
    add_signature(note, witness_key);
    const VerifierKey both[] = {log, witness};
    CHECK(trust_in(parse_note(to_text(note)), both) == Trust::verified);
    note.signatures[1].signature[5] ^= 1;
    CHECK(trust_in(note, both) == Trust::bad_signature);
    CHECK(trust_in(note, {&log, 1}) == Trust::verified);
    VerifierKey same_name = log;
    same_name.public_key[0] ^= 1;
    CHECK(trust_in(note, {&same_name, 1}) == Trust::unknown_key);
}

TEST_CASE("what is not a signed note is refused", "[log][note]") {
    const std::string good = to_text(sign_note("text\n", log_key));
    std::string many = good;
    const std::string line = good.substr(good.find("—"));
    for (int i = 0; i < 64; ++i) many += line;
    const std::string bad[] = {
        "",
        "\n",
        "\n\n",
        "text\n",
        "text\n\n",
        good.substr(0, good.size() - 1),
        good + "\n",
        good + "more\n",
        changed(good, "text\n", "te\txt\n"),
        changed(good, "text\n", "te\xff\n"),
        changed(good, "— ", "- "),
        changed(good, "— dutylog.example/acme", "— dutylog example/acme"),
        changed(good, "— dutylog.example/acme", "— dutylog+example/acme"),
        changed(good, "— dutylog.example/acme",
                "— dutylog\xe3\x80\x80"
                "acme"),
        changed(good, "— dutylog.example/acme", "— "),
        changed(good, "=\n", "\n"),
        many,
        std::string(70'000, 'a') + good,
    };
    for (const std::string& text : bad) {
        CAPTURE(text.substr(0, 100));
        CHECK_THROWS_AS(parse_note(text), DecodeError);
    }
    CHECK_THROWS_AS(sign_note("text", log_key), EncodeError);
    CHECK_THROWS_AS(sign_note("te\rxt\n", log_key), EncodeError);
    CHECK_THROWS_AS(sign_note("text\n", {"two words", {}}), EncodeError);
}

TEST_CASE("a checkpoint is three lines and comes back from them", "[log][checkpoint]") {
    CHECK(to_text(checkpoint) ==
          "dutylog.example/acme\n42\n" + to_base64(BytesView{sha256("root").bytes}) + "\n");
    Checkpoint extended = checkpoint;
    extended.extensions = {"recorded 2025-12-05T01:00:00Z", "x"};
    for (const Checkpoint& each : {checkpoint, extended, Checkpoint{"o", {}, {}}})
        CHECK(parse_checkpoint(to_text(each)) == each);
    CHECK_THROWS_AS(to_text(Checkpoint{}), EncodeError);
    CHECK_THROWS_AS(to_text(Checkpoint{"a\nb", {}, {}}), EncodeError);
    CHECK_THROWS_AS(to_text(Checkpoint{"a", {}, {""}}), EncodeError);
    CHECK_THROWS_AS(to_text(Checkpoint{"a", {}, std::vector<std::string>(17, "x")}), EncodeError);
}

TEST_CASE("what is not a checkpoint is refused", "[log][checkpoint]") {
    const std::string good = to_text(checkpoint);
    const std::string bad[] = {"",
                               "\n",
                               good.substr(1, good.size() - 2),
                               good + "\n",
                               good + "x",
                               "\n" + good,
                               changed(good, "42", "042"),
                               changed(good, "42", "+42"),
                               changed(good, "42", "-1"),
                               changed(good, "42", ""),
                               changed(good, "42", "18446744073709551616"),
                               changed(good, "=\n", "\n"),
                               changed(good, "=\n", "==\n"),
                               changed(good, "acme", "ac\x01me"),
                               good + std::string(20'000, 'x') + "\n",
                               changed(good, "dutylog", std::string(300, 'd'))};
    for (const std::string& text : bad) {
        CAPTURE(text.substr(0, 100));
        CHECK_THROWS_AS(parse_checkpoint(text), DecodeError);
    }
    // Base64 whose last letter holds bits past the last byte names the same root in another form.
    const std::string root = to_base64(BytesView{sha256("root").bytes});
    std::string other = root;
    other[42] = static_cast<char>(other[42] + 1);
    CHECK_THROWS_AS(parse_checkpoint(changed(good, root, other)), DecodeError);
}

TEST_CASE("a signed checkpoint is trusted as it was signed and not after a change",
          "[log][checkpoint]") {
    const std::string text = to_text(sign_checkpoint(checkpoint, log_key));
    const VerifierKey key = log_key.verifier();
    const OpenedCheckpoint opened = open_checkpoint(text, {&key, 1});
    CHECK(opened.checkpoint == checkpoint);
    CHECK(opened.trust == Trust::verified);
    CHECK(open_checkpoint(changed(text, "42", "43"), {&key, 1}).trust == Trust::bad_signature);
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string other = text;
        other[i] = static_cast<char>(other[i] ^ 1);
        CAPTURE(other);
        try {
            const Trust trust = open_checkpoint(other, {&key, 1}).trust;
            CHECK(trust != Trust::verified);
        } catch (const DecodeError&) {
        }
    }
}

TEST_CASE("a proof of one event holds for that event, place and log alone", "[log][proof]") {
    std::vector<Digest> leaves;
    for (const char* text : {"a", "b", "c", "d", "e"})
        leaves.push_back(hash_of_leaf_bytes(bytes_of(text)));
    const Checkpoint head{"dutylog.example/acme", {5, root_of(leaves)}, {}};
    const TlogProof proof{
        {1, 2, 3}, 3, inclusion_proof(leaves, 3), to_text(sign_checkpoint(head, log_key))};
    const TlogProof read = parse_tlog_proof(to_text(proof));
    CHECK(read == proof);

    const VerifierKey key = log_key.verifier();
    const VerifierKey other = witness_key.verifier();
    const auto verdict = [&](const TlogProof& of, const Digest& leaf,
                             std::string_view origin = "dutylog.example/acme") {
        return check_proof(of, leaf, origin, {&key, 1});
    };
    CHECK(verdict(read, leaves[3]) == Proved::holds);
    CHECK(verdict(read, leaves[2]) == Proved::not_included);
    CHECK(verdict(read, leaves[3], "dutylog.example/other") == Proved::other_log);
    CHECK(check_proof(read, leaves[3], head.origin, {&other, 1}) == Proved::not_trusted);
    TlogProof changed_proof = read;
    changed_proof.index = 2;
    CHECK(verdict(changed_proof, leaves[3]) == Proved::not_included);
    changed_proof = read;
    changed_proof.path.pop_back();
    CHECK(verdict(changed_proof, leaves[3]) == Proved::not_included);
    changed_proof = read;
    changed_proof.checkpoint = changed(read.checkpoint, "\n5\n", "\n6\n");
    CHECK(verdict(changed_proof, leaves[3]) == Proved::not_trusted);
}

TEST_CASE("what is not a proof is refused", "[log][proof]") {
    const TlogProof proof{{}, 0, {sha256("x")}, "checkpoint\n"};
    const std::string good = to_text(proof);
    CHECK(good == "c2sp.org/tlog-proof@v1\nindex 0\n" + to_base64(BytesView{sha256("x").bytes}) +
                      "\n\ncheckpoint\n");
    CHECK(parse_tlog_proof(good) == proof);
    const std::string bad[] = {"",
                               "c2sp.org/tlog-proof@v1\n",
                               changed(good, "@v1", "@v2"),
                               changed(good, "index 0", "index 00"),
                               changed(good, "index 0", "index"),
                               changed(good, "index 0\n", ""),
                               changed(good, "index", "extra \nindex"),
                               changed(good, "index", "extra x\nindex"),
                               changed(good, "=\n", "\n"),
                               changed(good, "\n\ncheckpoint\n", "\n"),
                               changed(good, "\ncheckpoint\n", "\n"),
                               changed(
                                   good, "index 0\n",
                                   "index 0\n" +
                                       [] {
                                           std::string lines;
                                           for (int i = 0; i < 63; ++i)
                                               lines +=
                                                   to_base64(BytesView{sha256("y").bytes}) + "\n";
                                           return lines;
                                       }()),
                               good + std::string(70'000, 'x'),
                               std::string(300'000, 'x')};
    for (const std::string& text : bad) {
        CAPTURE(text.substr(0, 100));
        CHECK_THROWS_AS(parse_tlog_proof(text), DecodeError);
    }
    CHECK_THROWS_AS(check_proof(proof, {}, "o", {}), DecodeError);
    CHECK_THROWS_AS(to_text(TlogProof{{}, 0, std::vector<Digest>(64), "c"}), EncodeError);
}

TEST_CASE("UTF-8 is taken in its well-formed shapes only", "[log][note]") {
    for (const char* good : {"", "a", "\xc2\x80", "é", "苯", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf"})
        CHECK(is_utf8(good));
    for (const char* bad : {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xed\xa0\x80",
                            "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe8\x8b", "\xff", "a\xc3"})
        CHECK_FALSE(is_utf8(bad));
    CHECK(has_space_or_control("a b"));
    CHECK(has_space_or_control("a\xe2\x80\xa8"));
    CHECK_FALSE(has_space_or_control("dutylog.example/苯"));
}

TEST_CASE("base64 has one form for every byte string", "[log][base64]") {
    const std::pair<const char*, const char*> pairs[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : pairs) {
        CHECK(to_base64(bytes_of(plain)) == encoded);
        const auto read = parse_base64(encoded);
        REQUIRE(read);
        CHECK(std::string(read->begin(), read->end()) == plain);
    }
    for (const char* bad :
         {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zm9v\n", "Zm=v", "====", "Z===", "Zm9v====", "Zm_v"})
        CHECK_FALSE(parse_base64(bad));
}
