#include "adapters/channels/feishu_app.hpp"

#include "adapters/channels/feishu_bot.hpp"

namespace dutylog::channels {

namespace json = boost::json;

HttpRequest feishu_token_request(const FeishuApp& app) {
    const json::object body{{"app_id", app.app_id.reveal()},
                            {"app_secret", app.app_secret.reveal()}};
    return json_request(app.origin + "/open-apis/auth/v3/tenant_access_token/internal",
                        json::serialize(body));
}

std::expected<Token, Outcome> read_feishu_token(const HttpAnswer& answer) {
    const Outcome outcome = judge_feishu(answer);
    if (outcome.verdict != Verdict::sent) return std::unexpected{outcome};
    const auto body = object_in(answer.body);
    Token token{notice::Secret{text_in(*body, "tenant_access_token")},
                seconds(whole_in(*body, "expire").value_or(0))};
    constexpr Elapsed life_max = hours(24);
    if (token.value.empty() || token.life <= Elapsed{} || token.life > life_max)
        return std::unexpected{not_understood({.status = answer.status, .body = "no token"})};
    return token;
}

HttpRequest feishu_app_request(const FeishuApp& app, const std::string& user,
                               const notice::Message& message, const Attempt& attempt) {
    json::object body;
    body["receive_id"] = user;
    body["msg_type"] = "interactive";
    body["content"] = json::serialize(feishu_card(message, attempt));  // a card inside a text
    body["uuid"] = message.id;
    HttpRequest request = json_request(
        app.origin + "/open-apis/im/v1/messages?receive_id_type=user_id", json::serialize(body));
    request.headers.push_back({"Authorization", "Bearer " + attempt.token.reveal()});
    return request;
}

}  // namespace dutylog::channels
