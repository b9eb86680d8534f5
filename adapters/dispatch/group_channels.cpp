#include "adapters/dispatch/channel_fields.hpp"
#include "adapters/dispatch/channel_kinds.hpp"

namespace dutylog::dispatch {

using config::TableReader;
using config::words;
using notice::Secret;
using notice::dispatch::Channel;
using notice::dispatch::Family;

Route read_webhook(TableReader& reader, const Setup& setup, Channel& channel) {
    channel.at_once = true;
    channel.attempts_at_once = 16;
    channels::WebhookEndpoint endpoint{.url = address_of(reader, setup)};
    const bool cloud = reader.choice("form", "plain", {"plain", "cloudevents"}) == "cloudevents";
    if (cloud) endpoint.form = channels::WebhookForm::cloudevents;
    endpoint.event_prefix = reader.text("event_prefix", endpoint.event_prefix);
    endpoint.schema_origin = reader.text("schema_origin");
    for (const Secret& each : secrets_of(reader, "secret_file")) {
        if (const auto read = notice::parse_webhook_secret(each.reveal()))
            endpoint.secrets.push_back(*read);
        else
            reader.refuse(
                "secret_file",
                words("a line is neither whsec_… nor whsk_…", "有一行既不是 whsec_… 也不是 whsk_…"),
                words("`openssl rand -base64 32` makes the part behind whsec_.",
                      "whsec_ 之后的部分可由 `openssl rand -base64 32` 生成。"));
    }
    return endpoint;
}

Route read_dingtalk_robot(TableReader& reader, const Setup& setup, Channel& channel) {
    channel.family = Family::chat;
    channel.spacing = channels::dingtalk_spacing;
    channels::DingtalkRobot robot;
    robot.token = secret_of(reader, "token_file");
    robot.sign_secret = secret_of(reader, "sign_secret_file", false);
    robot.keyword = reader.text("keyword");
    robot.origin = origin_of(reader, setup, robot.origin);
    return robot;
}

Route read_wecom_robot(TableReader& reader, const Setup& setup, Channel& channel) {
    channel.family = Family::chat;
    channel.spacing = channels::wecom_spacing;
    channels::WecomRobot robot;
    robot.key = secret_of(reader, "key_file");
    robot.cards = reader.truth("cards", robot.cards);
    robot.origin = origin_of(reader, setup, robot.origin);
    return robot;
}

Route read_feishu_bot(TableReader& reader, const Setup& setup, Channel& channel) {
    channel.family = Family::chat;
    channel.spacing = channels::feishu_spacing;
    channels::FeishuBot bot;
    bot.hook = secret_of(reader, "hook_file");
    bot.sign_secret = secret_of(reader, "sign_secret_file", false);
    bot.keyword = reader.text("keyword");
    bot.origin = origin_of(reader, setup, bot.origin);
    return bot;
}

Route read_slack(TableReader& reader, const Setup& setup, Channel& channel) {
    channel.family = Family::chat;
    channel.spacing = channels::slack_spacing;
    return channels::SlackHook{address_of(reader, setup)};
}

Route read_teams(TableReader& reader, const Setup& setup, Channel& channel) {
    channel.family = Family::chat;
    channel.spacing = channels::teams_spacing;
    return channels::TeamsWorkflow{address_of(reader, setup)};
}

}  // namespace dutylog::dispatch
