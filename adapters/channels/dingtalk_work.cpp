#include "adapters/channels/dingtalk_work.hpp"

#include <charconv>

#include "adapters/channels/dingtalk_text.hpp"
#include "adapters/channels/markup.hpp"

namespace dutylog::channels {

namespace {

namespace json = boost::json;

std::string address_of(const DingtalkApp& app, std::string_view path, const notice::Secret& token) {
    return app.origin + std::string{path} + "?access_token=" + percent_encoded(token.reveal());
}

HttpRequest call(const DingtalkApp& app, std::string_view path, const notice::Secret& token,
                 const json::object& body) {
    return json_request(address_of(app, path, token), json::serialize(body));
}

std::string joined(std::span<const std::string> users) {
    std::string list;
    for (const std::string& user : users) list += (list.empty() ? "" : ",") + user;
    return list;
}

json::object card(const notice::Message& message, bool shortened, std::size_t text_bytes_max) {
    const Language language = message.language;
    json::object content;
    content["title"] = message.title.in(language);
    content["markdown"] = dingtalk_markdown(message, shortened, false, "", text_bytes_max);
    if (!message.actions.empty()) {
        content["single_title"] = message.actions.front().label.in(language);
        content["single_url"] = message.actions.front().url;
    }
    return {{"msgtype", "action_card"}, {"action_card", std::move(content)}};
}

/// The whole `msg` must fit, so the text gets what the rest leaves of it.
json::object fitted_card(const notice::Message& message, bool shortened) {
    json::object whole = card(message, shortened, dingtalk_work_bytes_max);
    const std::size_t size = json::serialize(whole).size();
    if (size <= dingtalk_work_bytes_max) return whole;
    const std::size_t text = whole["action_card"].as_object()["markdown"].as_string().size();
    const std::size_t over = size - dingtalk_work_bytes_max;
    constexpr std::size_t text_bytes_min = 100;
    return card(message, shortened, text > over + text_bytes_min ? text - over : text_bytes_min);
}

Outcome judge_code(std::int64_t code, std::string_view words) {
    std::string detail = detail_of("errcode", code, words);
    switch (code) {
        case -1:
            return busy(std::move(detail));
        case 40014:
        case 42001:
            return again(Repair::renew_token, "token_expired", std::move(detail));
        case 88: {
            // Its sub-code for a token that has expired or is not known stands in the words.
            if (mentions(words, "access_token"))
                return again(Repair::renew_token, "token_expired", std::move(detail));
            return too_many(std::move(detail));
        }
        case 40089:
        case 40091:
        case 40096:
            return broken("app_unknown", std::move(detail));
        case 33012:
        case 60121:
            return rejected("person_unknown", std::move(detail));
        case 40035:
        case 400002:
            return rejected("parameter", std::move(detail));
        default:
            return later("unknown_code", std::move(detail));
    }
}

/// The object of an answer whose code is 0, or what the answer means.
std::expected<json::object, Outcome> successful(const HttpAnswer& answer) {
    if (auto failed = failed_status(answer)) return std::unexpected{*std::move(failed)};
    auto body = object_in(answer.body);
    const auto code = body ? whole_in(*body, "errcode") : std::nullopt;
    if (!code) return std::unexpected{not_understood(answer)};
    if (*code != 0) return std::unexpected{judge_code(*code, text_in(*body, "errmsg"))};
    return *std::move(body);
}

void add_texts(std::vector<std::string>& out, const json::object& object, std::string_view name) {
    const json::value* const list = object.if_contains(name);
    if (list == nullptr || !list->is_array()) return;
    for (const json::value& item : list->as_array())
        if (item.is_string()) out.emplace_back(item.as_string());
}

json::value task_number(const std::string& task) {
    std::int64_t number = 0;
    std::from_chars(task.data(), task.data() + task.size(), number);
    return number;
}

}  // namespace

HttpRequest dingtalk_token_request(const DingtalkApp& app) {
    return {.method = "GET",
            .url = notice::Secret{app.origin +
                                  "/gettoken?appkey=" + percent_encoded(app.app_key.reveal()) +
                                  "&appsecret=" + percent_encoded(app.app_secret.reveal())}};
}

std::expected<Token, Outcome> read_access_token(const HttpAnswer& answer) {
    const auto body = successful(answer);
    if (!body) return std::unexpected{body.error()};
    Token token{notice::Secret{text_in(*body, "access_token")},
                seconds(whole_in(*body, "expires_in").value_or(0))};
    constexpr Elapsed life_max = hours(24);
    if (token.value.empty() || token.life <= Elapsed{} || token.life > life_max)
        return std::unexpected{not_understood({.status = answer.status, .body = "no token"})};
    return token;
}

HttpRequest dingtalk_user_request(const DingtalkApp& app, const notice::Secret& token,
                                  const std::string& mobile) {
    return call(app, "/topapi/v2/user/getbymobile", token, {{"mobile", mobile}});
}

std::expected<std::string, Outcome> read_dingtalk_user(const HttpAnswer& answer) {
    const auto body = successful(answer);
    if (!body) return std::unexpected{body.error()};
    const json::value* const result = body->if_contains("result");
    std::string user =
        result != nullptr && result->is_object() ? text_in(result->as_object(), "userid") : "";
    if (user.empty()) return std::unexpected{not_understood(answer)};
    return user;
}

HttpRequest dingtalk_work_request(const DingtalkApp& app, std::span<const std::string> users,
                                  const notice::Message& message, const Attempt& attempt) {
    json::object body;
    body["agent_id"] = app.agent_id;
    body["userid_list"] = joined(users);
    body["to_all_user"] = false;
    body["msg"] = fitted_card(message, attempt.shortened);
    return call(app, "/topapi/message/corpconversation/asyncsend_v2", attempt.token, body);
}

Outcome judge_dingtalk_work(const HttpAnswer& answer) {
    const auto body = successful(answer);
    if (!body) return body.error();
    const auto task = whole_in(*body, "task_id");
    return task ? sent(std::to_string(*task)) : not_understood(answer);
}

HttpRequest dingtalk_result_request(const DingtalkApp& app, const notice::Secret& token,
                                    const std::string& task) {
    return call(app, "/topapi/message/corpconversation/getsendresult", token,
                {{"agent_id", app.agent_id}, {"task_id", task_number(task)}});
}

std::expected<DingtalkResult, Outcome> read_dingtalk_result(const HttpAnswer& answer) {
    const auto body = successful(answer);
    if (!body) return std::unexpected{body.error()};
    const json::value* const sent_to = body->if_contains("send_result");
    if (sent_to == nullptr || !sent_to->is_object()) return std::unexpected{not_understood(answer)};
    DingtalkResult result;
    add_texts(result.read, sent_to->as_object(), "read_user_id_list");
    add_texts(result.unread, sent_to->as_object(), "unread_user_id_list");
    for (const auto* name :
         {"failed_user_id_list", "forbidden_user_id_list", "invalid_user_id_list"})
        add_texts(result.missed, sent_to->as_object(), name);
    return result;
}

HttpRequest dingtalk_recall_request(const DingtalkApp& app, const notice::Secret& token,
                                    const std::string& task) {
    return call(app, "/topapi/message/corpconversation/recall", token,
                {{"agent_id", app.agent_id}, {"msg_task_id", task_number(task)}});
}

}  // namespace dutylog::channels
