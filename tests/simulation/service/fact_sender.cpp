#include "tests/simulation/service/fact_sender.hpp"

#include <array>
#include <boost/json.hpp>
#include <utility>

#include "tests/simulation/broken.hpp"

namespace dutylog::simulation {

namespace json = boost::json;

namespace {

constexpr const char* mapping_text = R"(source: laboratory
each: /results
facts:
  - fact: detection
    subject: {kind: post, id: /post}
    at: ^/sampledAt
    value: {hazard: /agent, value: /value, purpose: /purpose}
)";
constexpr std::array agents{"benzene", "noise", "solvent"};

notice::WebhookSecret key_of(std::uint8_t number) {
    return notice::WebhookSharedKey{Bytes(32, number)};
}

}  // namespace

notice::WebhookSecret laboratory_key() { return key_of(1); }

const server::InboundSource& laboratory() {
    static const server::InboundSource source = [] {
        auto mapping = webhook::read_inbound_mapping({"laboratory.yaml", mapping_text});
        if (!mapping) throw Broken{mapping.error().detail};
        return server::InboundSource{*std::move(mapping), {notice::verifier_of(laboratory_key())}};
    }();
    return source;
}

std::string FactSender::result() {
    json::array results;
    for (int count = draw_.between(1, 3); count > 0; --count)
        results.push_back({{"post", "p1"},
                           {"agent", draw_.one_of(agents)},
                           {"value", draw_.between(0, 20)},
                           {"purpose", draw_.chance(80) ? "periodic" : "retest"}});
    return json::serialize(json::value{{"results", std::move(results)}});
}

void FactSender::send(Instant now) {
    Message message{"msg_" + std::to_string(++numbers_), {}};
    json::value body = json::parse(result());
    body.as_object()["sampledAt"] = to_string(now - hours(draw_.between(0, 200)));
    message.body = json::serialize(body);
    if (draw_.chance(25)) message.honesty = static_cast<Honesty>(draw_.between(1, 3));
    messages_.push_back(std::move(message));
}

void FactSender::sign(Message& message, Instant now) const {
    const bool other = message.honesty == Honesty::other_key;
    message.signed_at = message.honesty == Honesty::old ? now - minutes(6) : now;
    const std::array secrets{key_of(other ? 2 : 1)};
    const notice::WebhookHeaders headers =
        notice::sign_webhook(secrets, message.id, message.signed_at, message.body);
    std::string body = message.body;
    if (message.honesty == Honesty::other_body) body += " ";
    message.request = post_request("/inbound/laboratory",
                                   "Content-Type: application/json\r\nwebhook-id: " + headers.id +
                                       "\r\nwebhook-timestamp: " + headers.timestamp +
                                       "\r\nwebhook-signature: " + headers.signature + "\r\n",
                                   body);
}

void FactSender::turn(const Moment& moment) {
    if (messages_.empty()) return;
    Message& message = messages_.front();
    if (message.request.empty()) sign(message, moment.now);
    if (message.honesty == Honesty::honest) sent_.merge(commands_of(message));
    const auto answer = caller_.turn(message.request, moment.connect, moment.now);
    if (answer) hear(*answer, moment);
}

void FactSender::hear(const HttpCaller::Answer& answer, const Moment& moment) {
    Message& message = messages_.front();
    const unsigned status = answer.status;
    if (status >= 500 || status == 429 || status == 408) return message.request.clear();
    if (message.honesty != Honesty::honest) {
        require(status == 401, "nobody sends facts in another's name, not " +
                                   std::to_string(status) + ": " + answer.body);
        return messages_.pop_front();
    }
    // A signature is good for some minutes; the next attempt has its own.
    if (status == 401 && moment.now - message.signed_at > notice::webhook_tolerance)
        return message.request.clear();
    require(status == 200 || status == 422,
            "a message is taken, not " + std::to_string(status) + ": " + answer.body);
    if (status == 200) {
        const json::object told = json::parse(answer.body).as_object();
        if (message.again)
            require(told.at("repeated") == told.at("facts"),
                    "a message that comes again records nothing: " + message.id);
        taken_.merge(commands_of(message));
        if (!std::exchange(message.again, true) && draw_.chance(25)) return message.request.clear();
    }
    messages_.pop_front();
}

std::set<std::string> FactSender::commands_of(const Message& message) const {
    std::set<std::string> commands;
    const auto read = webhook::map_inbound(laboratory().mapping, message.body, message.id);
    require(read.has_value(), "a message of the laboratory can be read");
    for (const webhook::InboundFact& fact : read->facts) commands.insert(fact.command.str());
    return commands;
}

}  // namespace dutylog::simulation
