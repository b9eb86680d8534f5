#include "engine/notice/plain_text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cassert>

namespace dutylog::notice {

namespace {

constexpr std::string_view ellipsis = "…";

struct Character {
    utf8proc_int32_t code = -1;  ///< negative: no UTF-8
    std::size_t bytes = 1;
};

Character first_of(std::string_view text) {
    Character character;
    const auto read = utf8proc_iterate(
        reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
        static_cast<utf8proc_ssize_t>(std::min<std::size_t>(text.size(), 4)), &character.code);
    if (read > 0) character.bytes = static_cast<std::size_t>(read);
    return character;
}

bool is_blank(utf8proc_int32_t code) {
    const auto category = utf8proc_category(code);
    return (code >= '\t' && code <= '\r') || code == 0x85 || category == UTF8PROC_CATEGORY_ZS ||
           category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

bool is_left_out(utf8proc_int32_t code) {
    const bool turns_direction = code == 0x200e || code == 0x200f || code == 0x61c ||
                                 (code >= 0x202a && code <= 0x202e) ||
                                 (code >= 0x2066 && code <= 0x2069);
    return turns_direction || code == 0xfeff || utf8proc_category(code) == UTF8PROC_CATEGORY_CC;
}

/// Where the grapheme clusters of a text end, one after the other.
class Clusters {
public:
    explicit Clusters(std::string_view text) : text_{text} {}

    /// The number of bytes of the next cluster; 0 at the end of the text.
    std::size_t next(std::size_t& code_points) {
        std::size_t bytes = 0;
        code_points = 0;
        while (at_ < text_.size()) {
            const Character character = first_of(text_.substr(at_));
            if (bytes > 0 && breaks_before(character.code)) break;
            previous_ = character.code;
            bytes += character.bytes;
            at_ += character.bytes;
            ++code_points;
        }
        state_ = 0;
        return bytes;
    }

private:
    bool breaks_before(utf8proc_int32_t code) {
        return code < 0 || previous_ < 0 ||
               utf8proc_grapheme_break_stateful(previous_, code, &state_);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    utf8proc_int32_t previous_ = -1;
    utf8proc_int32_t state_ = 0;
};

/// The longest beginning of whole clusters whose measure stays within `limit`.
template <class Measure>
std::size_t fitting(std::string_view text, std::size_t limit, Measure measure) {
    Clusters clusters{text};
    std::size_t kept = 0;
    std::size_t used = 0;
    for (;;) {
        std::size_t code_points = 0;
        const std::size_t bytes = clusters.next(code_points);
        if (bytes == 0) return kept;
        used += measure(bytes, code_points);
        if (used > limit) return kept;
        kept += bytes;
    }
}

template <class Measure>
std::string clip(std::string_view text, std::size_t limit, std::size_t ellipsis_size,
                 Measure measure) {
    assert(limit >= ellipsis_size);
    if (fitting(text, limit, measure) == text.size()) return std::string{text};
    const std::size_t kept = fitting(text, limit - ellipsis_size, measure);
    return std::string{text.substr(0, kept)}.append(ellipsis);
}

}  // namespace

std::string one_line(std::string_view text) {
    std::string line;
    bool blank = false;
    while (!text.empty()) {
        const Character character = first_of(text);
        const std::string_view bytes = text.substr(0, character.bytes);
        text.remove_prefix(character.bytes);
        if (character.code >= 0 && is_blank(character.code)) {
            blank = !line.empty();
            continue;
        }
        if (character.code >= 0 && is_left_out(character.code)) continue;
        if (blank) line += ' ';
        blank = false;
        line.append(character.code < 0 ? std::string_view{"\xef\xbf\xbd"} : bytes);
    }
    return line;
}

std::string clip_bytes(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return std::string{text};
    return clip(text, bytes_max, ellipsis.size(),
                [](std::size_t bytes, std::size_t) { return bytes; });
}

std::string clip_characters(std::string_view text, std::size_t characters_max) {
    return clip(text, characters_max, 1,
                [](std::size_t, std::size_t code_points) { return code_points; });
}

}  // namespace dutylog::notice
