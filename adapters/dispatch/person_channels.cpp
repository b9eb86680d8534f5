#include "adapters/dispatch/channel_fields.hpp"
#include "adapters/dispatch/channel_kinds.hpp"

namespace dutylog::dispatch {

using config::TableReader;
using config::words;
using notice::Secret;
using notice::dispatch::Channel;
using notice::dispatch::Family;

void to_persons(Channel& channel, Family family) {
    channel.family = family;
    channel.order_by_person = true;
}

namespace {

std::int64_t agent(TableReader& reader) { return reader.whole("agent_id", 0, 1, INT64_MAX); }

}  // namespace

Route read_dingtalk_app(TableReader& reader, const Setup& setup, Channel& channel) {
    to_persons(channel, Family::chat);
    channels::DingtalkApp app;
    app.app_key = Secret{reader.needed("app_key")};
    app.app_secret = secret_of(reader, "app_secret_file");
    app.agent_id = agent(reader);
    app.origin = origin_of(reader, setup, app.origin);
    // Past its limits it takes a message and loses it: its yes says little.
    channel.yes_is_arrival = false;
    return app;
}

Route read_wecom_app(TableReader& reader, const Setup& setup, Channel& channel) {
    to_persons(channel, Family::chat);
    channels::WecomApp app;
    app.corp_id = Secret{reader.needed("corp_id")};
    app.corp_secret = secret_of(reader, "corp_secret_file");
    app.agent_id = agent(reader);
    app.origin = origin_of(reader, setup, app.origin);
    return app;
}

Route read_feishu_app(TableReader& reader, const Setup& setup, Channel& channel) {
    to_persons(channel, Family::chat);
    channels::FeishuApp app;
    app.app_id = Secret{reader.needed("app_id")};
    app.app_secret = secret_of(reader, "app_secret_file");
    app.origin = origin_of(reader, setup, app.origin);
    return app;
}

Route read_mail(TableReader& reader, const Setup&, Channel& channel) {
    to_persons(channel, Family::mail);
    MailRoute route;
    channels::SmtpRelay& relay = route.relay;
    relay.host = reader.needed("host");
    const std::string tls = reader.choice("tls", "starttls", {"starttls", "implicit", "none"});
    if (tls == "implicit") relay.tls = channels::SmtpRelay::Tls::implicit;
    if (tls == "none") relay.tls = channels::SmtpRelay::Tls::none;
    const std::int64_t usual = tls == "implicit" ? 465 : tls == "none" ? 25 : 587;
    relay.port = static_cast<std::uint16_t>(reader.whole("port", usual, 1, 65'535));
    relay.user = reader.text("user");
    if (!relay.user.empty()) relay.password = secret_of(reader, "password_file");
    relay.authorities = reader.file("authorities");
    relay.time_max = reader.time("time_max", seconds(30), seconds(1), minutes(5));
    route.sender.from = {reader.needed("from"), reader.text("from_name")};
    route.sender.bounces = reader.text("bounces", route.sender.from.address);
    const std::size_t at = route.sender.from.address.find('@');
    const std::string own = at == std::string::npos ? "" : route.sender.from.address.substr(at + 1);
    route.sender.domain = reader.text("domain", own);
    if (!channels::is_mail_address(route.sender.from.address))
        reader.refuse(
            "from",
            words("expected an address like duty@example.com", "应为邮件地址，如 duty@example.com"),
            words("Plain ASCII, without quotes.", "仅限 ASCII，不加引号。"));
    return route;
}

}  // namespace dutylog::dispatch
