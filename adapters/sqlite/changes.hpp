#pragma once

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/core/instant.hpp"

namespace dutylog::sqlite {

/// Unsettled changes by key; nothing stands for a dropped entry. Keys and values are views into the
/// effect rows, which are kept until they are settled: a change costs no memory of its own.
template <class View>
using Changes = boost::unordered_flat_map<std::string_view, std::optional<View>>;

/// The changes in key order, so that settling touches every page of a table once.
template <class View>
std::vector<const std::pair<const std::string_view, std::optional<View>>*> in_key_order(
    const Changes<View>& changes) {
    std::vector<const std::pair<const std::string_view, std::optional<View>>*> sorted;
    sorted.reserve(changes.size());
    for (const auto& change : changes) sorted.push_back(&change);
    std::ranges::sort(sorted, {}, [](const auto* change) { return change->first; });
    return sorted;
}

/// Unsettled changes of a table that is read by (due, key). The order is kept as a heap in which
/// places that no longer hold are passed over, since most changes are never read in order.
template <class View>
class DueChanges {
public:
    void set(const View& entry) {
        by_key_[entry.key] = entry;
        by_due_.push_back({entry.due, entry.key});
        std::ranges::push_heap(by_due_, later);
    }
    void drop(std::string_view key) { by_key_[key].reset(); }
    void forget(std::string_view key) { by_key_.erase(key); }
    void clear() {
        by_due_.clear();
        by_key_.clear();
    }
    const Changes<View>& by_key() const { return by_key_; }

    /// Lays the changes over what a table says, both by (due, key), up to a limit.
    /// @param read  gives the next entry of the table that is due by `until`; nothing at the end
    /// @param take  is given each entry of the merged list
    template <class Read, class Take>
    void merge(Instant until, std::size_t limit, Read read, Take take) {
        std::size_t taken = 0;
        std::vector<Place> used;
        const auto take_changes_before = [&](const Place& end) {
            for (; taken < limit && next() && by_due_.front() < end; ++taken) {
                take(*by_key_.find(by_due_.front().key)->second);
                used.push_back(pop());
            }
        };
        while (taken < limit) {
            std::optional<View> stored = read();
            while (stored && by_key_.contains(stored->key)) stored = read();
            if (!stored) break;
            take_changes_before({stored->due, stored->key});
            if (taken++ < limit) take(*stored);
        }
        take_changes_before({{until.micros}, std::string_view{}, true});
        for (const Place& place : used) {
            by_due_.push_back(place);
            std::ranges::push_heap(by_due_, later);
        }
    }

private:
    struct Place {
        Instant due;
        std::string_view key;
        bool after_all_keys = false;
        friend bool operator<(const Place& a, const Place& b) {
            return std::tie(a.due, a.after_all_keys, a.key) <
                   std::tie(b.due, b.after_all_keys, b.key);
        }
    };
    static bool later(const Place& a, const Place& b) { return b < a; }

    /// Passes over places that no longer hold. @returns whether there is one that does
    bool next() {
        while (!by_due_.empty() && !holds(by_due_.front())) pop();
        return !by_due_.empty();
    }
    bool holds(const Place& place) const {
        const auto found = by_key_.find(place.key);
        // Compared by address too: setting the same due again leaves one place, not two.
        return found != by_key_.end() && found->second && found->second->due == place.due &&
               found->second->key.data() == place.key.data();
    }
    Place pop() {
        std::ranges::pop_heap(by_due_, later);
        const Place place = by_due_.back();
        by_due_.pop_back();
        return place;
    }

    Changes<View> by_key_;
    std::vector<Place> by_due_;
};

}  // namespace dutylog::sqlite
