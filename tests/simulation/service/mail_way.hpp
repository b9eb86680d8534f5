#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "adapters/channels/mail.hpp"
#include "tests/simulation/service/wire.hpp"

namespace dutylog::simulation {

/// Hands one mail over a wire, as libcurl does it over a socket: each command after the answer to
/// the one before. What the answers mean is judged as in production.
boost::asio::awaitable<notice::Outcome> hand_over(std::shared_ptr<Wire> wire, channels::Mail mail);

}  // namespace dutylog::simulation
