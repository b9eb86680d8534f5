#include "adapters/channels/wecom_app.hpp"

#include "adapters/channels/markup.hpp"
#include "adapters/channels/wecom_robot.hpp"
#include "engine/notice/plain_text.hpp"

namespace dutylog::channels {

namespace {

namespace json = boost::json;
using notice::clip_bytes;

// Bounds of a text card, in bytes.
constexpr std::size_t title_bytes_max = 128;
constexpr std::size_t description_bytes_max = 512;

std::string joined(std::span<const std::string> users) {
    std::string list;
    for (const std::string& user : users) list += (list.empty() ? "" : "|") + user;
    return list;
}

std::string div(std::string_view style, const std::string& text) {
    return "<div class=\"" + std::string{style} + "\">" + html_escaped(text) + "</div>";
}

std::string description(const notice::Message& message, bool shortened) {
    const Language language = message.language;
    LinedText text;
    text.head = div("highlight", clip_bytes(message.lead.in(language), 120));
    if (!shortened) {
        for (const notice::Item& item : message.items)
            text.lines.push_back(
                div("normal", item.state.in(language) + " " + item.what.in(language)));
        for (const notice::Line& line : message.lines)
            text.lines.push_back(div("gray", line_text(line, language)));
    }
    text.left_out = "…";
    return fitted(text, description_bytes_max);
}

json::object card(const notice::Message& message, bool shortened) {
    const Language language = message.language;
    json::object content;
    content["title"] = clip_bytes(message.title.in(language), title_bytes_max);
    content["description"] = description(message, shortened);
    if (!message.actions.empty()) {
        content["url"] = message.actions.front().url;
        content["btntxt"] = message.actions.front().label.in(language);
    }
    return content;
}

std::vector<std::string> split(std::string_view list, char separator) {
    std::vector<std::string> parts;
    while (!list.empty()) {
        const std::string_view part = list.substr(0, list.find(separator));
        if (!part.empty()) parts.emplace_back(part);
        list.remove_prefix(std::min(list.size(), part.size() + 1));
    }
    return parts;
}

}  // namespace

HttpRequest wecom_token_request(const WecomApp& app) {
    return {.method = "GET",
            .url = notice::Secret{
                app.origin + "/cgi-bin/gettoken?corpid=" + percent_encoded(app.corp_id.reveal()) +
                "&corpsecret=" + percent_encoded(app.corp_secret.reveal())}};
}

HttpRequest wecom_app_request(const WecomApp& app, std::span<const std::string> users,
                              const notice::Message& message, const Attempt& attempt) {
    json::object body;
    body["touser"] = joined(users);
    body["agentid"] = app.agent_id;
    body["msgtype"] = "textcard";
    body["textcard"] = card(message, attempt.shortened);
    body["enable_duplicate_check"] = 1;
    body["duplicate_check_interval"] = wecom_duplicate_interval_s;
    return json_request(app.origin + "/cgi-bin/message/send?access_token=" +
                            percent_encoded(attempt.token.reveal()),
                        json::serialize(body));
}

Outcome judge_wecom_app(const HttpAnswer& answer) {
    if (auto failed = failed_status(answer)) return *std::move(failed);
    const auto body = object_in(answer.body);
    const auto code = body ? whole_in(*body, "errcode") : std::nullopt;
    if (!code) return not_understood(answer);
    if (*code == 81013)  // nobody of those named can be reached
        return rejected("person_unknown", detail_of("errcode", *code, text_in(*body, "errmsg")));
    if (*code != 0) return judge_wecom_code(*code, text_in(*body, "errmsg"));
    Outcome outcome = sent(text_in(*body, "msgid"));
    outcome.missed = split(text_in(*body, "invaliduser"), '|');
    return outcome;
}

}  // namespace dutylog::channels
