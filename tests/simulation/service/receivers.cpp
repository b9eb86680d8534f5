#include "tests/simulation/service/receivers.hpp"

#include "engine/notice/standard_webhooks.hpp"
#include "tests/simulation/service/crowd.hpp"

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

void add_mail(Outside& outside, Draw& draw, const std::string& name) {
    outside.setup.contacts.channels[name] = {
        .name = name, .family = Family::mail, .order_by_person = true, .owner = "w1"};
    dispatch::MailRoute route;
    route.relay.host = name + ".test";
    route.relay.tls = channels::SmtpRelay::Tls::none;
    route.sender = {{"duty@plant.test", ""}, "bounces@plant.test", "plant.test"};
    outside.setup.routes[name] = route;
    outside.mail_servers.emplace(name + ".test", MailServer{draw.fork()});
}

}  // namespace

void open_receivers(Outside& outside, Draw& draw) {
    add_webhook(outside, draw, "first");
    add_webhook(outside, draw, "second");
    add_robot(outside, draw, "robot");
    add_mail(outside, draw, "post");
    auto& contacts = outside.setup.contacts;
    contacts.people["w1"].channels = {"first", "second"};
    contacts.people["w2"].channels = {"robot", "first"};
    contacts.people["w2"].times.working_days_only = false;  // holidays would outlast the calm
    contacts.people["w3@north"].channels = {"second"};
    contacts.people["w4"].channels = {"post", "second"};
    contacts.people["w4"].times.working_days_only = false;
    outside.setup.people["w4"].mail = "w4@plant.test";
    contacts.anybody.channels = {"first"};
    outside.receivers.at("second.test").allow(Manner::gone, false);
}

namespace {

void give_mailbox(Outside& outside, const std::string& person) {
    auto& contact = outside.setup.contacts.people[person];
    contact.channels = {"post"};
    contact.times.working_days_only = false;
    outside.setup.people[person].mail = person + "@plant.test";
}

}  // namespace

void open_crowd(Outside& outside, Draw& draw, std::size_t people) {
    for (std::size_t i = 0; i < people; ++i) {
        const std::string name = "e" + std::to_string(i);
        add_webhook(outside, draw, name);
        outside.setup.contacts.channels[name].owner = Crowd::chief;
        outside.setup.contacts.people[Crowd::person(i)].channels = {name};
    }
    add_mail(outside, draw, "post");
    give_mailbox(outside, Crowd::chief);
}

void open_mailboxes(Outside& outside, Draw& draw, std::size_t people) {
    add_mail(outside, draw, "post");
    for (std::size_t i = 0; i < people; ++i) give_mailbox(outside, Crowd::person(i));
    give_mailbox(outside, Crowd::chief);
}

void change_the_weather(Outside& outside, Draw& draw) {
    const auto change = [&](auto& server) {
        server.set_trouble(draw.chance(40) ? 0 : draw.between(5, 95));
        server.set_down(draw.chance(15));
    };
    for (auto& [host, receiver] : outside.receivers) change(receiver);
    for (auto& [host, server] : outside.mail_servers) change(server);
}

void clear_the_sky(Outside& outside) {
    const auto clear = [](auto& server) {
        server.set_trouble(0);
        server.set_down(false);
    };
    for (auto& [host, receiver] : outside.receivers) clear(receiver);
    for (auto& [host, server] : outside.mail_servers) clear(server);
}

}  // namespace dutylog::simulation
