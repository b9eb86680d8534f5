#pragma once

#include <map>
#include <string>
#include <variant>

#include "adapters/channels/dingtalk_robot.hpp"
#include "adapters/channels/dingtalk_work.hpp"
#include "adapters/channels/feishu_app.hpp"
#include "adapters/channels/feishu_bot.hpp"
#include "adapters/channels/slack.hpp"
#include "adapters/channels/sms.hpp"
#include "adapters/channels/sms_gateway.hpp"
#include "adapters/channels/smtp.hpp"
#include "adapters/channels/teams.hpp"
#include "adapters/channels/webhook_event.hpp"
#include "adapters/channels/wecom_app.hpp"
#include "adapters/channels/wecom_robot.hpp"
#include "engine/notice/address_guard.hpp"
#include "engine/notice/dispatch/contacts.hpp"

/// The service's way to people: from a notice in the log to a message on a wire, and back to a fact
/// in the log.
namespace dutylog::dispatch {

struct MailRoute {
    channels::SmtpRelay relay;
    channels::MailSender sender;
};

/// Where a channel leads, with its secrets.
using Route =
    std::variant<channels::WebhookEndpoint, channels::DingtalkRobot, channels::WecomRobot,
                 channels::FeishuBot, channels::SlackHook, channels::TeamsWorkflow,
                 channels::DingtalkApp, channels::WecomApp, channels::FeishuApp,
                 channels::AliyunSms, channels::TencentSms, channels::SmsGateway, MailRoute>;

/// A channel that everybody in a chat reads.
bool is_group(const Route& route);

/// What the channels need to know of a person.
struct Addressee {
    std::optional<Language> language{};
    std::string name{};
    std::string mail{};
    std::string mobile{};
    std::map<std::string, std::string> users{};  ///< channel → id of the person there
};

/// Everything the configuration says of telling people.
struct Setup {
    notice::dispatch::Contacts contacts;
    std::map<std::string, Route> routes;  ///< by the name of their channel
    std::map<std::string, Addressee> people;
    notice::AllowList allowed;
    std::string authorities;  ///< file of certificates to believe; empty: those of the system
    Language language = Language::zh_cn;
    bool names_in_groups = false;

    const Addressee& addressee(const std::string& person) const;
};

}  // namespace dutylog::dispatch
