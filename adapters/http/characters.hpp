#pragma once

#include <array>
#include <string>
#include <string_view>

namespace dutylog::http {

/// A set of bytes that is looked up by index.
class ByteSet {
public:
    constexpr explicit ByteSet(std::string_view members) {
        for (const char c : members) in_.at(static_cast<unsigned char>(c)) = true;
    }
    constexpr bool has(char c) const { return in_[static_cast<unsigned char>(c)]; }
    constexpr bool has_all(std::string_view text) const {
        for (const char c : text)
            if (!has(c)) return false;
        return true;
    }

private:
    std::array<bool, 256> in_{};
};

#define DUTYLOG_ALNUM "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
/// RFC 9110 section 5.6.2.
inline constexpr ByteSet token_chars{DUTYLOG_ALNUM "!#$%&'*+-.^_`|~"};
/// What a path or a query may hold (RFC 3986 section 3.3 and 3.4); `%` is looked at apart.
inline constexpr ByteSet target_chars{DUTYLOG_ALNUM "-._~!$&'()*+,;=:@/?%"};
/// A registered name or an IPv4 address (RFC 3986 section 3.2.2), without percent-encoding.
inline constexpr ByteSet host_chars{DUTYLOG_ALNUM "-._~"};
inline constexpr ByteSet digits{"0123456789"};
inline constexpr ByteSet hex_digits{"0123456789abcdefABCDEF"};
#undef DUTYLOG_ALNUM

inline constexpr bool is_token(std::string_view text) {
    return !text.empty() && token_chars.has_all(text);
}

inline constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

inline std::string lower(std::string_view text) {
    std::string out{text};
    for (char& c : out) c = lower(c);
    return out;
}

inline constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

/// Without the blanks and tabs at both ends.
inline constexpr std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Calls `take` with each item of a comma-separated list, trimmed; empty items too.
template <class Take>
void each_item(std::string_view list, Take&& take) {
    for (;;) {
        const auto comma = list.find(',');
        take(trimmed(list.substr(0, comma)));
        if (comma == std::string_view::npos) return;
        list.remove_prefix(comma + 1);
    }
}

}  // namespace dutylog::http
