#pragma once

#include <boost/asio/awaitable.hpp>
#include <expected>
#include <memory>
#include <vector>

#include "adapters/channels/sender.hpp"
#include "adapters/channels/smtp.hpp"
#include "tests/simulation/service/outside.hpp"

namespace dutylog::simulation {

/// The way from the service to everybody else's servers: names are looked up and addresses judged
/// as in production, and the bytes go over wires.
class Network {
public:
    explicit Network(Outside& outside) : outside_{outside} {}

    boost::asio::awaitable<std::expected<channels::HttpAnswer, notice::Outcome>> send(
        channels::HttpRequest request);
    boost::asio::awaitable<notice::Outcome> send_mail(const channels::SmtpRelay& relay,
                                                      channels::Mail mail);
    /// Ends attempts that have taken too long.
    void look_at(Elapsed now);

private:
    boost::asio::awaitable<std::expected<channels::HttpAnswer, notice::Outcome>> exchanged(
        channels::HttpRequest request);
    void watch(const std::shared_ptr<Wire>& wire, Elapsed time_max);

    struct UnderWay {
        std::weak_ptr<Wire> wire;
        Elapsed until;
    };

    Outside& outside_;
    std::vector<UnderWay> under_way_;
    std::uint64_t sent_ = 0;
};

}  // namespace dutylog::simulation
