#include "adapters/channels/http.hpp"

#include <algorithm>

namespace dutylog::channels {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::optional<std::string_view> HttpAnswer::header(std::string_view name) const {
    for (const Header& header : headers)
        if (same_name(header.name, name)) return header.value;
    return std::nullopt;
}

HttpRequest json_request(std::string url, std::string body) {
    return {.url = notice::Secret{std::move(url)},
            .headers = {{"Content-Type", "application/json; charset=utf-8"}},
            .body = std::move(body)};
}

std::int64_t seconds_of(Instant at) { return at.micros / 1'000'000; }
std::int64_t milliseconds_of(Instant at) { return at.micros / 1'000; }

}  // namespace dutylog::channels
