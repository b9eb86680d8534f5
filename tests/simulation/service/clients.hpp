#pragma once

#include <deque>

#include "tests/simulation/service/api_client.hpp"
#include "tests/simulation/service/asker.hpp"
#include "tests/simulation/service/fact_sender.hpp"
#include "tests/simulation/service/feed_reader.hpp"
#include "tests/simulation/service/link_reader.hpp"

namespace dutylog::simulation {

/// Everybody who comes to the service.
struct Clients {
    explicit Clients(Draw& draw);

    /// All that came of what they asked has its turn.
    void turn(const Moment& moment, const Outside& outside);
    /// The machine at the other end is gone.
    void drop();
    /// Who still waits for an answer; empty where nobody does.
    std::string waiting() const;
    /// What was answered to commands, by the id that the log knows.
    Ledger answered() const;
    std::size_t asked_again() const;

    std::deque<ApiClient> givers;  ///< of commands
    Asker asker;
    FeedReader feed;
    LinkReader links;
    FactSender sender;
};

}  // namespace dutylog::simulation
