#include "adapters/channels/dingtalk_robot.hpp"

#include "adapters/channels/dingtalk_text.hpp"
#include "adapters/channels/markup.hpp"
#include "engine/log/base64.hpp"
#include "engine/notice/hmac.hpp"

namespace dutylog::channels {

namespace {

namespace json = boost::json;

std::string address_of(const DingtalkRobot& robot, Instant at) {
    std::string url =
        robot.origin + "/robot/send?access_token=" + percent_encoded(robot.token.reveal());
    if (robot.sign_secret.empty()) return url;
    const std::int64_t timestamp = milliseconds_of(at);
    return url + "&timestamp=" + std::to_string(timestamp) +
           "&sign=" + percent_encoded(dingtalk_signature(robot.sign_secret, timestamp));
}

/// A number is called only where it also stands in the text.
std::string calls(const json::array& mobiles) {
    std::string text;
    for (const json::value& mobile : mobiles) text += " @" + std::string{mobile.as_string()};
    return text;
}

json::array mobiles_of(const notice::Message& message, const Attempt& attempt) {
    json::array mobiles;
    if (attempt.without_mentions) return mobiles;
    for (const notice::Mention& mention : message.mentions)
        if (!mention.mobile.empty()) mobiles.emplace_back(mention.mobile);
    return mobiles;
}

std::string keyword_tail(const DingtalkRobot& robot, const notice::Message& message) {
    const bool there = robot.keyword.empty() ||
                       message.title.in(message.language).find(robot.keyword) != std::string::npos;
    return there ? std::string{} : "\n\n" + robot.keyword;
}

json::object markdown(const DingtalkRobot& robot, const notice::Message& message,
                      const Attempt& attempt) {
    json::array mobiles = mobiles_of(message, attempt);
    const std::string tail = calls(mobiles) + keyword_tail(robot, message);
    json::object body;
    body["msgtype"] = "markdown";
    body["markdown"] = json::object{{"title", message.title.in(message.language)},
                                    {"text", dingtalk_markdown(message, attempt.shortened, true,
                                                               tail, dingtalk_text_bytes_max)}};
    body["at"] = json::object{
        {"atMobiles", std::move(mobiles)}, {"atUserIds", json::array{}}, {"isAtAll", false}};
    return body;
}

json::object card(const DingtalkRobot& robot, const notice::Message& message,
                  const Attempt& attempt) {
    json::object content;
    content["title"] = message.title.in(message.language);
    content["text"] = dingtalk_markdown(message, attempt.shortened, false,
                                        keyword_tail(robot, message), dingtalk_text_bytes_max);
    content["btnOrientation"] = "0";
    if (message.actions.size() == 1) {
        content["singleTitle"] = message.actions[0].label.in(message.language);
        content["singleURL"] = message.actions[0].url;
    } else {
        json::array buttons;
        for (const notice::Action& action : message.actions)
            buttons.push_back(json::object{{"title", action.label.in(message.language)},
                                           {"actionURL", action.url}});
        content["btns"] = std::move(buttons);
    }
    return {{"msgtype", "actionCard"}, {"actionCard", std::move(content)}};
}

bool too_fast(std::int64_t code, std::string_view words) {
    return code == 130101 || code == 410100 || mentions(words, "too fast") ||
           mentions(words, "per minute") || mentions(words, "限流");
}

/// One code stands for several things; the words tell them apart.
Outcome security(std::string_view words, std::string detail) {
    if (mentions(words, "keywords not in content"))
        return broken("keyword_missing", std::move(detail));
    if (mentions(words, "sign not match") || mentions(words, "timestamp"))
        return broken("signature_or_clock", std::move(detail));
    if (mentions(words, "whitelist")) return broken("address_not_allowed", std::move(detail));
    return broken("security_setting", std::move(detail));
}

Outcome judge_code(std::int64_t code, std::string_view words) {
    std::string detail = detail_of("errcode", code, words);
    if (too_fast(code, words)) return too_many(std::move(detail));
    if (mentions(words, "too long") || mentions(words, "exceed 20000"))
        return again(Repair::shorten, "too_long", std::move(detail));
    switch (code) {
        case -1:
            return busy(std::move(detail));
        case 310000:
            return security(words, std::move(detail));
        case 300001:
        case 300005:
        case 400101:
            return broken("token_unknown", std::move(detail));
        case 400013:
        case 400102:
        case 400106:
            return broken("robot_gone", std::move(detail));
        case 40035:
        case 43004:
        case 400105:
            return rejected("parameter", std::move(detail));
        default:
            return later("unknown_code", std::move(detail));
    }
}

}  // namespace

std::string dingtalk_signature(const notice::Secret& secret, std::int64_t timestamp_ms) {
    const std::string text = std::to_string(timestamp_ms) + "\n" + secret.reveal();
    return log::to_base64(notice::hmac_sha256(secret.reveal(), text).bytes);
}

HttpRequest dingtalk_robot_request(const DingtalkRobot& robot, const notice::Message& message,
                                   const Attempt& attempt) {
    const bool as_markdown =
        message.actions.empty() || !message.items.empty() || !mobiles_of(message, attempt).empty();
    const json::object body =
        as_markdown ? markdown(robot, message, attempt) : card(robot, message, attempt);
    return json_request(address_of(robot, attempt.at), json::serialize(body));
}

Outcome judge_dingtalk_robot(const HttpAnswer& answer) {
    if (auto failed = failed_status(answer)) return *std::move(failed);
    const auto body = object_in(answer.body);
    if (!body) return not_understood(answer);
    const auto code = whole_in(*body, "errcode");
    // When overloaded it answers without a code: {"punish":"deny", …}.
    if (!code) return body->contains("punish") ? too_many("punished") : not_understood(answer);
    return *code == 0 ? sent() : judge_code(*code, text_in(*body, "errmsg"));
}

}  // namespace dutylog::channels
