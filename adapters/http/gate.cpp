#include "adapters/http/gate.hpp"

#include "adapters/http/characters.hpp"
#include "adapters/http/gate_fields.hpp"

namespace dutylog::http {

namespace {

std::unexpected<Refusal> bad(std::string_view code, std::string_view detail) {
    return std::unexpected{Refusal{400, code, detail}};
}

/// Takes the text up to `end` off the front; nothing where it is not there.
std::optional<std::string_view> take_until(std::string_view& text, std::string_view end) {
    const auto at = text.find(end);
    if (at == std::string_view::npos) return {};
    const auto taken = text.substr(0, at);
    text.remove_prefix(at + end.size());
    return taken;
}

bool percents_are_whole(std::string_view text) {
    for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1))
        if (at + 2 >= text.size() || !hex_digits.has(text[at + 1]) || !hex_digits.has(text[at + 2]))
            return false;
    return true;
}

/// Of `http://host/path`: takes the scheme and the authority off `target`.
std::optional<std::string_view> take_authority(std::string_view& target) {
    const auto scheme = take_until(target, "://");
    if (!scheme || !(equal_ignoring_case(*scheme, "http") || equal_ignoring_case(*scheme, "https")))
        return {};
    const auto authority = target.substr(0, target.find_first_of("/?"));
    target.remove_prefix(authority.size());
    return authority;
}

Checked<void> read_method(Head& head, std::string_view text) {
    if (!is_token(text)) return bad("method", "A method is a word of letters.");
    const auto method = parse_method(text);
    if (!method)
        return std::unexpected{Refusal{501, "method_unknown", "The method is not known here."}};
    head.method = *method;
    return {};
}

Checked<void> read_version(Head& head, std::string_view text) {
    if (text == "HTTP/1.1") return {};
    head.version_1_0 = text == "HTTP/1.0";
    if (head.version_1_0) return {};
    const bool well_formed = text.size() == 8 && text.starts_with("HTTP/") && digits.has(text[5]) &&
                             text[6] == '.' && digits.has(text[7]);
    if (!well_formed) return bad("request_line", "A request line ends with HTTP/1.1.");
    return std::unexpected{Refusal{505, "version", "Only HTTP/1.1 and HTTP/1.0 are spoken here."}};
}

Checked<void> read_request_line(Head& head, std::string_view line, const RequestLimits& limits) {
    const auto method = take_until(line, " ");
    const auto target = take_until(line, " ");
    if (!method || !target)
        return bad("request_line", "A request line is a method, a target and a version.");
    if (const auto read = read_method(head, *method); !read) return read;
    if (const auto read = read_version(head, line); !read) return read;
    if (target->size() > limits.target_bytes_max)
        return std::unexpected{Refusal{414, "target_long", "The target is too long."}};
    head.target = *target;
    return {};
}

Checked<Field> read_field(std::string_view line) {
    if (line.front() == ' ' || line.front() == '\t')
        return bad("folded_line", "A field stands on one line.");
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
        return bad("field_name", "A field is a name, a colon without a blank before it, a value.");
    const auto value = trimmed(line.substr(colon + 1));
    for (const char c : value)
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f)
            return bad("field_value", "A field value holds no control characters.");
    return Field{lower(line.substr(0, colon)), std::string{value}};
}

Checked<void> read_fields(Head& head, std::string_view lines, const RequestLimits& limits) {
    for (;;) {
        const auto line = take_until(lines, "\r\n");
        if (!line) return bad("line_end", "A head ends with an empty line.");
        if (line->empty()) return {};
        if (head.fields.size() == limits.fields_max)
            return std::unexpected{Refusal{431, "fields_many", "There are too many fields."}};
        auto field = read_field(*line);
        if (!field) return std::unexpected{field.error()};
        head.fields.push_back(std::move(*field));
    }
}

/// Makes an absolute target one in origin form, and looks at its characters.
Checked<void> settle_target(Head& head) {
    std::string_view target = head.target;
    if (target == "*") {
        if (head.method == Method::options) return {};
        return bad("target", "Only OPTIONS has the target *.");
    }
    if (!target.starts_with('/')) {
        const auto authority = take_authority(target);
        if (!authority) return bad("target", "A target is a path that begins with a slash.");
        if (!equal_ignoring_case(*authority, head.host))
            return bad("target_host", "The target names another host than the field Host.");
    }
    if (!target_chars.has_all(target) || !percents_are_whole(target))
        return bad("target", "A target holds only characters of RFC 3986; encode others.");
    std::string settled{target};
    if (!settled.starts_with('/')) settled.insert(0, "/");
    head.target = std::move(settled);
    return {};
}

}  // namespace

Checked<std::size_t> LineWatch::look(std::string_view text, const RequestLimits& limits) {
    // No byte past the limit is looked at, so that it does not matter in what pieces they come.
    const std::string_view within = text.substr(0, limits.head_bytes_max);
    for (; seen_ < within.size(); ++seen_) {
        const char c = text[seen_];
        const bool after_return = seen_ > 0 && text[seen_ - 1] == '\r';
        if (c == '\0') return bad("zero_byte", "A head holds no zero bytes.");
        if (after_return != (c == '\n')) return bad("line_end", "A line ends with CR LF.");
        if (c == '\n' && seen_ == 1) return bad("empty_line", "A request begins with its method.");
        if (c == '\n' && seen_ >= 3 && text[seen_ - 2] == '\n') return ++seen_;
    }
    if (text.size() >= limits.head_bytes_max)
        return std::unexpected{Refusal{431, "head_long", "The head is too long."}};
    return 0;
}

Checked<Head> check_head(std::string_view text, const RequestLimits& limits) {
    if (text.size() > limits.head_bytes_max)
        return std::unexpected{Refusal{431, "head_long", "The head is too long."}};
    Head head;
    const auto line = take_until(text, "\r\n");
    if (!line) return bad("line_end", "A line ends with CR LF.");
    if (const auto read = read_request_line(head, *line, limits); !read)
        return std::unexpected{read.error()};
    if (const auto read = read_fields(head, text, limits); !read)
        return std::unexpected{read.error()};
    if (const auto read = settle_fields(head); !read) return std::unexpected{read.error()};
    if (const auto read = settle_target(head); !read) return std::unexpected{read.error()};
    return head;
}

}  // namespace dutylog::http
