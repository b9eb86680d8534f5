#include "engine/definition/yaml.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/yaml_events.hpp"
#include "engine/definition/yaml_traps.hpp"

namespace dutylog::definition {

std::uint32_t Located::at(std::uint32_t byte) const {
    if (offsets.empty()) return std::min(from + byte, std::max(from, to));
    return byte < offsets.size() ? offsets[byte] : to;
}

Located Located::part(std::size_t begin, std::size_t length) const {
    Located out{
        at(static_cast<std::uint32_t>(begin)), at(static_cast<std::uint32_t>(begin + length)), {}};
    if (!offsets.empty() && begin < offsets.size())
        out.offsets.assign(offsets.begin() + static_cast<std::ptrdiff_t>(begin),
                           offsets.begin() + static_cast<std::ptrdiff_t>(
                                                 std::min(begin + length, offsets.size())));
    return out;
}

const Node* Node::find(std::string_view key) const {
    for (const Entry& entry : entries)
        if (entry.key.text == key) return &entry.value;
    return nullptr;
}

std::optional<YamlFile> read_yaml(const SourceFile& file, Diagnostics& out) {
    if (!check_bytes(file, YamlLimits::bytes_max, out)) return std::nullopt;
    if (report_tabs(file, out) || report_directive(file, out)) return std::nullopt;
    std::optional<YamlFile> yaml = read_yaml_events(file, out);
    if (!yaml) return std::nullopt;
    if (yaml->root.kind == Node::Kind::empty) {
        out.add("DL0019", {file.path, 0, 0});
        return std::nullopt;
    }
    report_traps(file, yaml->root, out);
    return yaml;
}

bool check_bytes(const SourceFile& file, std::size_t bytes_max, Diagnostics& out) {
    const std::string_view text = file.text;
    if (text.size() > bytes_max) {
        out.add("DL0003", {file.path, 0, 0},
                {{"bytes", std::to_string(text.size())}, {"limit", std::to_string(bytes_max)}});
        return false;
    }
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        out.add("DL0002", {file.path, 0, 2}, {{"found", "UTF-16"}});
        return false;
    }
    if (const std::size_t good = valid_utf8_length(text); good < text.size()) {
        const auto at = static_cast<std::uint32_t>(good);
        out.add("DL0001", {file.path, at, at + 1},
                {{"byte", fmt::format("0x{:02X}", static_cast<unsigned char>(text[good]))}});
        return false;
    }
    return check_characters(file, out);
}

std::size_t bom_length(std::string_view text) { return text.starts_with("\xEF\xBB\xBF") ? 3 : 0; }

}  // namespace dutylog::definition
