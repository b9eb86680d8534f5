#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace dutylog::sqlite {

/// Which commands are known: from the hash of an id to the numbers of the rows that may hold it.
/// Client-made ids come in no order, so that a tree over them would cost an append a random page;
/// this costs 21 to 43 bytes of memory per command instead.
class CommandIndex {
public:
    /// FNV-1a with 64 bits; stored, so it never changes.
    static std::uint64_t hash_of(std::string_view id);

    /// Makes room for so many commands at once.
    void reserve(std::size_t count);
    void add(std::uint64_t hash, std::int64_t row);

    /// Offers each row that may hold the id until one is taken.
    /// @returns the row taken; 0 where there is none
    template <class IsIt>
    std::int64_t find(std::uint64_t hash, IsIt is_it) const {
        if (slots_.empty()) return 0;
        for (std::size_t at = place_of(hash); slots_[at].row != 0;
             at = (at + 1) & (slots_.size() - 1))
            if (slots_[at].hash == hash && is_it(slots_[at].row)) return slots_[at].row;
        return 0;
    }

private:
    struct Slot {
        std::uint64_t hash = 0;
        std::int64_t row = 0;  ///< 0 for an empty slot
    };
    std::size_t place_of(std::uint64_t hash) const;
    void put(const Slot& slot);
    void grow(std::size_t slots);

    std::vector<Slot> slots_;  ///< a power of two of them, at most three quarters filled
    std::size_t used_ = 0;
};

}  // namespace dutylog::sqlite
