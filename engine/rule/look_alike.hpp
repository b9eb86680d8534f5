#pragma once

#include <optional>
#include <string>

namespace dutylog::rule {

/// What to type instead of a character that looks like one of the grammar, as Chinese input methods
/// and word processors write it: `，` for `,`, `“` for `"`, `≥` for `>=`, a full-width blank.
std::optional<std::string> look_alike(char32_t code);

}  // namespace dutylog::rule
