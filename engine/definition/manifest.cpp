#include "engine/definition/manifest.hpp"

#include <algorithm>

namespace dutylog::definition {

std::string manifest_text(std::vector<ManifestLine> lines) {
    std::ranges::sort(lines);
    std::string text;
    for (const ManifestLine& line : lines)
        text += line.kind + " " + line.path + " " + to_hex(line.source) + " " +
                to_hex(line.canonical) + "\n";
    return text;
}

std::optional<std::vector<ManifestLine>> parse_manifest(std::string_view text) {
    std::vector<ManifestLine> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) return std::nullopt;
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end + 1);
        // The path may hold blanks: the kind is the first word, the digests are the last two.
        const std::size_t first = line.find(' ');
        const std::size_t last = line.rfind(' ');
        if (first == std::string_view::npos || last <= first) return std::nullopt;
        const std::size_t middle = line.rfind(' ', last - 1);
        if (middle == std::string_view::npos || middle <= first) return std::nullopt;
        const auto source = parse_digest(line.substr(middle + 1, last - middle - 1));
        const auto canonical = parse_digest(line.substr(last + 1));
        if (!source || !canonical) return std::nullopt;
        lines.push_back({std::string{line.substr(0, first)},
                         std::string{line.substr(first + 1, middle - first - 1)}, *source,
                         *canonical});
    }
    return lines;
}

}  // namespace dutylog::definition
