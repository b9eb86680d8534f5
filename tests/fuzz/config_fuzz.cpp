// Reads any text as a configuration. What is taken gives the same tables a second time; what is
// refused says where, in both languages.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/config/config.hpp"
#include "adapters/config/duration.hpp"
#include "adapters/config/toml.hpp"

using namespace dutylog;

namespace {

std::size_t size_of(const config::Table& table) {
    std::size_t size = 1;
    for (const auto& [key, node] : table.entries) {
        if (node.place.line == 0 || node.key.line == 0) std::abort();
        const auto* inner = std::get_if<config::Table>(&node.value);
        size += inner == nullptr ? 1 : size_of(*inner);
    }
    return size;
}

void read_sections(const config::Table& table) {
    std::vector<config::Problem> problems;
    config::TableReader reader{table, "", problems};
    for (auto& [name, section] : reader.tables()) {
        section.whole("port", 1, 1, 10);
        section.time("time", seconds(1), {}, hours(1));
        section.file("secret_file");
        section.texts("to");
        section.end();
    }
    for (const config::Problem& problem : problems)
        if (problem.what.en.empty() || problem.what.zh_cn.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto time = config::parse_duration(text))
        if (config::parse_duration(config::to_text(*time)) != time) std::abort();
    try {
        const config::Table table = config::parse_toml(text, "x.toml");
        if (size_of(table) != size_of(config::parse_toml(text, "x.toml"))) std::abort();
        read_sections(table);
    } catch (const config::BadConfiguration& bad) {
        if (bad.problems().empty() || bad.problems().front().help.en.empty()) std::abort();
    }
    return 0;
}
