#include "engine/log/tree.hpp"

#include <catch2/catch.hpp>

#include "engine/log/base64.hpp"
#include "engine/log/leaf.hpp"
#include "tests/log/vectors.hpp"

using namespace dutylog;
using namespace dutylog::log;

namespace {

/// Some vectors name a root that is shorter than 32 bytes; it is filled up with zeros here.
/// @returns nothing where the text is empty, not base64, or of more than 32 bytes
std::optional<Digest> digest_in(const boost::json::value& text) {
    const auto bytes = parse_base64(std::string{text.as_string()});
    Digest digest;
    if (!bytes || bytes->empty() || bytes->size() > digest.bytes.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), digest.bytes.begin());
    return digest;
}

std::optional<std::vector<Digest>> proof_in(const boost::json::value& list) {
    std::vector<Digest> proof;
    if (list.is_null()) return proof;
    for (const auto& text : list.as_array()) {
        const auto digest = digest_in(text);
        if (!digest) return std::nullopt;
        proof.push_back(*digest);
    }
    return proof;
}

std::uint64_t number_in(const boost::json::value& number) {
    return number.to_number<std::uint64_t>();
}

bool inclusion_case_holds(const boost::json::object& vector) {
    const auto root = digest_in(vector.at("root"));
    const auto leaf = digest_in(vector.at("leafHash"));
    const auto proof = proof_in(vector.at("proof"));
    return root && leaf && proof &&
           inclusion_holds(*leaf, number_in(vector.at("leafIdx")), number_in(vector.at("treeSize")),
                           *proof, *root);
}

bool consistency_case_holds(const boost::json::object& vector) {
    const auto old_root = digest_in(vector.at("root1"));
    const auto root = digest_in(vector.at("root2"));
    const auto proof = proof_in(vector.at("proof"));
    return old_root && root && proof &&
           consistency_holds(number_in(vector.at("size1")), *old_root,
                             number_in(vector.at("size2")), *root, *proof);
}

std::vector<Digest> leaves_of(std::size_t count) {
    std::vector<Digest> leaves;
    for (std::size_t i = 0; i < count; ++i)
        leaves.push_back(hash_of_leaf_bytes(bytes_of(std::to_string(i))));
    return leaves;
}

/// MTH of RFC 6962 section 2.1, word for word.
Digest root_by_definition(std::span<const Digest> leaves) {
    if (leaves.empty()) return sha256("");
    if (leaves.size() == 1) return leaves.front();
    std::size_t split = 1;
    while (split * 2 < leaves.size()) split *= 2;
    return node_hash(root_by_definition(leaves.first(split)),
                     root_by_definition(leaves.subspan(split)));
}

}  // namespace

TEST_CASE("the public inclusion vectors hold or fail as they say", "[log][tree]") {
    const auto vectors = read_vectors("merkle/inclusion.json");
    for (const auto& vector : vectors.as_array()) {
        CAPTURE(std::string{vector.at("desc").as_string()});
        CHECK(inclusion_case_holds(vector.as_object()) != vector.at("wantErr").as_bool());
    }
}

TEST_CASE("the public consistency vectors hold or fail as they say", "[log][tree]") {
    const auto vectors = read_vectors("merkle/consistency.json");
    for (const auto& vector : vectors.as_array()) {
        CAPTURE(std::string{vector.at("desc").as_string()});
        CHECK(consistency_case_holds(vector.as_object()) != vector.at("wantErr").as_bool());
    }
}

TEST_CASE("the reference leaves of certificate transparency give the known root", "[log][tree]") {
    std::vector<Digest> leaves;
    for (const char* hex : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                            "606162636465666768696a6b6c6d6e6f"})
        leaves.push_back(hash_of_leaf_bytes(bytes_from_hex(hex)));
    CHECK(to_hex(root_of(leaves)) ==
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    CHECK(to_hex(root_of({})) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("the frontier has the root of the definition after every leaf", "[log][tree]") {
    const auto leaves = leaves_of(130);
    Frontier frontier;
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
        CAPTURE(size);
        CHECK(frontier.size() == size);
        CHECK(frontier.root() == root_by_definition(std::span{leaves}.first(size)));
        CHECK(Frontier::of(frontier.bytes()) == frontier);
        if (size < leaves.size()) frontier.append(leaves[size]);
    }
}

TEST_CASE("the form of a frontier is frozen", "[log][tree]") {
    Frontier frontier;
    for (const char* text : {"a", "b", "c"}) frontier.append(hash_of_leaf_bytes(bytes_of(text)));
    CHECK(to_hex(frontier.bytes()) ==
          "0000000000000003b137985ff484fb600db93107c77b0365c80d78f5b429ded0fd97361d077999eb"
          "597fcb31282d34654c200d3418fca5705c648ebf326ec73d8ddef11841f876d8");
}

TEST_CASE("a frontier of another length than its size says is refused", "[log][tree]") {
    Frontier frontier;
    for (const Digest& leaf : leaves_of(5)) frontier.append(leaf);
    Bytes bytes = frontier.bytes();
    CHECK(bytes.size() == 8 + 2 * 32);
    CHECK_THROWS_AS(Frontier::of(BytesView{bytes}.first(bytes.size() - 1)), DecodeError);
    bytes.push_back(0);
    CHECK_THROWS_AS(Frontier::of(bytes), DecodeError);
    CHECK_THROWS_AS(Frontier::of(Bytes{1, 2}), DecodeError);
}

TEST_CASE("every leaf of every tree is proved, and for no other place", "[log][tree]") {
    const auto all = leaves_of(33);
    for (std::size_t size = 1; size <= all.size(); ++size) {
        const auto leaves = std::span{all}.first(size);
        const Digest root = root_of(leaves);
        for (std::size_t index = 0; index < size; ++index) {
            CAPTURE(size, index);
            const auto proof = inclusion_proof(leaves, index);
            CHECK(inclusion_holds(leaves[index], index, size, proof, root));
            CHECK_FALSE(
                inclusion_holds(leaves[index], (index + 1) % (size + 1), size, proof, root));
            CHECK_FALSE(inclusion_holds(all[(index + 1) % all.size()], index, size, proof, root));
        }
    }
}

TEST_CASE("every older tree is proved to begin every newer one", "[log][tree]") {
    const auto all = leaves_of(33);
    for (std::size_t size = 1; size <= all.size(); ++size) {
        const auto leaves = std::span{all}.first(size);
        const Digest root = root_of(leaves);
        for (std::size_t old_size = 1; old_size <= size; ++old_size) {
            CAPTURE(size, old_size);
            const Digest old_root = root_of(leaves.first(old_size));
            auto proof = consistency_proof(leaves, old_size);
            CHECK(consistency_holds(old_size, old_root, size, root, proof));
            CHECK_FALSE(consistency_holds(old_size, sha256("other"), size, root, proof));
            CHECK_FALSE(consistency_holds(old_size, old_root, size, sha256("other"), proof));
            proof.push_back(root);
            CHECK_FALSE(consistency_holds(old_size, old_root, size, root, proof));
        }
    }
}

TEST_CASE("a proof asks only for subtrees of the tree", "[log][tree]") {
    CHECK(inclusion_path(0, 1).empty());
    CHECK(inclusion_path(5, 7) == std::vector<LeafRange>{{4, 5}, {6, 7}, {0, 4}});
    CHECK(consistency_path(3, 7) == std::vector<LeafRange>{{2, 3}, {3, 4}, {0, 2}, {4, 7}});
    CHECK(consistency_path(4, 7) == std::vector<LeafRange>{{4, 7}});
    CHECK(inclusion_path(~0ULL - 1, ~0ULL).size() == 63);
}
