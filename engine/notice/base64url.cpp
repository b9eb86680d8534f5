#include "engine/notice/base64url.hpp"

#include <algorithm>

#include "engine/log/base64.hpp"

namespace dutylog::notice {

std::string to_base64url(BytesView bytes) {
    std::string text = log::to_base64(bytes);
    while (text.ends_with('=')) text.pop_back();
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
}

std::optional<Bytes> parse_base64url(std::string_view text) {
    if (text.find_first_of("+/=") != std::string_view::npos) return std::nullopt;
    std::string standard{text};
    std::replace(standard.begin(), standard.end(), '-', '+');
    std::replace(standard.begin(), standard.end(), '_', '/');
    standard.append((4 - standard.size() % 4) % 4, '=');
    return log::parse_base64(standard);
}

}  // namespace dutylog::notice
