#include "adapters/http/weighted_list.hpp"

#include <optional>

#include "adapters/http/characters.hpp"

namespace dutylog::http {

namespace {

constexpr std::size_t items_max = 32;

/// `0`, `0.25`, `1.000`.
std::optional<int> read_weight(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return {};
    if (text.size() > 1 && text[1] != '.') return {};
    int weight = text[0] - '0';
    for (std::size_t i = 2; i < 5; ++i) {
        const char digit = i < text.size() ? text[i] : '0';
        if (!digits.has(digit)) return {};
        weight = weight * 10 + (digit - '0');
    }
    return weight <= 1000 ? std::optional{weight} : std::nullopt;
}

std::optional<Weighted> read_item(std::string_view text) {
    const auto end = text.find(';');
    Weighted read{trimmed(text.substr(0, end))};
    while (text.find(';') != std::string_view::npos) {
        text.remove_prefix(text.find(';') + 1);
        const auto parameter = trimmed(text.substr(0, text.find(';')));
        if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) continue;
        const auto weight = read_weight(parameter.substr(2));
        if (!weight) return {};
        read.weight = *weight;
    }
    return read.item.empty() ? std::nullopt : std::optional{read};
}

}  // namespace

std::vector<Weighted> read_weighted_list(std::string_view list) {
    std::vector<Weighted> items;
    each_item(list, [&](std::string_view text) {
        if (items.size() == items_max) return;
        if (const auto item = read_item(text)) items.push_back(*item);
    });
    return items;
}

}  // namespace dutylog::http
