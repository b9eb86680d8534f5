#include "adapters/http/target.hpp"

#include <charconv>

#include "adapters/http/characters.hpp"
#include "engine/log/utf8.hpp"

namespace dutylog::http {

namespace {

std::unexpected<Problem> bad_path(const char* en, const char* zh_cn) {
    return std::unexpected{problem("bad_path", {zh_cn, en})};
}

constexpr const char* encoding_en = "A target is UTF-8 text without control characters.";
constexpr const char* encoding_zh = "目标须为不含控制字符的 UTF-8 文本。";

std::expected<void, Problem> read_path(Target& target, std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(1);  // its slash
        const auto end = std::min(path.find('/'), path.size());
        auto segment = percent_decoded(path.substr(0, end));
        if (!segment) return bad_path(encoding_en, encoding_zh);
        const bool alone = target.path.empty() && end == path.size();
        if (*segment == "." || *segment == ".." || (segment->empty() && !alone))
            return bad_path("A path has no empty segments, `.` or `..`.",
                            "路径不得含空段、`.` 或 `..`。");
        if (target.path.size() == segments_max)
            return bad_path("The path has too many segments.", "路径段过多。");
        target.path.push_back(std::move(*segment));
        path.remove_prefix(end);
    }
    return {};
}

/// `+` is a plus: a blank is `%20`, as RFC 3986 has it.
std::expected<void, Problem> read_query(Target& target, std::string_view query) {
    while (!query.empty()) {
        const auto field = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(field.size() + 1, query.size()));
        if (field.empty()) continue;
        const auto equals = field.find('=');
        auto name = percent_decoded(field.substr(0, equals));
        auto value = percent_decoded(equals == std::string_view::npos ? std::string_view{}
                                                                      : field.substr(equals + 1));
        if (!name || !value) return bad_path(encoding_en, encoding_zh);
        if (target.query.size() == query_fields_max)
            return bad_path("The query has too many parameters.", "查询参数过多。");
        target.query.emplace_back(std::move(*name), std::move(*value));
    }
    return {};
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned char c = static_cast<unsigned char>(text[i]);
        if (c == '%') {
            if (i + 2 >= text.size()) return {};
            const auto* digits_end = text.data() + i + 3;
            const auto read = std::from_chars(text.data() + i + 1, digits_end, c, 16);
            if (read.ec != std::errc{} || read.ptr != digits_end) return {};
            i += 2;
        }
        if (c < 0x20 || c == 0x7f) return {};
        out += static_cast<char>(c);
    }
    if (!log::is_utf8(out)) return {};
    return out;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    constexpr ByteSet plain{"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"};
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (plain.has(c))
            out += c;
        else
            (out += '%') += {hex[byte >> 4U], hex[byte & 15U]};
    }
    return out;
}

std::expected<Target, Problem> read_target(std::string_view text) {
    Target target;
    const auto question = std::min(text.find('?'), text.size());
    if (const auto read = read_path(target, text.substr(0, question)); !read)
        return std::unexpected{read.error()};
    if (question == text.size()) return target;
    if (const auto read = read_query(target, text.substr(question + 1)); !read)
        return std::unexpected{read.error()};
    return target;
}

}  // namespace dutylog::http
