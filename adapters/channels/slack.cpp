#include "adapters/channels/slack.hpp"

#include <charconv>

#include "adapters/channels/markup.hpp"
#include "engine/notice/hmac.hpp"
#include "engine/notice/plain_text.hpp"

namespace dutylog::channels {

namespace {

namespace json = boost::json;
using notice::clip_characters;

// The service refuses a message with more.
constexpr std::size_t header_characters_max = 150;
constexpr std::size_t section_characters_max = 3'000;
constexpr std::size_t fields_max = 10;
constexpr std::size_t field_characters_max = 2'000;
constexpr std::size_t all_characters_max = 12'000;
constexpr std::size_t button_characters_max = 75;
constexpr Elapsed tolerance = minutes(5);

json::object words(std::string_view type, const std::string& text) {
    return {{"type", type}, {"text", text}};
}

json::object fields(const notice::Message& message) {
    const Language language = message.language;
    json::array list;
    for (const notice::Line& line : message.lines) {
        if (list.size() == fields_max) break;
        const std::string text = "*" + slack_escaped(line.name.in(language)) + "*\n" +
                                 slack_escaped(line.value.in(language));
        list.push_back(words("mrkdwn", clip_characters(text, field_characters_max / 2)));
    }
    return {{"type", "section"}, {"fields", std::move(list)}};
}

std::string item_text(const notice::Item& item, Language language) {
    const std::string what = slack_escaped(item.what.in(language));
    std::string text = "*" + slack_escaped(item.state.in(language)) + "* ";
    text += item.url.empty() ? what : "<" + link_target(item.url) + "|" + what + ">";
    if (!item.due.empty()) text += " " + item.due;
    return clip_characters(text, section_characters_max);
}

/// A link cut in the middle would be none, so whole items are left out.
void add_items(json::array& blocks, const notice::Message& message) {
    std::size_t used = 0;
    for (const notice::Item& item : message.items) {
        std::string text = item_text(item, message.language);
        used += text.size();
        if (used > all_characters_max) return;
        blocks.push_back(json::object{{"type", "section"}, {"text", words("mrkdwn", text)}});
    }
}

std::string lead(const notice::Message& message, const Attempt& attempt) {
    std::string text = slack_escaped(message.lead.in(message.language));
    if (attempt.without_mentions) return text;
    for (const notice::Mention& mention : message.mentions)
        if (!mention.user.empty()) text += " <@" + slack_escaped(mention.user) + ">";
    return text;
}

json::object buttons(const notice::Message& message) {
    json::array list;
    for (const notice::Action& action : message.actions) {
        json::object button{
            {"type", "button"},
            {"text", words("plain_text", clip_characters(action.label.in(message.language),
                                                         button_characters_max))},
            {"url", action.url}};
        if (list.empty()) button["style"] = "primary";
        list.push_back(std::move(button));
    }
    return {{"type", "actions"}, {"elements", std::move(list)}};
}

json::array blocks_of(const notice::Message& message, const Attempt& attempt) {
    json::array blocks;
    const std::string title = message.title.in(message.language);
    blocks.push_back(
        json::object{{"type", "header"},
                     {"text", words("plain_text", clip_characters(title, header_characters_max))}});
    if (!attempt.shortened) {
        if (!message.lines.empty()) blocks.push_back(fields(message));
        add_items(blocks, message);
    }
    blocks.push_back(json::object{
        {"type", "context"}, {"elements", json::array{words("mrkdwn", lead(message, attempt))}}});
    if (!message.actions.empty()) blocks.push_back(buttons(message));
    return blocks;
}

}  // namespace

HttpRequest slack_request(const SlackHook& hook, const notice::Message& message,
                          const Attempt& attempt) {
    const Language language = message.language;
    json::object body;
    // Shown in the notification line and read aloud; the blocks do not stand in for it.
    body["text"] = clip_characters(slack_escaped(message.subject.in(language)) + " (" +
                                       slack_escaped(message.lead.in(language)) + ")",
                                   section_characters_max);
    body["blocks"] = blocks_of(message, attempt);
    return json_request(hook.url.reveal(), json::serialize(body));
}

Outcome judge_slack(const HttpAnswer& answer) {
    if (answer.status == 200) return answer.body == "ok" ? sent() : not_understood(answer);
    const std::string detail = detail_of("HTTP", answer.status, answer.body);
    switch (answer.status) {
        case 400:
            if (mentions(answer.body, "too_long") || mentions(answer.body, "too_many"))
                return again(Repair::shorten, "too_long", detail);
            return rejected("parameter", detail);
        case 403:
            return broken("action_prohibited", detail);
        case 404:
            return broken("hook_unknown", detail);
        case 410:
            return broken("channel_archived", detail);
        default:
            return *failed_status(answer);
    }
}

std::string slack_signature(const notice::Secret& signing_secret, std::string_view timestamp,
                            std::string_view body) {
    const std::string text = "v0:" + std::string{timestamp} + ":" + std::string{body};
    return "v0=" + to_hex(notice::hmac_sha256(signing_secret.reveal(), text));
}

bool verify_slack(const notice::Secret& signing_secret, std::string_view timestamp,
                  std::string_view signature, std::string_view body, Instant now) {
    std::int64_t value = 0;
    const auto [end, error] =
        std::from_chars(timestamp.data(), timestamp.data() + timestamp.size(), value);
    constexpr std::size_t digits_max = 11;
    if (error != std::errc{} || end != timestamp.data() + timestamp.size() || value < 0 ||
        timestamp.size() > digits_max)
        return false;
    const Elapsed off = now - (Instant{} + seconds(value));
    if (off > tolerance || off < Elapsed{-tolerance.micros}) return false;
    const std::string expected = slack_signature(signing_secret, timestamp, body);
    return notice::equal_in_constant_time(bytes_of(expected), bytes_of(signature));
}

}  // namespace dutylog::channels
