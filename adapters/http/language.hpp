#pragma once

#include <string_view>

#include "engine/core/text.hpp"

namespace dutylog::http {

/// The language of ours that the reader wants most (RFC 9110 section 12.5.4): any `zh` is taken as
/// zh-CN, any `en` as en; other languages, and a field that is no list of weights, say nothing.
Language choose_language(std::string_view accept_language, Language otherwise);

/// `zh-CN` or `en`.
std::string_view tag_of(Language language);

}  // namespace dutylog::http
