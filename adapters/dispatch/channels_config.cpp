#include "adapters/dispatch/channels_config.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/dispatch/secret_file.hpp"
#include "engine/rule/suggest.hpp"

namespace dutylog::dispatch {

using config::TableReader;
using config::words;
using notice::Secret;
using notice::dispatch::Channel;
using notice::dispatch::Family;

namespace {

std::vector<Secret> secrets(TableReader& reader, std::string_view key, bool needed = true) {
    if (!needed && !reader.has(key)) return {};
    const std::string path = needed ? reader.needed_file(key) : reader.file(key);
    if (path.empty()) return {};
    auto found = read_secrets(path);
    if (found) return std::move(*found);
    reader.refuse(key, found.error(),
                  words("Write the secret into a file of its own that only the service may read.",
                        "请将密钥写入单独的文件，仅允许本服务读取。"));
    return {};
}

Secret secret(TableReader& reader, std::string_view key, bool needed = true) {
    auto found = secrets(reader, key, needed);
    return found.empty() ? Secret{} : std::move(found.front());
}

/// An address that is itself a secret stands in a file; one that is not may be written as it is.
Secret address(TableReader& reader, const Setup& setup) {
    Secret url{reader.text("url")};
    const std::string_view key = url.empty() ? "url_file" : "url";
    if (url.empty()) url = secret(reader, "url_file");
    if (url.empty()) return url;
    if (const auto read = notice::parse_endpoint_address(url.reveal(), setup.allowed); !read)
        reader.refuse(key, words(read.error().detail, read.error().detail),
                      words("Only https goes out, unless [telling] names the host in plain_hosts.",
                            "仅允许 https；除非 [telling] 的 plain_hosts 列有该主机。"));
    return url;
}

std::string origin(TableReader& reader, const Setup& setup, const std::string& initial) {
    std::string text = reader.text("origin", initial);
    if (const auto read = notice::parse_endpoint_address(text, setup.allowed); !read)
        reader.refuse("origin", words(read.error().detail, read.error().detail),
                      words("Write https://host, or leave it out.", "请写 https://主机，或省略。"));
    while (text.ends_with('/')) text.pop_back();
    return text;
}

// One function for each kind of channel: what it needs, and how it may be used.

Route webhook(TableReader& reader, const Setup& setup, Channel& channel) {
    channel.at_once = true;
    channel.attempts_at_once = 16;
    channels::WebhookEndpoint endpoint{.url = address(reader, setup)};
    const bool cloud = reader.choice("form", "plain", {"plain", "cloudevents"}) == "cloudevents";
    if (cloud) endpoint.form = channels::WebhookForm::cloudevents;
    endpoint.event_prefix = reader.text("event_prefix", endpoint.event_prefix);
    endpoint.schema_origin = reader.text("schema_origin");
    for (const Secret& each : secrets(reader, "secret_file")) {
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

Route dingtalk_robot(TableReader& reader, const Setup& setup, Channel& channel) {
    channel.family = Family::chat;
    channel.spacing = channels::dingtalk_spacing;
    channels::DingtalkRobot robot;
    robot.token = secret(reader, "token_file");
    robot.sign_secret = secret(reader, "sign_secret_file", false);
    robot.keyword = reader.text("keyword");
    robot.origin = origin(reader, setup, robot.origin);
    return robot;
}

Route wecom_robot(TableReader& reader, const Setup& setup, Channel& channel) {
    channel.family = Family::chat;
    channel.spacing = channels::wecom_spacing;
    channels::WecomRobot robot;
    robot.key = secret(reader, "key_file");
    robot.cards = reader.truth("cards", robot.cards);
    robot.origin = origin(reader, setup, robot.origin);
    return robot;
}

Route feishu_bot(TableReader& reader, const Setup& setup, Channel& channel) {
    channel.family = Family::chat;
    channel.spacing = channels::feishu_spacing;
    channels::FeishuBot bot;
    bot.hook = secret(reader, "hook_file");
    bot.sign_secret = secret(reader, "sign_secret_file", false);
    bot.keyword = reader.text("keyword");
    bot.origin = origin(reader, setup, bot.origin);
    return bot;
}

Route slack(TableReader& reader, const Setup& setup, Channel& channel) {
    channel.family = Family::chat;
    channel.spacing = channels::slack_spacing;
    return channels::SlackHook{address(reader, setup)};
}

Route teams(TableReader& reader, const Setup& setup, Channel& channel) {
    channel.family = Family::chat;
    channel.spacing = channels::teams_spacing;
    return channels::TeamsWorkflow{address(reader, setup)};
}

/// Of channels that lead to each person by themselves.
void to_persons(Channel& channel, Family family) {
    channel.family = family;
    channel.order_by_person = true;
}

std::int64_t agent(TableReader& reader) { return reader.whole("agent_id", 0, 1, INT64_MAX); }

Route dingtalk_app(TableReader& reader, const Setup& setup, Channel& channel) {
    to_persons(channel, Family::chat);
    channels::DingtalkApp app;
    app.app_key = Secret{reader.needed("app_key")};
    app.app_secret = secret(reader, "app_secret_file");
    app.agent_id = agent(reader);
    app.origin = origin(reader, setup, app.origin);
    // Past its limits it takes a message and loses it: its yes says little.
    channel.yes_is_arrival = false;
    return app;
}

Route wecom_app(TableReader& reader, const Setup& setup, Channel& channel) {
    to_persons(channel, Family::chat);
    channels::WecomApp app;
    app.corp_id = Secret{reader.needed("corp_id")};
    app.corp_secret = secret(reader, "corp_secret_file");
    app.agent_id = agent(reader);
    app.origin = origin(reader, setup, app.origin);
    return app;
}

Route feishu_app(TableReader& reader, const Setup& setup, Channel& channel) {
    to_persons(channel, Family::chat);
    channels::FeishuApp app;
    app.app_id = Secret{reader.needed("app_id")};
    app.app_secret = secret(reader, "app_secret_file");
    app.origin = origin(reader, setup, app.origin);
    return app;
}

Route mail(TableReader& reader, const Setup&, Channel& channel) {
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
    if (!relay.user.empty()) relay.password = secret(reader, "password_file");
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

Route sms_gateway(TableReader& reader, const Setup& setup, Channel& channel) {
    to_persons(channel, Family::chat);
    channels::SmsGateway gateway;
    gateway.method = reader.choice("method", "POST", {"POST", "PUT", "GET"});
    gateway.url = address(reader, setup);
    for (const Secret& line : secrets(reader, "headers_file", false)) {
        const std::size_t colon = line.reveal().find(':');
        if (colon == std::string::npos) {
            reader.refuse("headers_file",
                          words("a line is no `Name: value`", "有一行不是“名称: 值”"),
                          words("One header a line.", "每行一个请求头。"));
            continue;
        }
        const std::size_t value = line.reveal().find_first_not_of(' ', colon + 1);
        gateway.headers.push_back({line.reveal().substr(0, colon),
                                   value == std::string::npos ? "" : line.reveal().substr(value)});
    }
    const std::string escape = reader.choice("escape", "json", {"json", "form", "xml"});
    if (escape == "form") gateway.escape = channels::Template::Escape::form;
    if (escape == "xml") gateway.escape = channels::Template::Escape::xml;
    const std::string body = reader.needed("body");
    if (auto read = channels::Template::parse(body, channels::sms_value_names()))
        gateway.body = std::move(*read);
    else
        reader.refuse(
            "body", words(read.error().detail, read.error().detail),
            words("docs/notifications.md lists the names.", "可用名称见 docs/notifications.md。"));
    if (auto read = channels::SuccessRule::parse(reader.needed("success")))
        gateway.success = std::move(*read);
    else
        reader.refuse("success", words(read.error().detail, read.error().detail),
                      words("Write it as `status == 200 && body.code == \"0\"`.",
                            "写法如 `status == 200 && body.code == \"0\"`。"));
    return gateway;
}

/// `name = value` pairs of a template: `days=days`.
std::vector<std::pair<std::string, std::string>> parameters(TableReader& reader) {
    std::vector<std::pair<std::string, std::string>> all;
    for (const std::string& text : reader.texts("parameters")) {
        const std::size_t equals = text.find('=');
        all.emplace_back(text.substr(0, equals),
                         equals == std::string::npos ? text : text.substr(equals + 1));
    }
    return all;
}

Route sms_aliyun(TableReader& reader, const Setup&, Channel& channel) {
    to_persons(channel, Family::chat);
    channels::AliyunSms sms;
    sms.key_id = Secret{reader.needed("key_id")};
    sms.key_secret = secret(reader, "key_secret_file");
    sms.sign_name = reader.needed("sign_name");
    sms.template_code = reader.needed("template");
    sms.parameters = parameters(reader);
    sms.host = reader.text("host", sms.host);
    return sms;
}

Route sms_tencent(TableReader& reader, const Setup&, Channel& channel) {
    to_persons(channel, Family::chat);
    channels::TencentSms sms;
    sms.secret_id = Secret{reader.needed("key_id")};
    sms.secret_key = secret(reader, "key_secret_file");
    sms.app_id = reader.needed("app_id");
    sms.sign_name = reader.needed("sign_name");
    sms.template_id = reader.needed("template");
    for (auto& [name, value] : parameters(reader)) sms.parameters.push_back(value);
    sms.region = reader.text("region", sms.region);
    sms.host = reader.text("host", sms.host);
    return sms;
}

struct Kind {
    std::string_view name;
    Route (*read)(TableReader&, const Setup&, Channel&);
};
constexpr Kind kinds[] = {{"webhook", webhook},
                          {"dingtalk_robot", dingtalk_robot},
                          {"wecom_robot", wecom_robot},
                          {"feishu_bot", feishu_bot},
                          {"slack", slack},
                          {"teams", teams},
                          {"dingtalk_app", dingtalk_app},
                          {"wecom_app", wecom_app},
                          {"feishu_app", feishu_app},
                          {"mail", mail},
                          {"sms_gateway", sms_gateway},
                          {"sms_aliyun", sms_aliyun},
                          {"sms_tencent", sms_tencent}};

void read_channel(const std::string& name, TableReader& reader, Setup& setup) {
    std::vector<std::string_view> names;
    for (const Kind& kind : kinds) names.push_back(kind.name);
    reader.needed("kind");
    const std::string wanted = reader.choice("kind", "", names);
    const auto kind = std::ranges::find(kinds, wanted, &Kind::name);
    if (kind == std::end(kinds)) return;
    Channel channel;
    channel.name = name;
    channel.owner = reader.text("owner");
    Route route = kind->read(reader, setup, channel);
    channel.yes_is_arrival = reader.truth("yes_is_arrival", channel.yes_is_arrival);
    channel.attempts_at_once = static_cast<std::uint16_t>(
        reader.whole("attempts_at_once", channel.attempts_at_once, 1, 64));
    reader.end();
    setup.contacts.channels[name] = std::move(channel);
    setup.routes.emplace(name, std::move(route));
}

std::optional<notice::MinuteOfDay> minute_of(const std::string& text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto digit = [&](std::size_t at) { return text[at] - '0'; };
    for (const std::size_t at : {0U, 1U, 3U, 4U})
        if (digit(at) < 0 || digit(at) > 9) return std::nullopt;
    const int hour = digit(0) * 10 + digit(1);
    const int minute = digit(3) * 10 + digit(4);
    if (hour > 23 || minute > 59) return std::nullopt;
    return hour * 60 + minute;
}

std::vector<notice::MinuteOfDay> minutes_of(TableReader& reader, std::string_view key) {
    std::vector<notice::MinuteOfDay> all;
    for (const std::string& text : reader.texts(key)) {
        if (const auto minute = minute_of(text))
            all.push_back(*minute);
        else
            reader.refuse(key,
                          words(fmt::format("expected a time as 09:00, found {}", text),
                                fmt::format("应为时刻，如 09:00，实为 {}", text)),
                          words("Write four digits.", "请写四位数字。"));
    }
    return all;
}

notice::TellingTimes times_of(TableReader& reader, notice::TellingTimes times) {
    if (reader.has("slots")) times.slots = minutes_of(reader, "slots");
    if (reader.has("quiet")) {
        const auto ends = minutes_of(reader, "quiet");
        times.quiet.reset();
        if (ends.size() == 2) times.quiet = notice::QuietHours{ends[0], ends[1]};
    }
    times.working_days_only = reader.truth("working_days_only", times.working_days_only);
    times.critical_at_once = reader.truth("critical_at_once", times.critical_at_once);
    const auto checked = notice::checked(times);
    if (!checked)
        reader.refuse("slots", words(checked.error().detail, checked.error().detail),
                      words("For example: slots = [\"09:00\"], quiet = [\"22:00\", \"07:00\"].",
                            "例如：slots = [\"09:00\"]，quiet = [\"22:00\", \"07:00\"]。"));
    return times;
}

notice::dispatch::Contact contact_of(TableReader& reader, const Setup& setup) {
    notice::dispatch::Contact contact{reader.texts("channels"),
                                      times_of(reader, setup.contacts.anybody.times)};
    std::vector<std::string> known;
    for (const auto& [name, channel] : setup.contacts.channels) known.push_back(name);
    for (const std::string& name : contact.channels)
        if (!setup.contacts.channels.contains(name)) {
            const auto near = rule::suggestions(name, known);
            reader.refuse("channels",
                          words(fmt::format("there is no channel `{}`", name),
                                fmt::format("没有渠道 `{}`", name)),
                          near.empty()
                              ? words(fmt::format("Describe it under [channels.{}].", name),
                                      fmt::format("请在 [channels.{}] 下说明。", name))
                              : words(fmt::format("Did you mean `{}`?", near.front()),
                                      fmt::format("是否指 `{}`？", near.front())));
        }
    return contact;
}

std::optional<Language> language_of(TableReader& reader) {
    const std::string word = reader.choice("language", "", {"zh-CN", "en"});
    if (word.empty()) return std::nullopt;
    return word == "en" ? Language::en : Language::zh_cn;
}

}  // namespace

void read_telling(TableReader& section, Setup& setup) {
    for (const std::string& text : section.texts("networks")) {
        if (const auto network = notice::parse_ip_network(text))
            setup.allowed.networks.push_back(*network);
        else
            section.refuse("networks",
                           words(fmt::format("expected a network, found {}", text),
                                 fmt::format("应为网段，实为 {}", text)),
                           words("For example 10.2.0.0/16.", "例如 10.2.0.0/16。"));
    }
    setup.allowed.plain_hosts = section.texts("plain_hosts");
    setup.authorities = section.file("authorities");
    setup.language = language_of(section).value_or(setup.language);
    setup.names_in_groups = section.truth("names_in_groups", setup.names_in_groups);
    setup.contacts.anybody.times = times_of(section, setup.contacts.anybody.times);
    section.end();
}

void read_channels(TableReader& section, Setup& setup) {
    for (auto& [name, reader] : section.tables()) read_channel(name, reader, setup);
}

void read_people(TableReader& section, Setup& setup) {
    for (auto& [id, reader] : section.tables()) {
        setup.contacts.people[id] = contact_of(reader, setup);
        Addressee to{.language = language_of(reader),
                     .name = reader.text("name"),
                     .mail = reader.text("mail"),
                     .mobile = reader.text("mobile")};
        if (!to.mail.empty() && !channels::is_mail_address(to.mail))
            reader.refuse("mail",
                          words("expected an address like mei@example.com",
                                "应为邮件地址，如 mei@example.com"),
                          words("Plain ASCII, without quotes.", "仅限 ASCII，不加引号。"));
        if (auto users = reader.table("users")) {
            for (const auto& [channel, known] : setup.contacts.channels)
                if (std::string user = users->text(channel); !user.empty())
                    to.users[channel] = std::move(user);
            users->end();
        }
        setup.people[id] = std::move(to);
        reader.end();
    }
}

void read_roles(TableReader& section, Setup& setup) {
    for (auto& [id, reader] : section.tables()) {
        auto& contact = id == "anybody" ? setup.contacts.anybody : setup.contacts.roles[id];
        contact = contact_of(reader, setup);
        reader.end();
    }
}

}  // namespace dutylog::dispatch
