#include "adapters/channels/wecom_robot.hpp"

#include "adapters/channels/markup.hpp"
#include "engine/notice/plain_text.hpp"

namespace dutylog::channels {

namespace {

namespace json = boost::json;
using notice::clip_characters;

// What a card shows; the rest would be cut by the client.
constexpr std::size_t card_title_max = 26;
constexpr std::size_t card_description_max = 30;
constexpr std::size_t card_subtitle_max = 112;
constexpr std::size_t card_key_max = 5;
constexpr std::size_t card_value_max = 26;
constexpr std::size_t card_lines_max = 6;
constexpr std::size_t card_jumps_max = 3;
constexpr std::size_t line_bytes_max = 300;

std::string address_of(const WecomRobot& robot) {
    return robot.origin + "/cgi-bin/webhook/send?key=" + percent_encoded(robot.key.reveal());
}

std::string link(const std::string& label, const std::string& url) {
    return "[" + without_markup(label) + "](" + link_target(url) + ")";
}

std::string opening_link(const notice::Message& message) {
    if (message.actions.empty()) return {};
    return link(message.actions.front().label.in(message.language), message.actions.front().url);
}

std::string calls(const notice::Message& message, const Attempt& attempt) {
    std::string text;
    if (attempt.without_mentions) return text;
    for (const notice::Mention& mention : message.mentions)
        if (!mention.user.empty()) text += " <@" + without_markup(mention.user) + ">";
    return text;
}

/// Three colours and no red: the lead says in words what is critical.
std::string_view colour_of(notice::Severity severity) {
    return severity == notice::Severity::info ? "info" : "warning";
}

json::object markdown(const notice::Message& message, const Attempt& attempt) {
    const Language language = message.language;
    LinedText text;
    text.head = "### " + without_markup(message.title.in(language)) + "\n<font color=\"" +
                std::string{colour_of(message.severity)} + "\">" +
                without_markup(message.lead.in(language)) + "</font>\n";
    if (!attempt.shortened)
        for (const notice::Line& line : message.lines)
            text.lines.push_back("> " + without_markup(line_text(line, language)) + "\n");
    text.tail = opening_link(message) + calls(message, attempt);
    return {{"msgtype", "markdown"},
            {"markdown", json::object{{"content", fitted(text, wecom_markdown_bytes_max)}}}};
}

/// A digest is a table: the second form of Markdown has tables, and no colours and no calls.
json::object table(const notice::Message& message, const Attempt& attempt) {
    const Language language = message.language;
    const bool english = language == Language::en;
    LinedText text;
    text.head = "### " + without_markup(message.title.in(language)) + "\n" +
                without_markup(message.lead.in(language)) + "\n\n";
    text.head += english ? "| State | Duty | Due |\n" : "| 状态 | 事项 | 截止 |\n";
    text.head += "| :--- | :--- | :--- |\n";
    if (!attempt.shortened)
        for (const notice::Item& item : message.items) {
            const std::string what = item.what.in(language);
            text.lines.push_back("| " + without_markup(item.state.in(language)) + " | " +
                                 (item.url.empty() ? without_markup(what) : link(what, item.url)) +
                                 " | " + item.due + " |\n");
        }
    text.left_out = "| … | | |\n";
    for (const notice::Line& line : message.lines)
        text.tail += "\n" +
                     notice::clip_bytes(without_markup(line_text(line, language)), line_bytes_max) +
                     "\n";
    text.tail += "\n" + opening_link(message);
    return {{"msgtype", "markdown_v2"},
            {"markdown_v2", json::object{{"content", fitted(text, wecom_markdown_bytes_max)}}}};
}

json::array card_lines(const notice::Message& message) {
    json::array lines;
    for (const notice::Line& line : message.lines) {
        if (lines.size() == card_lines_max) break;
        lines.push_back(json::object{
            {"keyname", clip_characters(line.name.in(message.language), card_key_max)},
            {"value", clip_characters(line.value.in(message.language), card_value_max)}});
    }
    return lines;
}

json::array card_jumps(const notice::Message& message) {
    json::array jumps;
    for (const notice::Action& action : message.actions) {
        if (jumps.size() == card_jumps_max) break;
        jumps.push_back(json::object{
            {"type", 1}, {"title", action.label.in(message.language)}, {"url", action.url}});
    }
    return jumps;
}

json::object card(const notice::Message& message) {
    const Language language = message.language;
    json::object content;
    content["card_type"] = "text_notice";
    content["source"] =
        json::object{{"desc", language == Language::en ? "Occupational health" : "职业健康"},
                     {"desc_color", message.severity == notice::Severity::critical ? 2 : 0}};
    content["main_title"] =
        json::object{{"title", clip_characters(message.title.in(language), card_title_max)},
                     {"desc", clip_characters(message.lead.in(language), card_description_max)}};
    content["sub_title_text"] = clip_characters(message.subject.in(language), card_subtitle_max);
    content["horizontal_content_list"] = card_lines(message);
    content["jump_list"] = card_jumps(message);
    content["card_action"] = json::object{{"type", 1}, {"url", message.actions.front().url}};
    return {{"msgtype", "template_card"}, {"template_card", std::move(content)}};
}

json::object content_of(const WecomRobot& robot, const notice::Message& message,
                        const Attempt& attempt) {
    if (!message.items.empty()) return table(message, attempt);
    // A card must lead somewhere.
    if (robot.cards && !attempt.shortened && !message.actions.empty()) return card(message);
    return markdown(message, attempt);
}

}  // namespace

HttpRequest wecom_robot_request(const WecomRobot& robot, const notice::Message& message,
                                const Attempt& attempt) {
    return json_request(address_of(robot), json::serialize(content_of(robot, message, attempt)));
}

std::optional<HttpRequest> wecom_robot_call(const WecomRobot& robot,
                                            const notice::Message& message) {
    json::array users;
    json::array mobiles;
    for (const notice::Mention& mention : message.mentions) {
        if (!mention.user.empty())
            users.emplace_back(mention.user);
        else if (!mention.mobile.empty())
            mobiles.emplace_back(mention.mobile);
    }
    if (users.empty() && mobiles.empty()) return std::nullopt;
    json::object text;
    text["content"] =
        notice::clip_bytes(message.subject.in(message.language), wecom_text_bytes_max);
    text["mentioned_list"] = std::move(users);
    text["mentioned_mobile_list"] = std::move(mobiles);
    const json::object body{{"msgtype", "text"}, {"text", std::move(text)}};
    return json_request(address_of(robot), json::serialize(body));
}

Outcome judge_wecom_code(std::int64_t code, std::string_view words) {
    std::string detail = detail_of("errcode", code, words);
    switch (code) {
        case -1:
            return busy(std::move(detail));
        case 45009:
        case 45033:
            return too_many(std::move(detail));
        case 40001:
        case 93000:
            return broken("key_unknown", std::move(detail));
        case 40014:
        case 42001:
            return again(Repair::renew_token, "token_expired", std::move(detail));
        case 40003:
        case 46004:
            return again(Repair::leave_out_mentions, "person_unknown", std::move(detail));
        case 40007:
            return again(Repair::upload_again, "file_expired", std::move(detail));
        case 45002:
            return again(Repair::shorten, "too_long", std::move(detail));
        case 40008:
        case 40033:
        case 40035:
        case 40063:
        case 44004:
        case 45034:
            return rejected("parameter", std::move(detail));
        default:
            return later("unknown_code", std::move(detail));
    }
}

Outcome judge_wecom_robot(const HttpAnswer& answer) {
    if (auto failed = failed_status(answer)) return *std::move(failed);
    const auto body = object_in(answer.body);
    const auto code = body ? whole_in(*body, "errcode") : std::nullopt;
    if (!code) return not_understood(answer);
    return *code == 0 ? sent() : judge_wecom_code(*code, text_in(*body, "errmsg"));
}

}  // namespace dutylog::channels
