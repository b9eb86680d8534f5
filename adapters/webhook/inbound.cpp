#include "adapters/webhook/inbound.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "engine/core/digest.hpp"

namespace dutylog::webhook {

namespace {

namespace json = boost::json;

std::unexpected<Rejection> failed(std::string detail) {
    return reject("mapping_failed", std::move(detail));
}

struct Places {
    const json::value& element;
    const json::value& body;
    std::string name;  ///< of the element, for messages: `/results/3`
};

const json::value* at_pointer(const json::value& from, const std::string& pointer) {
    json::error_code error;
    return from.find_pointer(pointer, error);
}

const json::value* place_of(const MappedValue& value, const Places& places) {
    return at_pointer(value.from == MappedValue::From::body ? places.body : places.element,
                      value.text);
}

std::string name_of(const MappedValue& value, const Places& places) {
    return value.from == MappedValue::From::body ? value.text : places.name + value.text;
}

/// The digits that give the same number again.
std::optional<std::string> digits_of(double number) {
    constexpr double exact_max = 1e15;
    std::array<char, 64> buffer{};
    if (!std::isfinite(number) || std::abs(number) >= exact_max) return std::nullopt;
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                            std::chars_format::fixed);
    if (error != std::errc{}) return std::nullopt;
    const std::string text{buffer.data(), end};
    std::size_t count = 0;
    for (const char c : text)
        if (c >= '0' && c <= '9') ++count;
    constexpr std::size_t digits_max = 16;  // 15 and the 0 before the point
    if (count > digits_max) return std::nullopt;
    return text;
}

/// A text, a whole number, a truth value; anything else as nothing.
std::optional<json::value> plain(const json::value& found) {
    switch (found.kind()) {
        case json::kind::string:
            if (found.get_string().size() > InboundLimits::text_bytes_max) return std::nullopt;
            return found;
        case json::kind::bool_:
        case json::kind::int64:
            return found;
        case json::kind::double_:
            if (auto digits = digits_of(found.get_double())) return json::value(*digits);
            return std::nullopt;
        default:
            return std::nullopt;
    }
}

std::string text_of(const json::value& value) {
    return value.is_string() ? std::string{value.get_string()} : json::serialize(value);
}

/// @returns null for an optional value that is not there
Result<json::value> value_of(const MappedValue& value, const Places& places) {
    if (value.from == MappedValue::From::literal) return json::value(value.text);
    const json::value* const found = place_of(value, places);
    if (found == nullptr || found->is_null()) {
        if (value.optional) return json::value{};
        return failed("expected a value at " + name_of(value, places));
    }
    auto result = plain(*found);
    if (!result)
        return failed("expected a text, a truth value or a number of at most 15 digits at " +
                      name_of(value, places));
    if (value.words.empty()) return *std::move(result);
    const auto word = value.words.find(text_of(*result));
    if (word == value.words.end())
        return failed("the mapping has no word for what stands at " + name_of(value, places));
    return json::value(word->second);
}

Result<std::string> text_at(const MappedValue& value, const Places& places) {
    auto found = value_of(value, places);
    if (!found) return std::unexpected{found.error()};
    return found->is_null() ? std::string{} : text_of(*found);
}

bool holds(const std::vector<MappedCondition>& when, const Places& places) {
    for (const MappedCondition& condition : when) {
        const json::value* const found = place_of(condition.value, places);
        const auto value = found == nullptr ? std::nullopt : plain(*found);
        if (!value || text_of(*value) != condition.equals) return false;
    }
    return true;
}

CommandId command_of(const InboundMessage& message, std::size_t index) {
    const std::string text = std::to_string(message.source.size()) + ":" + message.source +
                             std::to_string(message.id.size()) + ":" + message.id +
                             std::to_string(index);
    return CommandId{"in-" + to_hex(sha256(text)).substr(0, 32)};
}

Result<InboundFact> fact_of(const MappedFact& rule, const Places& places) {
    InboundFact fact;
    fact.fact = rule.fact;
    fact.subject.kind = rule.subject_kind;
    auto subject = text_at(rule.subject, places);
    if (!subject) return std::unexpected{subject.error()};
    if (subject->empty()) return failed("expected a subject in " + places.name);
    fact.subject.id = *std::move(subject);
    if (rule.at) {
        auto at = text_at(*rule.at, places);
        if (!at) return std::unexpected{at.error()};
        fact.at = *std::move(at);
    }
    for (const auto& [field, source] : rule.values) {
        auto value = value_of(source, places);
        if (!value) return std::unexpected{value.error()};
        if (!value->is_null()) fact.value[field] = *std::move(value);
    }
    return fact;
}

Result<void> add_facts(InboundMessage& message, const InboundMapping& mapping,
                       const Places& places) {
    for (const MappedFact& rule : mapping.facts) {
        if (!holds(rule.when, places)) continue;
        auto fact = fact_of(rule, places);
        if (!fact) return std::unexpected{fact.error()};
        if (message.facts.size() == InboundLimits::facts_max)
            return failed("expected at most 2000 facts in one message");
        fact->command = command_of(message, message.facts.size());
        message.facts.push_back(*std::move(fact));
    }
    return {};
}

Result<void> add_elements(InboundMessage& message, const InboundMapping& mapping,
                          const json::value& body) {
    if (mapping.each.empty()) return add_facts(message, mapping, {body, body, ""});
    const json::value* const list = at_pointer(body, mapping.each);
    if (list == nullptr || !list->is_array()) return failed("expected a list at " + mapping.each);
    std::size_t index = 0;
    for (const json::value& element : list->get_array()) {
        const Places places{element, body, mapping.each + "/" + std::to_string(index++)};
        if (auto added = add_facts(message, mapping, places); !added) return added;
    }
    return {};
}

}  // namespace

Result<InboundMessage> map_inbound(const InboundMapping& mapping, std::string_view body,
                                   std::string_view webhook_id) {
    if (body.size() > InboundLimits::body_bytes_max)
        return reject("body", "expected at most 1 MiB");
    json::parse_options options;
    options.max_depth = InboundLimits::levels_max;
    json::error_code error;
    const json::value root = json::parse(body, error, {}, options);
    if (error) return reject("body", "expected JSON of at most 32 levels");
    const Places whole{root, root, ""};
    InboundMessage message{mapping.source, std::string{webhook_id}, {}};
    if (mapping.id) {
        auto id = text_at(*mapping.id, whole);
        if (!id) return std::unexpected{id.error()};
        message.id = *std::move(id);
    }
    if (message.id.empty()) return failed("expected an id of the message");
    if (!holds(mapping.when, whole)) return message;
    if (auto added = add_elements(message, mapping, root); !added)
        return std::unexpected{added.error()};
    return message;
}

Result<InboundMessage> accept_inbound(const InboundMapping& mapping,
                                      std::span<const notice::WebhookVerifier> keys,
                                      const notice::WebhookHeaders& headers, std::string_view body,
                                      Instant now) {
    switch (notice::verify_webhook(keys, headers, body, now)) {
        case notice::WebhookTrust::verified:
            return map_inbound(mapping, body, headers.id);
        case notice::WebhookTrust::out_of_time:
            return reject("signature", "expected a timestamp within five minutes of now");
        case notice::WebhookTrust::malformed:
            return reject("signature",
                          "expected webhook-id, webhook-timestamp and webhook-signature");
        case notice::WebhookTrust::no_signature:
            break;
    }
    return reject("signature", "no signature belongs to this message and a key of this source");
}

}  // namespace dutylog::webhook
