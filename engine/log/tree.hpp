#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/digest.hpp"
#include "engine/log/codec_error.hpp"

namespace dutylog::log {

/// The right edge of the Merkle tree of RFC 6962: the roots of its full subtrees, largest first.
/// All that is needed to append leaves and to know the root; it moves in the transaction of the
/// events. Leaves count from 0 here, so the event at position p is leaf p - 1.
class Frontier {
public:
    std::uint64_t size() const noexcept { return size_; }
    void append(const Digest& leaf);
    /// SHA-256 of nothing for an empty tree.
    Digest root() const;

    /// The size as 8 bytes big-endian, then one digest for every 1 bit of the size.
    Bytes bytes() const;
    /// @throws DecodeError  the bytes are not what `bytes` writes
    static Frontier of(BytesView bytes);

    friend bool operator==(const Frontier&, const Frontier&) = default;

private:
    std::uint64_t size_ = 0;
    std::vector<Digest> peaks_;
};

/// The root over leaf hashes in order.
Digest root_of(std::span<const Digest> leaves);

/// Leaves [from, to) whose root is one entry of a proof. Always a subtree of the RFC's tree, so
/// whoever keeps the roots of subtrees can answer without the leaves.
struct LeafRange {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    friend bool operator==(const LeafRange&, const LeafRange&) = default;
};

/// What proves that leaf `index` is in the tree of `size` leaves, from the leaf upwards.
/// @pre index < size
std::vector<LeafRange> inclusion_path(std::uint64_t index, std::uint64_t size);
/// What proves that the tree of `size` leaves begins with the tree of `old_size` leaves.
/// @pre 0 < old_size <= size
std::vector<LeafRange> consistency_path(std::uint64_t old_size, std::uint64_t size);

/// The proofs themselves, where all leaves are at hand.
std::vector<Digest> inclusion_proof(std::span<const Digest> leaves, std::uint64_t index);
std::vector<Digest> consistency_proof(std::span<const Digest> leaves, std::uint64_t old_size);

/// @see RFC 9162 section 2.1.3.2
bool inclusion_holds(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                     std::span<const Digest> proof, const Digest& root);
/// False for an empty old tree: nothing is proved of it.
/// @see RFC 9162 section 2.1.4.2
bool consistency_holds(std::uint64_t old_size, const Digest& old_root, std::uint64_t size,
                       const Digest& root, std::span<const Digest> proof);

}  // namespace dutylog::log
