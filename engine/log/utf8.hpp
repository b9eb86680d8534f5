#pragma once

#include <string_view>

namespace dutylog::log {

/// Well-formed UTF-8 as the Unicode standard defines it: no overlong forms, no surrogates.
bool is_utf8(std::string_view text);
/// Whether UTF-8 text holds a character that Unicode calls a space, or an ASCII control character.
/// Ill-formed text counts as holding one.
bool has_space_or_control(std::string_view text);

}  // namespace dutylog::log
