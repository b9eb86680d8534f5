#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <map>
#include <stdexcept>
#include <utility>

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
        const auto found = names_.find(wanted(key));
        return found == names_.end() ? ordered_.end() : found->at;
    }
    const_iterator find(const Key& key) const {
        const auto found = names_.find(wanted(key));
        return found == names_.end() ? ordered_.end() : const_iterator{found->at};
    }
    bool contains(const Key& key) const { return names_.contains(wanted(key)); }
    /// @throws std::out_of_range
    const Value& at(const Key& key) const {
        const auto found = names_.find(wanted(key));
        if (found == names_.end()) throw std::out_of_range{"a name that is not in the map"};
        return found->at->second;
    }

    std::pair<iterator, bool> try_emplace(const Key& key) {
        if (const iterator known = find(key); known != ordered_.end()) return {known, false};
        const iterator made = ordered_.try_emplace(key).first;
        names_.insert({name_hash(key), made});
        return {made, true};
    }
    Value& operator[](const Key& key) { return try_emplace(key).first->second; }
    iterator erase(const_iterator at) {
        names_.erase(wanted(at->first));
        return ordered_.erase(at);
    }
    void erase(const Key& key) {
        if (const iterator known = find(key); known != ordered_.end()) erase(known);
    }
    void clear() {
        names_.clear();
        ordered_.clear();
    }

    /// Stored as a map is.
    template <class Archive>
    void serialize(Archive& archive) {
        archive(ordered_);
        if constexpr (Archive::is_loading::value) index();
    }

private:
    /// A name that stands in the map. Its hash is kept, so that growing looks at no name.
    struct Name {
        std::uint64_t hash;
        iterator at;
    };
    struct Wanted {
        std::uint64_t hash;
        const Key& key;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(const auto& name) const { return name.hash; }
    };
    struct Same {
        using is_transparent = void;
        bool operator()(const Name& a, const Name& b) const { return a.at == b.at; }
        bool operator()(const Wanted& a, const Name& b) const {
            return a.hash == b.hash && a.key == b.at->first;
        }
        bool operator()(const Name& a, const Wanted& b) const { return (*this)(b, a); }
    };

    static Wanted wanted(const Key& key) { return {name_hash(key), key}; }

    void index() {
        names_.clear();
        names_.reserve(ordered_.size());
        for (iterator each = ordered_.begin(); each != ordered_.end(); ++each)
            names_.insert({name_hash(each->first), each});
    }

    Ordered ordered_;
    boost::unordered_flat_set<Name, Hash, Same> names_;
};

}  // namespace dutylog
