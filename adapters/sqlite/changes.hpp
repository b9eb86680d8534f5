#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/core/instant.hpp"

namespace dutylog::sqlite {

/// Unsettled changes of a table by key; nothing stands for a dropped entry. They are durable as
/// bytes in the table `unsettled` and kept here until they are settled.
template <class T>
using Changes = std::unordered_map<std::string, std::optional<T>>;

/// Unsettled changes of a table that is read by (due, key).
template <class T>
class DueChanges {
public:
    void set(const std::string& key, const T& entry) {
        auto& [name, current] = *by_key_.try_emplace(key).first;
        if (current) by_due_.erase({current->due, name});
        current = entry;
        by_due_.emplace(entry.due, name);
    }
    void drop(const std::string& key) {
        auto& [name, current] = *by_key_.try_emplace(key).first;
        if (current) by_due_.erase({current->due, name});
        current.reset();
    }
    void clear() {
        by_due_.clear();
        by_key_.clear();
    }
    const Changes<T>& by_key() const { return by_key_; }
    /// What stands, by (due, key); the names live in `by_key`.
    const std::set<std::pair<Instant, std::string_view>>& by_due() const { return by_due_; }

private:
    Changes<T> by_key_;
    std::set<std::pair<Instant, std::string_view>> by_due_;
};

/// Lays changes over what a table says, both by (due, key), up to a limit.
/// @param read  gives the next entry of the table that is due by `until`, or nothing at the end
template <class T, class Read, class KeyOf>
std::vector<T> merge_due(const DueChanges<T>& changes, Instant until, std::size_t limit, Read read,
                         KeyOf key_of) {
    std::vector<T> merged;
    auto change = changes.by_due().begin();
    const auto take_change = [&] {
        merged.push_back(*changes.by_key().find(std::string{change->second})->second);
        ++change;
    };
    const auto stands_before = [&](Instant due, std::string_view key) {
        return change != changes.by_due().end() && *change < std::pair{due, key};
    };
    while (merged.size() < limit) {
        std::optional<T> stored = read();
        while (stored && changes.by_key().contains(key_of(*stored))) stored = read();
        if (!stored) break;
        while (stands_before(stored->due, key_of(*stored)) && merged.size() < limit) take_change();
        if (merged.size() < limit) merged.push_back(std::move(*stored));
    }
    while (change != changes.by_due().end() && change->first <= until && merged.size() < limit)
        take_change();
    return merged;
}

/// The changes in key order, so that settling touches every page of a table once.
template <class T>
std::vector<const typename std::unordered_map<std::string, T>::value_type*> in_key_order(
    const std::unordered_map<std::string, T>& changes) {
    std::vector<const typename std::unordered_map<std::string, T>::value_type*> sorted;
    sorted.reserve(changes.size());
    for (const auto& change : changes) sorted.push_back(&change);
    std::ranges::sort(sorted, {},
                      [](const auto* change) -> const std::string& { return change->first; });
    return sorted;
}

}  // namespace dutylog::sqlite
