#include "adapters/sqlite/command_index.hpp"

#include <utility>

namespace dutylog::sqlite {

std::uint64_t CommandIndex::hash_of(std::string_view id) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : id) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
    return hash;
}

/// The low bits of FNV-1a are weak; a multiplication brings the high ones in.
std::size_t CommandIndex::place_of(std::uint64_t hash) const {
    return static_cast<std::size_t>((hash * 0x9e3779b97f4a7c15) >> 20) & (slots_.size() - 1);
}

void CommandIndex::add(std::uint64_t hash, std::int64_t row) {
    if (2 * (used_ + 1) > slots_.size()) grow();
    put({hash, row});
    ++used_;
}

void CommandIndex::put(const Slot& slot) {
    std::size_t at = place_of(slot.hash);
    while (slots_[at].row != 0) at = (at + 1) % slots_.size();
    slots_[at] = slot;
}

void CommandIndex::grow() {
    const std::vector<Slot> old =
        std::exchange(slots_, std::vector<Slot>(slots_.empty() ? 1024 : 2 * slots_.size()));
    for (const Slot& slot : old)
        if (slot.row != 0) put(slot);
}

}  // namespace dutylog::sqlite
