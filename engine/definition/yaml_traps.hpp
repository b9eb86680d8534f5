#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/definition/diagnostic.hpp"
#include "engine/definition/yaml.hpp"

/// What is right for YAML but not what its writer meant, and the places where comments stand.
namespace dutylog::definition {

/// Bytes of a scalar without its quotes.
struct ScalarPlace {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
};

/// Control characters and byte order marks inside the text. @returns whether none was found
bool check_characters(const SourceFile& file, Diagnostics& out);

/// @returns whether a line is indented with a tab; the first one is reported
bool report_tabs(const SourceFile& file, Diagnostics& out);
/// @returns whether the text begins with a `%` directive
bool report_directive(const SourceFile& file, Diagnostics& out);

/// Looks at the line where reading failed, and the two before it, for the usual reasons.
/// @returns whether one was found and reported
bool report_trap_near(const SourceFile& file, const LineMap& lines, std::uint32_t line,
                      Diagnostics& out);

/// Reports full-width marks, missing blanks and split texts, and takes the broken entries out.
void report_traps(const SourceFile& file, Node& root, Diagnostics& out);

/// @param scalars  in order of the text; a `#` inside one is no comment
std::vector<Comment> comments_of(std::string_view text, const std::vector<ScalarPlace>& scalars);

}  // namespace dutylog::definition
