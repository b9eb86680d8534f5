#include "adapters/channels/answers.hpp"

#include <algorithm>

#include "engine/notice/plain_text.hpp"
#include "engine/notice/retry_after.hpp"

namespace dutylog::channels {

namespace {

namespace json = boost::json;

constexpr std::size_t levels_max = 16;
constexpr std::size_t detail_bytes_max = 300;

std::string cut(std::string_view text) {
    // A grapheme of many marks could make the search long: look at no more than could be kept.
    return notice::clip_bytes(notice::one_line(text.substr(0, 4 * detail_bytes_max)),
                              detail_bytes_max);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::optional<json::object> object_in(std::string_view body) {
    if (body.size() > answer_bytes_max) return std::nullopt;
    json::parse_options options;
    options.max_depth = levels_max;
    boost::system::error_code error;
    json::value value = json::parse(body, error, {}, options);
    if (error || !value.is_object()) return std::nullopt;
    return std::move(value.as_object());
}

std::optional<std::int64_t> whole_in(const json::object& object, std::string_view name) {
    const json::value* const value = object.if_contains(name);
    if (value == nullptr || !value->is_int64()) return std::nullopt;
    return value->as_int64();
}

std::string text_in(const json::object& object, std::string_view name) {
    const json::value* const value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return {};
    return std::string{value->as_string()};
}

std::string detail_of(std::string_view code_name, std::int64_t code, std::string_view words) {
    return cut(std::string{code_name} + " " + std::to_string(code) + ": " + std::string{words});
}

Outcome sent(std::string receipt) {
    return {.verdict = Verdict::sent, .receipt = std::move(receipt)};
}

Outcome rejected(std::string reason, std::string detail) {
    return {.verdict = Verdict::rejected, .reason = std::move(reason), .detail = std::move(detail)};
}

Outcome broken(std::string reason, std::string detail) {
    return {.verdict = Verdict::channel_broken,
            .reason = std::move(reason),
            .detail = std::move(detail)};
}

Outcome later(std::string reason, std::string detail) {
    return {.verdict = Verdict::retry, .reason = std::move(reason), .detail = std::move(detail)};
}

Outcome busy(std::string detail) {
    Outcome outcome = later("busy", std::move(detail));
    outcome.wait = seconds(30);
    outcome.tries_max = 3;
    outcome.unwell = true;
    return outcome;
}

Outcome too_many(std::string detail) {
    Outcome outcome = later("too_many", std::move(detail));
    outcome.wait = minutes(1);
    outcome.wait_repeated = minutes(10);
    return outcome;
}

Outcome again(Repair repair, std::string reason, std::string detail) {
    Outcome outcome = later(std::move(reason), std::move(detail));
    outcome.repair = repair;
    return outcome;
}

std::optional<Outcome> failed_status(const HttpAnswer& answer) {
    if (answer.status == 200) return std::nullopt;
    const std::string detail = cut("HTTP " + std::to_string(answer.status) + ": " + answer.body);
    if (answer.status == 429) {
        Outcome outcome = too_many(detail);
        if (const auto value = answer.header("retry-after"))
            if (const auto wait = notice::parse_retry_after(*value, answer.at))
                outcome.wait = outcome.wait_repeated = std::max(*wait, seconds(1));
        return outcome;
    }
    // A redirect is never followed: it is also a way into the internal network.
    if (answer.status >= 300 && answer.status < 400) return later("redirect", detail);
    Outcome outcome = later("http_status", detail);
    outcome.unwell = answer.status >= 500;
    return outcome;
}

Outcome not_understood(const HttpAnswer& answer) {
    return later("not_understood", cut("an answer of another form: " + answer.body));
}

Outcome redacted(Outcome outcome, std::span<const notice::Secret> secrets) {
    for (const notice::Secret& secret : secrets) {
        const std::string& value = secret.reveal();
        if (value.empty()) continue;
        for (std::size_t at = outcome.detail.find(value); at != std::string::npos;
             at = outcome.detail.find(value, at))
            outcome.detail.replace(at, value.size(), "…");
    }
    return outcome;
}

bool mentions(std::string_view text, std::string_view words) {
    return std::search(text.begin(), text.end(), words.begin(), words.end(),
                       [](char a, char b) { return lower(a) == lower(b); }) != text.end();
}

}  // namespace dutylog::channels
