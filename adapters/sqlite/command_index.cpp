#include "adapters/sqlite/command_index.hpp"

#include <algorithm>
#include <utility>

namespace dutylog::sqlite {

namespace {

constexpr std::size_t slots_min = 1024;

}  // namespace

std::uint64_t CommandIndex::hash_of(std::string_view id) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : id) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
    return hash;
}

/// The low bits of FNV-1a are weak; a multiplication brings the high ones in.
std::size_t CommandIndex::place_of(std::uint64_t hash) const {
    return static_cast<std::size_t>((hash * 0x9e3779b97f4a7c15) >> 20) & (slots_.size() - 1);
}

void CommandIndex::reserve(std::size_t count) {
    std::size_t slots = std::max(slots_.size(), slots_min);
    while (4 * count > 3 * slots) slots *= 2;
    if (slots > slots_.size()) grow(slots);
}

void CommandIndex::add(std::uint64_t hash, std::int64_t row) {
    reserve(used_ + 1);
    put({hash, row});
    ++used_;
}

void CommandIndex::put(const Slot& slot) {
    std::size_t at = place_of(slot.hash);
    while (slots_[at].row != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
}

void CommandIndex::grow(std::size_t slots) {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots));
    for (const Slot& slot : old)
        if (slot.row != 0) put(slot);
}

}  // namespace dutylog::sqlite
