#include "tests/simulation/service/receivers.hpp"

#include "engine/notice/standard_webhooks.hpp"

namespace dutylog::simulation {

namespace {

using notice::dispatch::Channel;
using notice::dispatch::Contact;
using notice::dispatch::Family;

void add_webhook(Outside& outside, Draw& draw, const std::string& name) {
    outside.setup.contacts.channels[name] = {
        .name = name, .family = Family::webhook, .at_once = true, .owner = "w1"};
    channels::WebhookEndpoint endpoint;
    endpoint.url = notice::Secret{"http://" + name + ".test/hook"};
    outside.setup.routes[name] = endpoint;
    outside.setup.allowed.plain_hosts.push_back(name + ".test");
    outside.receivers.emplace(name + ".test", Receiver{draw.fork(), ""});
}

void add_robot(Outside& outside, Draw& draw, const std::string& name) {
    outside.setup.contacts.channels[name] = {
        .name = name, .family = Family::chat, .spacing = channels::dingtalk_spacing, .owner = "w1"};
    channels::DingtalkRobot robot;
    robot.token = notice::Secret{"token-of-" + name};
    robot.origin = "http://" + name + ".test";
    outside.setup.routes[name] = robot;
    outside.setup.allowed.plain_hosts.push_back(name + ".test");
    outside.receivers.emplace(name + ".test",
                              Receiver{draw.fork(), R"({"errcode":0,"errmsg":"ok"})"});
}

}  // namespace

void open_receivers(Outside& outside, Draw& draw) {
    add_webhook(outside, draw, "first");
    add_webhook(outside, draw, "second");
    add_robot(outside, draw, "robot");
    auto& contacts = outside.setup.contacts;
    contacts.people["w1"].channels = {"first", "second"};
    contacts.people["w2"].channels = {"robot", "first"};
    contacts.people["w2"].times.working_days_only = false;  // holidays would outlast the calm
    contacts.people["w3@north"].channels = {"second"};
    contacts.anybody.channels = {"first"};
    outside.receivers.at("second.test").allow(Manner::gone, false);
}

void change_the_weather(Outside& outside, Draw& draw) {
    for (auto& [host, receiver] : outside.receivers) {
        receiver.set_trouble(draw.chance(40) ? 0 : draw.between(5, 95));
        receiver.set_down(draw.chance(15));
    }
}

void clear_the_sky(Outside& outside) {
    for (auto& [host, receiver] : outside.receivers) {
        receiver.set_trouble(0);
        receiver.set_down(false);
    }
}

}  // namespace dutylog::simulation
