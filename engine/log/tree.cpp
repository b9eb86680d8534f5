#include "engine/log/tree.hpp"

#include <bit>
#include <cassert>

#include "engine/log/leaf.hpp"
#include "engine/log/wire.hpp"

namespace dutylog::log {

namespace {

/// The largest power of two below `size`: where the tree of `size` leaves divides.
std::uint64_t split_of(std::uint64_t size) { return std::bit_floor(size - 1); }

std::vector<Digest> roots_of(const std::vector<LeafRange>& path, std::span<const Digest> leaves) {
    std::vector<Digest> roots;
    roots.reserve(path.size());
    for (const LeafRange& range : path)
        roots.push_back(root_of(leaves.subspan(range.from, range.to - range.from)));
    return roots;
}

void add_inclusion(std::vector<LeafRange>& path, std::uint64_t index, LeafRange tree) {
    const std::uint64_t size = tree.to - tree.from;
    if (size <= 1) return;
    const std::uint64_t middle = tree.from + split_of(size);
    const LeafRange left{tree.from, middle};
    const LeafRange right{middle, tree.to};
    const bool is_left = index < middle;
    add_inclusion(path, index, is_left ? left : right);
    path.push_back(is_left ? right : left);
}

/// SUBPROOF of RFC 6962: `known` says that the root of the old part is in the verifier's hands.
void add_consistency(std::vector<LeafRange>& path, std::uint64_t old_end, LeafRange tree,
                     bool known) {
    if (old_end == tree.to) {
        if (!known) path.push_back(tree);
        return;
    }
    const std::uint64_t middle = tree.from + split_of(tree.to - tree.from);
    const LeafRange left{tree.from, middle};
    const LeafRange right{middle, tree.to};
    if (old_end <= middle) {
        add_consistency(path, old_end, left, known);
        path.push_back(right);
    } else {
        add_consistency(path, old_end, right, false);
        path.push_back(left);
    }
}

/// Climbs from a node on the right edge of one tree to the root of a larger one.
struct Climb {
    std::uint64_t node;
    std::uint64_t last;

    bool at_top() const { return last == 0; }
    bool from_right() const { return (node & 1) != 0 || node == last; }
    void up() {
        node >>= 1;
        last >>= 1;
    }
    /// Passes the levels on which the node has no sibling.
    void skip_lonely() {
        while ((node & 1) == 0 && node != 0) up();
    }
};

}  // namespace

void Frontier::append(const Digest& leaf) {
    Digest node = leaf;
    for (std::uint64_t rest = size_; (rest & 1) != 0; rest >>= 1) {
        node = node_hash(peaks_.back(), node);
        peaks_.pop_back();
    }
    peaks_.push_back(node);
    ++size_;
}

Digest Frontier::root() const {
    if (peaks_.empty()) return sha256(BytesView{});
    Digest root = peaks_.back();
    for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = node_hash(peaks_[i], root);
    return root;
}

Bytes Frontier::bytes() const {
    Bytes out;
    out.reserve(8 + 32 * peaks_.size());
    WireWriter to{out};
    to.number(size_);
    for (const Digest& peak : peaks_) to.digest(peak);
    return out;
}

Frontier Frontier::of(BytesView bytes) {
    WireReader in{bytes};
    Frontier frontier;
    frontier.size_ = in.number();
    const int count = std::popcount(frontier.size_);
    for (int i = 0; i < count; ++i) frontier.peaks_.push_back(in.digest());
    in.finish();
    return frontier;
}

Digest root_of(std::span<const Digest> leaves) {
    Frontier frontier;
    for (const Digest& leaf : leaves) frontier.append(leaf);
    return frontier.root();
}

std::vector<LeafRange> inclusion_path(std::uint64_t index, std::uint64_t size) {
    assert(index < size);
    std::vector<LeafRange> path;
    add_inclusion(path, index, {0, size});
    return path;
}

std::vector<LeafRange> consistency_path(std::uint64_t old_size, std::uint64_t size) {
    assert(old_size > 0 && old_size <= size);
    std::vector<LeafRange> path;
    add_consistency(path, old_size, {0, size}, true);
    return path;
}

std::vector<Digest> inclusion_proof(std::span<const Digest> leaves, std::uint64_t index) {
    return roots_of(inclusion_path(index, leaves.size()), leaves);
}

std::vector<Digest> consistency_proof(std::span<const Digest> leaves, std::uint64_t old_size) {
    return roots_of(consistency_path(old_size, leaves.size()), leaves);
}

bool inclusion_holds(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                     std::span<const Digest> proof, const Digest& root) {
    if (index >= size) return false;
    Climb climb{index, size - 1};
    Digest node = leaf;
    for (const Digest& sibling : proof) {
        if (climb.at_top()) return false;
        if (climb.from_right()) {
            node = node_hash(sibling, node);
            climb.skip_lonely();
        } else {
            node = node_hash(node, sibling);
        }
        climb.up();
    }
    return climb.at_top() && node == root;
}

bool consistency_holds(std::uint64_t old_size, const Digest& old_root, std::uint64_t size,
                       const Digest& root, std::span<const Digest> proof) {
    if (old_size == 0 || old_size > size) return false;
    if (old_size == size) return proof.empty() && old_root == root;
    if (proof.empty()) return false;

    Climb climb{old_size - 1, size - 1};
    while ((climb.node & 1) != 0) climb.up();
    // A power of two is a subtree of its own, whose root the verifier brings along.
    Digest old_node = std::has_single_bit(old_size) ? old_root : proof.front();
    Digest node = old_node;
    if (!std::has_single_bit(old_size)) proof = proof.subspan(1);
    for (const Digest& sibling : proof) {
        if (climb.at_top()) return false;
        if (climb.from_right()) {
            old_node = node_hash(sibling, old_node);
            node = node_hash(sibling, node);
            climb.skip_lonely();
        } else {
            node = node_hash(node, sibling);
        }
        climb.up();
    }
    return climb.at_top() && old_node == old_root && node == root;
}

}  // namespace dutylog::log
