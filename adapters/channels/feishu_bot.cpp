#include "adapters/channels/feishu_bot.hpp"

#include "adapters/channels/markup.hpp"
#include "engine/log/base64.hpp"
#include "engine/notice/hmac.hpp"

namespace dutylog::channels {

namespace {

namespace json = boost::json;

/// Both languages and two escapes must fit into the body together.
constexpr std::size_t markdown_bytes_max = 5'000;

json::object element(std::string_view tag, const Text& text, Language language) {
    json::object object;
    object["tag"] = tag;
    object["content"] = text.in(language);
    object["i18n_content"] =
        json::object{{"zh_cn", text.in(Language::zh_cn)}, {"en_us", text.in(Language::en)}};
    return object;
}

std::string calls(const notice::Message& message, const Attempt& attempt) {
    std::string text;
    if (attempt.without_mentions) return text;
    for (const notice::Mention& mention : message.mentions)
        if (!mention.user.empty()) text += " <at id=" + feishu_escaped(mention.user) + "></at>";
    return text;
}

std::string item_line(const notice::Item& item, Language language) {
    std::string line = "- **" + feishu_escaped(item.state.in(language)) + "** ";
    const std::string what = feishu_escaped(item.what.in(language));
    line += item.url.empty() ? what : "[" + what + "](" + link_target(item.url) + ")";
    if (!item.due.empty()) line += " " + item.due;
    return line + "\n";
}

std::string markdown(const notice::Message& message, const Attempt& attempt, Language language,
                     const std::string& tail) {
    LinedText text;
    text.head = "**" + feishu_escaped(message.lead.in(language)) + "**\n";
    if (!attempt.shortened) {
        for (const notice::Item& item : message.items)
            text.lines.push_back(item_line(item, language));
        for (const notice::Line& line : message.lines)
            text.lines.push_back(feishu_escaped(line_text(line, language)) + "\n");
        if (!text.lines.empty()) text.lines.back().pop_back();
    }
    text.tail = tail;
    return fitted(text, markdown_bytes_max);
}

json::object button(const notice::Action& action, Language language, bool first) {
    return {{"tag", "button"},
            {"text", element("plain_text", action.label, language)},
            {"type", first ? "primary" : "default"},
            {"behaviors",
             json::array{json::object{{"type", "open_url"}, {"default_url", action.url}}}}};
}

std::string_view template_of(notice::Severity severity) {
    switch (severity) {
        case notice::Severity::info:
            return "blue";
        case notice::Severity::warning:
            return "orange";
        case notice::Severity::critical:
            return "red";
    }
    return "blue";
}

Outcome judge_code(std::int64_t code, std::string_view words) {
    std::string detail = detail_of("code", code, words);
    switch (code) {
        case 9499:
            return mentions(words, "bot") ? broken("bot_not_enabled", std::move(detail))
                                          : rejected("bad_request", std::move(detail));
        case 11232:
        case 99991400:
            return too_many(std::move(detail));
        case 19001:
            return broken("hook_unknown", std::move(detail));
        case 19021:
            return broken("signature_or_clock", std::move(detail));
        case 19022:
            return broken("address_not_allowed", std::move(detail));
        case 19024:
            return broken("keyword_missing", std::move(detail));
        case 19036:
            return again(Repair::shorten, "too_long", std::move(detail));
        case 99991661:
        case 99991663:
        case 99991664:
            return again(Repair::renew_token, "token_expired", std::move(detail));
        default:
            return later("unknown_code", std::move(detail));
    }
}

}  // namespace

std::string feishu_signature(const notice::Secret& secret, std::int64_t timestamp_s) {
    const std::string key = std::to_string(timestamp_s) + "\n" + secret.reveal();
    return log::to_base64(notice::hmac_sha256(key, "").bytes);
}

json::object feishu_card(const notice::Message& message, const Attempt& attempt,
                         const std::string& keyword) {
    const Language language = message.language;
    std::string tail = calls(message, attempt);
    if (!keyword.empty()) tail += "\n" + keyword;
    json::array elements;
    elements.push_back(element("markdown",
                               {markdown(message, attempt, Language::zh_cn, tail),
                                markdown(message, attempt, Language::en, tail)},
                               language));
    for (const notice::Action& action : message.actions)
        elements.push_back(button(action, language, elements.size() == 1));
    json::object header{{"template", template_of(message.severity)},
                        {"title", element("plain_text", message.title, language)}};
    return {{"schema", "2.0"},
            {"config", json::object{{"update_multi", true}}},
            {"header", std::move(header)},
            {"body", json::object{{"elements", std::move(elements)}}}};
}

HttpRequest feishu_bot_request(const FeishuBot& bot, const notice::Message& message,
                               const Attempt& attempt) {
    json::object body;
    if (!bot.sign_secret.empty()) {
        const std::int64_t timestamp = seconds_of(attempt.at);
        body["timestamp"] = std::to_string(timestamp);
        body["sign"] = feishu_signature(bot.sign_secret, timestamp);
    }
    body["msg_type"] = "interactive";
    body["card"] = feishu_card(message, attempt, bot.keyword);
    return json_request(bot.origin + "/open-apis/bot/v2/hook/" + percent_encoded(bot.hook.reveal()),
                        json::serialize(body));
}

Outcome judge_feishu(const HttpAnswer& answer) {
    // It puts its codes into answers of 400 and 429 as well, so the body is read first.
    const auto body = object_in(answer.body);
    if (!body) {
        auto failed = failed_status(answer);
        return failed ? *std::move(failed) : not_understood(answer);
    }
    const auto code = whole_in(*body, "code");
    const auto old_code = whole_in(*body, "StatusCode");
    const std::string words =
        text_in(*body, "msg").empty() ? text_in(*body, "StatusMessage") : text_in(*body, "msg");
    if (code && *code != 0) return judge_code(*code, words);
    if (old_code && *old_code != 0) return judge_code(*old_code, words);
    if (auto failed = failed_status(answer)) return *std::move(failed);
    return code || old_code ? sent() : not_understood(answer);
}

}  // namespace dutylog::channels
