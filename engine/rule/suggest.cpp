#include "engine/rule/suggest.hpp"

#include <algorithm>
#include <tuple>

#include "engine/rule/utf8.hpp"

namespace dutylog::rule {

namespace {

constexpr std::size_t distance_max = 2;
constexpr std::size_t suggestions_max = 3;
constexpr std::size_t word_size_max = 128;  // bytes; longer words are never a slip of the pen

using Row = std::vector<std::size_t>;

std::size_t distance_allowed(std::size_t letters) {
    if (letters <= 3) return letters <= 1 ? 0 : 1;
    return distance_max;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
    const std::u32string from = characters(a);
    const std::u32string to = characters(b);
    Row before(to.size() + 1);
    Row last(to.size() + 1);
    Row row(to.size() + 1);
    for (std::size_t j = 0; j <= to.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= from.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t changed = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
            row[j] = std::min({changed, last[j] + 1, row[j - 1] + 1});
            const bool swapped =
                i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[to.size()];
}

std::vector<std::string> suggestions(std::string_view word,
                                     std::span<const std::string> candidates) {
    if (word.size() > word_size_max) return {};
    const std::size_t allowed = distance_allowed(characters(word).size());
    std::vector<std::tuple<std::size_t, std::string>> near;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > word.size() + 4 * distance_max || candidate == word) continue;
        const std::size_t distance = edit_distance(word, candidate);
        if (distance <= allowed) near.emplace_back(distance, candidate);
    }
    std::ranges::sort(near);
    near.erase(std::unique(near.begin(), near.end()), near.end());
    std::vector<std::string> nearest;
    for (auto& [distance, candidate] : near)
        if (nearest.size() < suggestions_max) nearest.push_back(std::move(candidate));
    return nearest;
}

}  // namespace dutylog::rule
