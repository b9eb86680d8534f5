#include "adapters/dispatch/channels_config.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/dispatch/channel_kinds.hpp"
#include "adapters/dispatch/people_config.hpp"

namespace dutylog::dispatch {

using config::TableReader;
using config::words;
using notice::dispatch::Channel;

namespace {

struct Kind {
    std::string_view name;
    Route (*read)(TableReader&, const Setup&, Channel&);
};
constexpr Kind kinds[] = {{"webhook", read_webhook},
                          {"dingtalk_robot", read_dingtalk_robot},
                          {"wecom_robot", read_wecom_robot},
                          {"feishu_bot", read_feishu_bot},
                          {"slack", read_slack},
                          {"teams", read_teams},
                          {"dingtalk_app", read_dingtalk_app},
                          {"wecom_app", read_wecom_app},
                          {"feishu_app", read_feishu_app},
                          {"mail", read_mail},
                          {"sms_gateway", read_sms_gateway},
                          {"sms_aliyun", read_sms_aliyun},
                          {"sms_tencent", read_sms_tencent}};

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

}  // namespace dutylog::dispatch
