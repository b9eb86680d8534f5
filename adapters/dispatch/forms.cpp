#include "adapters/dispatch/forms.hpp"

#include <array>

namespace dutylog::dispatch {

using channels::Attempt;
using channels::HttpAnswer;
using notice::Message;
using notice::Outcome;
using notice::Secret;

namespace {

using Formed = std::expected<HttpForm, Outcome>;

struct Former {
    const Letter& letter;
    const std::string& channel;
    const Addressee& to;
    const Attempt& attempt;

    const Message& message() const { return letter.message; }

    Formed operator()(const channels::WebhookEndpoint& endpoint) const {
        std::vector<Secret> secrets{endpoint.url};
        for (const notice::WebhookSecret& each : endpoint.secrets)
            secrets.emplace_back(notice::to_text(each));
        return HttpForm{
            channels::webhook_request(endpoint, letter.event.id,
                                      channels::webhook_body(endpoint, letter.event), attempt),
            channels::judge_webhook, std::move(secrets)};
    }
    Formed operator()(const channels::DingtalkRobot& robot) const {
        return HttpForm{channels::dingtalk_robot_request(robot, message(), attempt),
                        channels::judge_dingtalk_robot,
                        {robot.token, robot.sign_secret}};
    }
    Formed operator()(const channels::WecomRobot& robot) const {
        return HttpForm{channels::wecom_robot_request(robot, message(), attempt),
                        channels::judge_wecom_robot,
                        {robot.key}};
    }
    Formed operator()(const channels::FeishuBot& bot) const {
        return HttpForm{channels::feishu_bot_request(bot, message(), attempt),
                        channels::judge_feishu,
                        {bot.hook, bot.sign_secret}};
    }
    Formed operator()(const channels::SlackHook& hook) const {
        return HttpForm{
            channels::slack_request(hook, message(), attempt), channels::judge_slack, {hook.url}};
    }
    Formed operator()(const channels::TeamsWorkflow& workflow) const {
        return HttpForm{channels::teams_request(workflow, message(), attempt),
                        channels::judge_teams,
                        {workflow.url}};
    }
    Formed operator()(const channels::DingtalkApp& app) const {
        return to_user([&](const std::string& user) {
            const std::array users{user};
            return HttpForm{channels::dingtalk_work_request(app, users, message(), attempt),
                            channels::judge_dingtalk_work,
                            {app.app_key, app.app_secret, attempt.token}};
        });
    }
    Formed operator()(const channels::WecomApp& app) const {
        return to_user([&](const std::string& user) {
            const std::array users{user};
            return HttpForm{channels::wecom_app_request(app, users, message(), attempt),
                            channels::judge_wecom_app,
                            {app.corp_id, app.corp_secret, attempt.token}};
        });
    }
    Formed operator()(const channels::FeishuApp& app) const {
        return to_user([&](const std::string& user) {
            return HttpForm{channels::feishu_app_request(app, user, message(), attempt),
                            channels::judge_feishu,
                            {app.app_id, app.app_secret, attempt.token}};
        });
    }
    Formed operator()(const channels::AliyunSms& sms) const {
        return to_mobile([&](const std::string& mobile) {
            return HttpForm{channels::aliyun_request(sms, mobile, message(), attempt),
                            channels::judge_aliyun,
                            {sms.key_id, sms.key_secret}};
        });
    }
    Formed operator()(const channels::TencentSms& sms) const {
        return to_mobile([&](const std::string& mobile) {
            return HttpForm{channels::tencent_request(sms, mobile, message(), attempt),
                            channels::judge_tencent,
                            {sms.secret_id, sms.secret_key}};
        });
    }
    Formed operator()(const channels::SmsGateway& gateway) const {
        return to_mobile([&](const std::string& mobile) {
            std::vector<Secret> secrets{gateway.url};
            for (const channels::Header& header : gateway.headers)
                secrets.emplace_back(header.value);
            const auto judge = [&gateway](const HttpAnswer& answer) {
                return channels::judge_gateway(gateway, answer);
            };
            return HttpForm{channels::gateway_request(gateway, mobile, message()), judge,
                            std::move(secrets)};
        });
    }
    Formed operator()(const MailRoute&) const {
        return std::unexpected{channels::rejected("no_http", "mail does not go over HTTP")};
    }

private:
    template <class Make>
    Formed to_user(const Make& make) const {
        const auto found = to.users.find(channel);
        if (found == to.users.end())
            return std::unexpected{
                channels::rejected("no_address", "the person has no user id in this channel")};
        return make(found->second);
    }
    template <class Make>
    Formed to_mobile(const Make& make) const {
        if (to.mobile.empty())
            return std::unexpected{
                channels::rejected("no_address", "the person has no mobile number")};
        return make(to.mobile);
    }
};

}  // namespace

std::optional<TokenCall> token_call(const Route& route) {
    if (const auto* app = std::get_if<channels::DingtalkApp>(&route))
        return TokenCall{channels::dingtalk_token_request(*app), channels::read_access_token};
    if (const auto* app = std::get_if<channels::WecomApp>(&route))
        return TokenCall{channels::wecom_token_request(*app), channels::read_access_token};
    if (const auto* app = std::get_if<channels::FeishuApp>(&route))
        return TokenCall{channels::feishu_token_request(*app), channels::read_feishu_token};
    return std::nullopt;
}

std::expected<HttpForm, Outcome> http_form(const Route& route, const Letter& letter,
                                           const std::string& channel, const Addressee& to,
                                           const Attempt& attempt) {
    return std::visit(Former{letter, channel, to, attempt}, route);
}

std::expected<channels::Mail, Outcome> mail_form(const MailRoute& route, const Letter& letter,
                                                 const Addressee& to, Instant at) {
    if (to.mail.empty())
        return std::unexpected{channels::rejected("no_address", "the person has no mail address")};
    const channels::MailOptions options{.at = at,
                                        .offset_seconds = letter.offset_seconds,
                                        .unsubscribe_url = letter.unsubscribe_url};
    auto mail = channels::mail_of(route.sender, {to.mail, to.name}, letter.message, options);
    if (!mail) return std::unexpected{channels::rejected(mail.error().reason, mail.error().detail)};
    return std::move(*mail);
}

}  // namespace dutylog::dispatch
