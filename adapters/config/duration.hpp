#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/core/instant.hpp"

namespace dutylog::config {

/// Reads `250 ms`, `30 s`, `5 min`, `2 h`, `14 d` (of 24 hours); the blank may be left out.
/// @returns nothing for other texts, and for more than ten years
std::optional<Elapsed> parse_duration(std::string_view text);

/// In the largest unit that divides it: `5 min`.
std::string to_text(Elapsed time);

}  // namespace dutylog::config
