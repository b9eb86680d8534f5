#include "adapters/channels/sms_gateway.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/channels/markup.hpp"
#include "adapters/channels/sms.hpp"

namespace dutylog::channels {

namespace {

namespace json = boost::json;

constexpr std::string_view open = "{{";
constexpr std::string_view close = "}}";

std::string escaped(std::string_view text, Template::Escape escape) {
    switch (escape) {
        case Template::Escape::none:
            return std::string{text};
        case Template::Escape::form:
            return percent_encoded(text);
        case Template::Escape::xml:
            return html_escaped(text);
        case Template::Escape::json:
            break;
    }
    const std::string quoted = json::serialize(json::string{text});
    return quoted.substr(1, quoted.size() - 2);
}

std::unexpected<Rejection> bad_template(std::string zh_cn, std::string en) {
    return reject("template", Text{std::move(zh_cn), std::move(en)});
}

std::unexpected<Rejection> bad_rule(std::string zh_cn, std::string en) {
    return reject("success_rule", Text{std::move(zh_cn), std::move(en)});
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// The next word, which ends at a blank or an operator.
std::string_view take_word(std::string_view& text) {
    text = trimmed(text);
    const std::string_view word = text.substr(0, text.find_first_of(" =!"));
    text = trimmed(text.substr(word.size()));
    return word;
}

/// Cuts at the next `&&` that is not inside quotes.
std::string_view take_part(std::string_view& text) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') quoted = !quoted;
        if (quoted || !text.substr(i).starts_with("&&")) continue;
        const std::string_view part = text.substr(0, i);
        text.remove_prefix(i + 2);
        if (trimmed(text).empty()) text = " ";  // an `&&` with nothing behind it is not the end
        return part;
    }
    return std::exchange(text, std::string_view{});
}

std::optional<std::variant<std::int64_t, std::string>> read_value(std::string_view text) {
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
        const std::string_view inner = text.substr(1, text.size() - 2);
        if (inner.find('"') != std::string_view::npos) return std::nullopt;
        return std::string{inner};
    }
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

const json::value* member_at(const json::object& object, std::string_view path) {
    const json::object* current = &object;
    for (;;) {
        const std::string_view name = path.substr(0, path.find('.'));
        const json::value* const value = current->if_contains(name);
        if (value == nullptr || name.size() == path.size()) return value;
        if (!value->is_object()) return nullptr;
        current = &value->as_object();
        path.remove_prefix(name.size() + 1);
    }
}

bool equals(const json::value& found, const std::variant<std::int64_t, std::string>& value) {
    if (const auto* text = std::get_if<std::string>(&value))
        return found.is_string() && found.as_string() == *text;
    return found.is_int64() && found.as_int64() == std::get<std::int64_t>(value);
}

}  // namespace

Result<Template> Template::parse(std::string_view text, const std::vector<std::string>& names) {
    if (text.size() > bytes_max) return bad_template("超过 16384 字节", "longer than 16384 bytes");
    Template result;
    for (;;) {
        const std::size_t begin = text.find(open);
        if (begin == std::string_view::npos) break;
        const std::size_t end = text.find(close, begin);
        if (end == std::string_view::npos)
            return bad_template("{{ 没有以 }} 结束", "{{ is not closed by }}");
        const std::string name{text.substr(begin + 2, end - begin - 2)};
        if (std::find(names.begin(), names.end(), name) == names.end())
            return bad_template("没有名为 " + name + " 的值", "there is no value " + name);
        result.pieces_.push_back({std::string{text.substr(0, begin)}, name});
        text.remove_prefix(end + 2);
    }
    result.pieces_.push_back({std::string{text}, {}});
    return result;
}

std::string Template::filled(const std::map<std::string, std::string>& values,
                             Escape escape) const {
    std::string text;
    for (const Piece& piece : pieces_) {
        text += piece.text;
        const auto value = values.find(piece.name);
        if (value != values.end()) text += escaped(value->second, escape);
    }
    return text;
}

Result<SuccessRule> SuccessRule::parse(std::string_view text) {
    if (text.size() > bytes_max) return bad_rule("超过 1024 字节", "longer than 1024 bytes");
    SuccessRule rule;
    do {
        std::string_view rest = take_part(text);
        Part part;
        std::string_view term = take_word(rest);
        part.member = term.starts_with("body.");
        if (part.member) term.remove_prefix(5);
        const bool known = part.member ? !term.empty() : term == "status" || term == "body";
        if (!known)
            return bad_rule("应为 status、body 或 body.成员",
                            "expected status, body or body.member");
        part.term = std::string{term};
        if (rest.starts_with("contains "))
            part.op = Operator::contains;
        else if (rest.starts_with("!="))
            part.op = Operator::unequal;
        else if (!rest.starts_with("=="))
            return bad_rule(part.term + " 之后应为 ==、!= 或 contains",
                            "expected ==, != or contains after " + part.term);
        rest.remove_prefix(part.op == Operator::contains ? 9 : 2);
        auto value = read_value(trimmed(rest));
        if (!value)
            return bad_rule(part.term + " 之后应为数字或 \"文本\"",
                            "expected a number or a \"text\" after " + part.term);
        part.value = *std::move(value);
        const bool text_value = std::holds_alternative<std::string>(part.value);
        if ((term == "status" && !part.member && (text_value || part.op == Operator::contains)) ||
            (part.op == Operator::contains && !text_value))
            return bad_rule("status 与数字比较，contains 与 \"文本\" 比较",
                            "status is compared with a number, contains with a \"text\"");
        rule.parts_.push_back(std::move(part));
    } while (!text.empty());
    return rule;
}

bool SuccessRule::holds(const Part& part, const HttpAnswer& answer) {
    const bool wanted = part.op != Operator::unequal;
    if (!part.member && part.term == "status")
        return (std::int64_t{answer.status} == std::get<std::int64_t>(part.value)) == wanted;
    const std::string* const text = std::get_if<std::string>(&part.value);
    if (!part.member) {
        if (part.op == Operator::contains) return answer.body.find(*text) != std::string::npos;
        const std::string expected =
            text != nullptr ? *text : std::to_string(std::get<std::int64_t>(part.value));
        return (trimmed(answer.body) == expected) == wanted;
    }
    const auto body = object_in(answer.body);
    const json::value* const found = body ? member_at(*body, part.term) : nullptr;
    if (found == nullptr) return false;  // an answer of another form is never a success
    if (part.op == Operator::contains)
        return found->is_string() &&
               std::string_view{found->as_string()}.find(*text) != std::string_view::npos;
    return equals(*found, part.value) == wanted;
}

bool SuccessRule::holds(const HttpAnswer& answer) const {
    return !parts_.empty() && std::all_of(parts_.begin(), parts_.end(),
                                          [&](const Part& part) { return holds(part, answer); });
}

const std::vector<std::string>& sms_value_names() {
    static const std::vector<std::string> names{"mobile", "text",    "title", "lead", "link",
                                                "id",     "item",    "name",  "due",  "days",
                                                "owner",  "ordinal", "count"};
    return names;
}

HttpRequest gateway_request(const SmsGateway& gateway, const std::string& mobile,
                            const notice::Message& message) {
    return {.method = gateway.method,
            .url = gateway.url,
            .headers = gateway.headers,
            .body = gateway.body.filled(sms_values(message, mobile), gateway.escape)};
}

Outcome judge_gateway(const SmsGateway& gateway, const HttpAnswer& answer) {
    if (gateway.success.holds(answer)) return sent();
    if (answer.status == 401 || answer.status == 403)
        return broken("sign_in_refused", detail_of("HTTP", answer.status, answer.body));
    if (auto failed = failed_status(answer)) return *std::move(failed);
    return later("no_success", detail_of("HTTP", answer.status, answer.body));
}

}  // namespace dutylog::channels
