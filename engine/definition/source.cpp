#include "engine/definition/source.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace dutylog::definition {

namespace {

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

}  // namespace

LineMap::LineMap(std::string_view text) : text_{text}, starts_{0} {
    for (std::size_t at = 0; at < text.size(); ++at)
        if (text[at] == '\n') starts_.push_back(static_cast<std::uint32_t>(at + 1));
}

Place LineMap::place(std::uint32_t offset) const {
    offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const std::uint32_t start = *(after - 1);
    Place place{static_cast<std::uint32_t>(after - starts_.begin()), 1};
    for (std::uint32_t at = start; at < offset; ++at)
        if (!is_continuation(text_[at])) ++place.column;
    return place;
}

std::uint32_t LineMap::offset(Place place) const {
    if (place.line > line_count()) return static_cast<std::uint32_t>(text_.size());
    const std::string_view content = line(place.line);
    std::uint32_t column = 1;
    std::uint32_t at = 0;
    for (; at < content.size(); ++at) {
        if (is_continuation(content[at])) continue;
        if (column == place.column) break;
        ++column;
    }
    return line_start(place.line) + at;
}

std::string_view LineMap::line(std::uint32_t number) const {
    if (number == 0 || number > line_count()) return {};
    const std::uint32_t start = starts_[number - 1];
    std::string_view rest = text_.substr(start);
    rest = rest.substr(0, rest.find('\n'));
    if (rest.ends_with('\r')) rest.remove_suffix(1);
    return rest;
}

std::uint32_t LineMap::line_start(std::uint32_t number) const {
    if (number == 0) return 0;
    return number > line_count() ? static_cast<std::uint32_t>(text_.size()) : starts_[number - 1];
}

std::size_t valid_utf8_length(std::string_view text) {
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    std::size_t at = 0;
    while (at < text.size()) {
        if (static_cast<unsigned char>(text[at]) < 0x80U) {
            ++at;
            continue;
        }
        utf8proc_int32_t point = 0;
        const auto used =
            utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &point);
        if (used <= 0) return at;
        at += static_cast<std::size_t>(used);
    }
    return at;
}

}  // namespace dutylog::definition
