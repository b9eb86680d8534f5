#pragma once

#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

#include "engine/core/name_hash.hpp"

namespace dutylog {

/// A map of names: gone through in their order, as `std::map`, and found by a hash, so that a long
/// name is not compared with twenty others.
template <class Key, class Value>
class NamedMap {
    using Ordered = std::map<Key, Value>;

public:
    using iterator = typename Ordered::iterator;
    using const_iterator = typename Ordered::const_iterator;
    using value_type = typename Ordered::value_type;

    NamedMap() = default;
    NamedMap(const NamedMap& other) : ordered_{other.ordered_} { index(); }
    NamedMap(NamedMap&&) = default;  // what stands in a map stays there when the map moves
    NamedMap& operator=(const NamedMap& other) { return *this = NamedMap{other}; }
    NamedMap& operator=(NamedMap&&) = default;
    ~NamedMap() = default;

    iterator begin() { return ordered_.begin(); }
    iterator end() { return ordered_.end(); }
    const_iterator begin() const { return ordered_.begin(); }
    const_iterator end() const { return ordered_.end(); }
    const_iterator lower_bound(const Key& key) const { return ordered_.lower_bound(key); }
    std::size_t size() const { return ordered_.size(); }
    bool empty() const { return ordered_.empty(); }

    iterator find(const Key& key) {
        const Slot* slot = slot_of(key);
        return slot == nullptr ? ordered_.end() : slot->at;
    }
    const_iterator find(const Key& key) const {
        const Slot* slot = slot_of(key);
        return slot == nullptr ? ordered_.end() : const_iterator{slot->at};
    }
    bool contains(const Key& key) const { return slot_of(key) != nullptr; }
    /// @throws std::out_of_range
    const Value& at(const Key& key) const {
        const Slot* slot = slot_of(key);
        if (slot == nullptr) throw std::out_of_range{"a name that is not in the map"};
        return slot->at->second;
    }

    std::pair<iterator, bool> try_emplace(const Key& key) {
        if (const Slot* slot = slot_of(key)) return {slot->at, false};
        const iterator made = ordered_.try_emplace(key).first;
        add(made);
        return {made, true};
    }
    Value& operator[](const Key& key) { return try_emplace(key).first->second; }
    iterator erase(const_iterator at) {
        remove(index_of(at->first));
        return ordered_.erase(at);
    }
    void erase(const Key& key) {
        if (const Slot* slot = slot_of(key)) erase(const_iterator{slot->at});
    }
    void clear() {
        ordered_.clear();
        slots_.clear();
    }

    /// Stored as a map is.
    template <class Archive>
    void serialize(Archive& archive) {
        archive(ordered_);
        if constexpr (Archive::is_loading::value) index();
    }

private:
    struct Slot {
        std::uint32_t hash = 0;
        bool taken = false;
        iterator at{};
    };

    std::size_t mask() const { return slots_.size() - 1; }

    static std::uint32_t hash_of(const Key& key) {
        const std::uint64_t hash = name_hash(key);
        return static_cast<std::uint32_t>(hash ^ (hash >> 32));
    }

    /// The slot of the key, or the free one at which the search for it ends. @pre there are slots
    std::size_t index_of(const Key& key) const {
        const std::uint32_t hash = hash_of(key);
        std::size_t at = hash & mask();
        while (slots_[at].taken && (slots_[at].hash != hash || slots_[at].at->first != key))
            at = (at + 1) & mask();
        return at;
    }

    const Slot* slot_of(const Key& key) const {
        if (slots_.empty()) return nullptr;
        const Slot& slot = slots_[index_of(key)];
        return slot.taken ? &slot : nullptr;
    }

    /// Whoever stands behind a gap moves into it, unless that is before its own place.
    void remove(std::size_t gap) {
        for (std::size_t at = (gap + 1) & mask(); slots_[at].taken; at = (at + 1) & mask()) {
            const std::size_t home = slots_[at].hash & mask();
            if (((at - home) & mask()) < ((at - gap) & mask())) continue;
            slots_[gap] = slots_[at];
            gap = at;
        }
        slots_[gap] = {};
    }

    void put(Slot slot) {
        std::size_t at = slot.hash & mask();
        while (slots_[at].taken) at = (at + 1) & mask();
        slots_[at] = slot;
    }

    /// Three quarters full at most.
    void add(iterator made) {
        if (4 * ordered_.size() > 3 * slots_.size()) grow();
        put({hash_of(made->first), true, made});
    }

    /// To twice the size, without a look at the names.
    void grow() {
        const std::vector<Slot> all =
            std::exchange(slots_, std::vector<Slot>(std::max<std::size_t>(8, 2 * slots_.size())));
        for (const Slot& slot : all)
            if (slot.taken) put(slot);
    }

    void index() {
        std::size_t size = ordered_.empty() ? 0 : 8;
        while (3 * size < 4 * ordered_.size()) size *= 2;
        slots_.assign(size, Slot{});
        for (iterator each = ordered_.begin(); each != ordered_.end(); ++each)
            put({hash_of(each->first), true, each});
    }

    Ordered ordered_;
    std::vector<Slot> slots_;
};

}  // namespace dutylog
