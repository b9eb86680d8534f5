#include "adapters/config/toml.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace dutylog::config {

namespace {

Place place_of(const toml::source_region& region, const std::string& name) {
    return {name, region.begin.line, region.begin.column};
}

Node node_of(const toml::node& found, const std::string& name, std::size_t level);

[[noreturn]] void fail(Place place, Text what, Text help) {
    throw BadConfiguration{{Problem{std::move(place), std::move(what), std::move(help)}}};
}

Table table_of(const toml::table& found, const std::string& name, std::size_t level) {
    if (level > file_limits::levels_max)
        fail(place_of(found.source(), name),
             words(fmt::format("expected at most {} tables within each other",
                               file_limits::levels_max),
                   fmt::format("表的嵌套应不超过 {} 层", file_limits::levels_max)),
             words("No setting is that deep; see docs/dutylog.example.toml.",
                   "没有这样深的设置；参见 docs/dutylog.example.toml。"));
    Table table{place_of(found.source(), name), {}};
    for (const auto& [key, value] : found) {
        Node node = node_of(value, name, level);
        node.key = place_of(key.source(), name);
        table.entries.emplace(std::string{key.str()}, std::move(node));
    }
    return table;
}

Other other_of(const toml::node& found) {
    std::ostringstream text;
    text << toml::node_view<const toml::node>{found};
    return {text.str()};
}

Node node_of(const toml::node& found, const std::string& name, std::size_t level) {
    const Place place = place_of(found.source(), name);
    Node node{place, place, {}};
    if (const auto* text = found.as_string()) {
        node.value = text->get();
    } else if (const auto* whole = found.as_integer()) {
        node.value = whole->get();
    } else if (const auto* truth = found.as_boolean()) {
        node.value = truth->get();
    } else if (const auto* table = found.as_table()) {
        node.value = table_of(*table, name, level + 1);
    } else if (const auto* array = found.as_array()) {
        List list;
        for (const toml::node& each : *array) list.push_back(node_of(each, name, level));
        node.value = std::move(list);
    } else {
        node.value = other_of(found);
    }
    return node;
}

/// The parser goes down a step of the stack for each dot of a key, so lines are kept short.
void check_lines(std::string_view text, const std::string& name) {
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = text.substr(0, text.find('\n'));
        if (line.size() > file_limits::line_bytes_max)
            fail({name, number, 1},
                 words(fmt::format("expected a line of at most {} bytes, found {}",
                                   file_limits::line_bytes_max, line.size()),
                       fmt::format("每行应不超过 {} 字节，实为 {}", file_limits::line_bytes_max,
                                   line.size())),
                 words("Put the elements of a long list on lines of their own.",
                       "请将长列表的元素分行书写。"));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
}

}  // namespace

Table parse_toml(std::string_view text, const std::string& name) {
    check_lines(text, name);
    try {
        return table_of(toml::parse(text), name, 0);
    } catch (const toml::parse_error& error) {
        const std::string why{error.description()};
        throw BadConfiguration{
            {Problem{place_of(error.source(), name),
                     words("this is no TOML: " + why, "不符合 TOML 格式：" + why),
                     words("Text values stand in quotes, and each line is KEY = VALUE; see "
                           "docs/dutylog.example.toml.",
                           "文本值须加引号，每行为 键 = 值；参见 docs/dutylog.example.toml。")}}};
    }
}

Table read_toml(const std::string& path) {
    std::error_code ignored;  // what matters is said when reading fails
    errno = std::filesystem::is_directory(path, ignored) ? EISDIR : 0;
    std::ifstream in;
    if (errno == 0) in.open(path, std::ios::binary);
    std::string text;
    char part[65536];
    while (in.is_open() && text.size() <= file_limits::bytes_max &&
           (in.read(part, sizeof part) || in.gcount() > 0))
        text.append(part, static_cast<std::size_t>(in.gcount()));
    if (!in.is_open() || in.bad()) {
        const std::string why = std::strerror(errno == 0 ? EIO : errno);
        fail({path}, words("cannot be read: " + why, "无法读取：" + why),
             words("Name a file that exists and may be read with --config or DUTYLOG_CONFIG.",
                   "请用 --config 或 DUTYLOG_CONFIG 指定存在且可读的文件。"));
    }
    if (text.size() > file_limits::bytes_max)
        fail({path},
             words(fmt::format("expected at most {} KiB", file_limits::bytes_max >> 10),
                   fmt::format("应不超过 {} KiB", file_limits::bytes_max >> 10)),
             words("A configuration is a page or two; is this the right file?",
                   "配置通常只有一两页；是否选错了文件？"));
    return parse_toml(text, path);
}

}  // namespace dutylog::config
