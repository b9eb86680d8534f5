#include "adapters/http/response.hpp"

#include <array>
#include <stdexcept>
#include <utility>

#include "adapters/http/characters.hpp"

namespace dutylog::http {

namespace {

constexpr std::array<std::pair<unsigned, std::string_view>, 32> reasons{{
    {100, "Continue"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {303, "See Other"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
}};

bool is_field_value(std::string_view text) {
    for (const char c : text)
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f) return false;
    return true;
}

void add_field(std::string& text, std::string_view name, std::string_view value) {
    text.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

Response& Response::set(std::string_view name, std::string_view value) {
    if (!is_token(name) || !is_field_value(value))
        throw std::invalid_argument{"not a header field: " + std::string{name}};
    for (Field& field : fields) {
        if (!equal_ignoring_case(field.name, name)) continue;
        field.value = value;
        return *this;
    }
    fields.push_back({std::string{name}, std::string{value}});
    return *this;
}

std::string_view Response::field(std::string_view name) const {
    for (const Field& field : fields)
        if (equal_ignoring_case(field.name, name)) return field.value;
    return {};
}

Response text_response(unsigned status, std::string_view media_type, std::string body) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    response.set("Content-Type", media_type);
    return response;
}

std::string_view reason_of(unsigned status) {
    for (const auto& [number, words] : reasons)
        if (number == status) return words;
    return {};
}

bool status_has_body(unsigned status) { return status >= 200 && status != 204 && status != 304; }

std::string head_text(const Response& response, const Wire& wire) {
    std::string text;
    text.reserve(256);
    text.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    text.append(reason_of(response.status)).append("\r\n");
    if (!wire.date.empty()) add_field(text, "Date", wire.date);
    for (const Field& field : response.fields) add_field(text, field.name, field.value);
    if (wire.chunked)
        add_field(text, "Transfer-Encoding", "chunked");
    else if (status_has_body(response.status) && response.events == nullptr)
        add_field(text, "Content-Length", std::to_string(response.body.size()));
    if (wire.close) add_field(text, "Connection", "close");
    return text.append("\r\n");
}

}  // namespace dutylog::http
