#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/digest.hpp"

namespace dutylog::definition {

/// One text of a bundle: kind, path, SHA-256 of the source, SHA-256 of the canonical form.
struct ManifestLine {
    std::string kind;  ///< library, definition, table, calendar, zones
    std::string path;
    Digest source;
    Digest canonical;  ///< of the source again, for calendars and zones

    friend auto operator<=>(const ManifestLine&, const ManifestLine&) = default;
};

/// The lines, sorted; the SHA-256 of the text names the bundle.
std::string manifest_text(std::vector<ManifestLine> lines);
/// @returns nothing for other text
std::optional<std::vector<ManifestLine>> parse_manifest(std::string_view text);

}  // namespace dutylog::definition
