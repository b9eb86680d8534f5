#include "adapters/http/gate_fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "adapters/http/characters.hpp"

namespace dutylog::http {

namespace {

std::unexpected<Refusal> bad(std::string_view code, std::string_view detail) {
    return std::unexpected{Refusal{400, code, detail}};
}

/// Fields of which a request has one at most; two would be read differently by different readers.
constexpr std::array<std::string_view, 10> single_fields{
    "host",   "content-length",  "transfer-encoding", "content-type",  "content-encoding",
    "expect", "idempotency-key", "authorization",     "last-event-id", "range"};

Checked<void> check_singles(const Head& head) {
    std::array<int, single_fields.size()> counts{};
    for (const Field& field : head.fields) {
        const auto found = std::ranges::find(single_fields, field.name);
        if (found == single_fields.end()) continue;
        if (++counts.at(static_cast<std::size_t>(found - single_fields.begin())) > 1)
            return bad("field_twice", "A field that may stand once stands twice.");
    }
    return {};
}

bool is_port(std::string_view text) { return text.size() <= 5 && digits.has_all(text); }

/// `name`, `name:80`, `[::1]:80`; no empty name, no user before it.
bool is_host(std::string_view text) {
    const bool bracketed = text.starts_with('[');
    const auto name_end = bracketed ? text.find(']') + 1 : std::min(text.find(':'), text.size());
    const auto name = text.substr(0, name_end);
    const auto rest = text.substr(name.size());
    if (!rest.empty() && (rest.front() != ':' || !is_port(rest.substr(1)))) return false;
    if (!bracketed) return !name.empty() && host_chars.has_all(name);
    constexpr ByteSet address_chars{"0123456789abcdefABCDEF:."};
    return name.size() > 3 && address_chars.has_all(name.substr(1, name.size() - 2));
}

Checked<void> settle_host(Head& head) {
    if (!head.has("host")) {
        if (head.version_1_0) return {};
        return bad("host", "A request names its host.");
    }
    head.host = lower(head.field("host"));
    if (!is_host(head.host)) return bad("host", "A host is a name or an address, and a port.");
    return {};
}

Checked<void> settle_length(Head& head) {
    const std::string_view text = head.field("content-length");
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, head.content_length);
    if (!digits.has_all(text) || read.ec != std::errc{} || read.ptr != end)
        return bad("content_length", "A length is one number of digits.");
    head.framing = head.content_length == 0 ? Framing::none : Framing::length;
    return {};
}

Checked<void> settle_framing(Head& head) {
    const bool has_length = head.has("content-length");
    const bool has_coding = head.has("transfer-encoding");
    if (has_length && has_coding)
        return bad("length_and_chunked", "A body has a length or comes in chunks, not both.");
    if (has_length)
        if (const auto settled = settle_length(head); !settled) return settled;
    if (has_coding) {
        if (head.version_1_0) return bad("chunked_1_0", "HTTP/1.0 knows no chunks.");
        if (!equal_ignoring_case(head.field("transfer-encoding"), "chunked"))
            return bad("transfer_encoding", "The only transfer coding is chunked.");
        head.framing = Framing::chunked;
    }
    const bool may_have_body = head.method != Method::get && head.method != Method::head;
    if (head.framing != Framing::none && !may_have_body)
        return bad("body_unexpected", "GET and HEAD have no body.");
    return {};
}

Checked<void> settle_connection(Head& head) {
    head.keep_alive = !head.version_1_0;
    bool names_framing = false;
    bool well_formed = true;
    if (!head.has("connection")) return {};
    each_item(head.joined("connection"), [&](std::string_view item) {
        if (equal_ignoring_case(item, "close")) head.keep_alive = false;
        // A proxy on the way would take the named field off, and read another request than we do.
        for (const std::string_view name : {"host", "content-length", "transfer-encoding"})
            names_framing = names_framing || equal_ignoring_case(item, name);
        well_formed = well_formed && (item.empty() || is_token(item));
    });
    if (names_framing || !well_formed)
        return bad("connection", "Connection names options of the connection only.");
    return {};
}

Checked<void> settle_expectation(Head& head) {
    if (!head.has("expect")) return {};
    if (!equal_ignoring_case(head.field("expect"), "100-continue"))
        return std::unexpected{Refusal{417, "expect", "The only expectation is 100-continue."}};
    head.expects_continue = !head.version_1_0 && head.framing != Framing::none;
    return {};
}

}  // namespace

Checked<void> settle_fields(Head& head) {
    for (const auto settle : {+[](Head& h) { return check_singles(h); }, &settle_host,
                              &settle_framing, &settle_connection, &settle_expectation})
        if (const auto settled = settle(head); !settled) return settled;
    return {};
}

}  // namespace dutylog::http
