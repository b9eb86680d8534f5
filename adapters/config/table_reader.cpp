#include "adapters/config/table_reader.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "engine/rule/suggest.hpp"

namespace dutylog::config {

bool TableReader::has(std::string_view key) const {
    return table_->entries.contains(std::string{key});
}

const Node* TableReader::take(std::string_view key) {
    asked_.emplace(key);
    const auto found = table_->entries.find(std::string{key});
    return found == table_->entries.end() ? nullptr : &found->second;
}

std::string TableReader::full(std::string_view key) const {
    return name_.empty() ? std::string{key} : fmt::format("{}.{}", name_, key);
}

void TableReader::refuse_shape(std::string_view key, const Node& node, const Text& why) {
    const std::string named = full(key);
    problems_->push_back(
        {node.place,
         words(fmt::format("{}: {}", named, why.en), fmt::format("{}：{}", named, why.zh_cn)),
         words("Mend the value, or leave the line out where the default will do.",
               "请改正该值；若默认值适用，也可删去该行。")});
}

void TableReader::refuse(std::string_view key, Text what, Text help) {
    const auto found = table_->entries.find(std::string{key});
    const Place place = found == table_->entries.end() ? table_->place : found->second.place;
    const std::string named = full(key);
    problems_->push_back(
        {place,
         words(fmt::format("{}: {}", named, what.en), fmt::format("{}：{}", named, what.zh_cn)),
         std::move(help)});
}

std::optional<Fitting> TableReader::value(std::string_view key, const Shape& shape) {
    const Node* node = take(key);
    if (node == nullptr) return {};
    auto fitting = fit(shape, *node);
    if (!fitting) {
        refuse_shape(key, *node, fitting.error());
        return {};
    }
    if (shape.kind == Kind::file && !fitting->text.empty())
        fitting->text = beside(node->place.name, fitting->text);
    return std::move(*fitting);
}

std::string TableReader::text(std::string_view key, const std::string& initial) {
    const auto found = value(key, {Kind::text});
    return found ? found->text : initial;
}

std::string TableReader::needed(std::string_view key) { return needed(key, Kind::text); }

std::string TableReader::needed_file(std::string_view key) { return needed(key, Kind::file); }

std::string TableReader::needed(std::string_view key, Kind kind) {
    const std::size_t before = problems_->size();
    const auto found = value(key, {kind});
    if (found && !found->text.empty()) return found->text;
    if (problems_->size() == before)
        refuse(key, words("expected a text, found none", "应有文本值，但未给出"),
               words(fmt::format("Add `{} = \"…\"` under [{}].", key, name_),
                     fmt::format("请在 [{}] 下加上 `{} = \"…\"`。", name_, key)));
    return {};
}

std::string TableReader::file(std::string_view key) {
    const auto found = value(key, {Kind::file});
    return found ? found->text : std::string{};
}

std::int64_t TableReader::whole(std::string_view key, std::int64_t initial, std::int64_t least,
                                std::int64_t most) {
    const auto found = value(key, whole_number(least, most));
    return found ? found->number : initial;
}

Elapsed TableReader::time(std::string_view key, Elapsed initial, Elapsed least, Elapsed most) {
    const auto found = value(key, time_between(least, most));
    return found ? Elapsed{found->number} : initial;
}

bool TableReader::truth(std::string_view key, bool initial) {
    const auto found = value(key, {Kind::truth});
    return found ? found->number == 1 : initial;
}

std::string TableReader::choice(std::string_view key, const std::string& initial,
                                std::vector<std::string_view> choices) {
    const auto found = value(key, {Kind::choice, 0, 0, std::move(choices)});
    return found ? found->text : initial;
}

std::vector<std::string> TableReader::texts(std::string_view key) {
    const Node* node = take(key);
    if (node == nullptr) return {};
    const auto* list = std::get_if<List>(&node->value);
    const List single{*node};
    if (list == nullptr) list = &single;
    std::vector<std::string> all;
    for (const Node& each : *list) {
        auto fitting = fit({Kind::text}, each);
        if (fitting)
            all.push_back(std::move(fitting->text));
        else
            refuse_shape(key, each, fitting.error());
    }
    return all;
}

std::optional<TableReader> TableReader::table(std::string_view key) {
    const Node* node = take(key);
    if (node == nullptr) return {};
    if (const auto* table = std::get_if<Table>(&node->value))
        return TableReader{*table, full(key), *problems_};
    refuse(key, words("expected a table, found a single value", "应为一个表，实为单个值"),
           words(fmt::format("Write [{}] on a line of its own, and its keys below.", full(key)),
                 fmt::format("请单起一行写 [{}]，其下再写各键。", full(key))));
    return {};
}

std::vector<std::pair<std::string, TableReader>> TableReader::tables() {
    std::vector<std::pair<std::string, TableReader>> all;
    for (const auto& [key, node] : table_->entries)
        if (auto reader = table(key)) all.emplace_back(key, std::move(*reader));
    return all;
}

void TableReader::end() {
    const std::vector<std::string> known{asked_.begin(), asked_.end()};
    for (const auto& [key, node] : table_->entries) {
        if (asked_.contains(key)) continue;
        const auto near = rule::suggestions(key, known);
        const Text help = near.empty()
                              ? words("Take it out; docs/dutylog.example.toml has every key.",
                                      "请删去；docs/dutylog.example.toml 列有全部键。")
                              : words(fmt::format("Did you mean `{}`?", near.front()),
                                      fmt::format("是否指 `{}`？", near.front()));
        problems_->push_back({node.key,
                              words(fmt::format("there is no key `{}`", full(key)),
                                    fmt::format("没有键 `{}`", full(key))),
                              help});
    }
}

std::string beside(const std::string& from, const std::string& name) {
    return (std::filesystem::path{from}.parent_path() / name).lexically_normal().string();
}

}  // namespace dutylog::config
