#include "tests/simulation/service/network.hpp"

#include "adapters/channels/exchange.hpp"
#include "tests/simulation/service/mail_way.hpp"
#include "tests/simulation/service/wire_stream.hpp"

namespace dutylog::simulation {

namespace asio = boost::asio;
using channels::HttpAnswer;
using channels::HttpRequest;
using notice::Outcome;

asio::awaitable<std::expected<HttpAnswer, Outcome>> Network::send(HttpRequest request) {
    if (outside_.plant == ServicePlant::new_id_on_retry)
        for (channels::Header& header : request.headers)
            if (header.name == "webhook-id") header.value += "-" + std::to_string(++sent_);
    auto answer = co_await exchanged(request);
    if (!answer) co_return answer;
    if (outside_.plant == ServicePlant::believe_any_yes && answer->status == 200)
        answer->body = R"({"errcode":0,"errmsg":"ok"})";
    const auto location = answer->header("Location");
    if (outside_.plant != ServicePlant::follow_redirects || !location) co_return answer;
    request.url = notice::Secret{std::string{*location}};
    co_return co_await exchanged(request);
}

asio::awaitable<std::expected<HttpAnswer, Outcome>> Network::exchanged(HttpRequest request) {
    const auto address =
        notice::parse_endpoint_address(request.url.reveal(), outside_.setup.allowed);
    const auto found = address ? outside_.receivers.find(address->host) : outside_.receivers.end();
    if (found == outside_.receivers.end()) {
        outside_.broken = "the service goes only where it was told to go";
        co_return std::unexpected{notice::unanswered("nobody there")};
    }
    const auto wire = found->second.connect(co_await asio::this_coro::executor);
    if (wire == nullptr) co_return std::unexpected{notice::unanswered("connecting: refused")};
    watch(wire, channels::SenderLimits{}.time_max);
    WireStream stream{wire};
    auto message = channels::message_of(request, *address);
    auto answer = co_await channels::exchange(&stream, std::move(message));
    wire->cut();
    co_return answer;
}

asio::awaitable<Outcome> Network::send_mail(const channels::SmtpRelay& relay, channels::Mail mail) {
    const auto found = outside_.mail_servers.find(relay.host);
    if (found == outside_.mail_servers.end()) {
        outside_.broken = "mail goes only where it was told to go";
        co_return notice::unanswered("nobody there");
    }
    const auto wire = found->second.connect(co_await asio::this_coro::executor);
    if (wire == nullptr) co_return notice::unanswered("connecting: refused");
    watch(wire, relay.time_max);
    Outcome outcome = co_await hand_over(wire, std::move(mail));
    const bool dropped = outcome.reason == notice::unanswered("").reason;
    if (dropped && outside_.plant == ServicePlant::believe_silence) co_return channels::sent();
    co_return outcome;
}

void Network::watch(const std::shared_ptr<Wire>& wire, Elapsed time_max) {
    under_way_.push_back({wire, Elapsed{outside_.clocks.monotonic().micros + time_max.micros}});
}

void Network::look_at(Elapsed now) {
    std::erase_if(under_way_, [&](const UnderWay& each) {
        const auto wire = each.wire.lock();
        if (wire != nullptr && now >= each.until) wire->cut();
        return wire == nullptr || now >= each.until;
    });
}

}  // namespace dutylog::simulation
