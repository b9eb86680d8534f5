#pragma once

#include <map>
#include <mutex>
#include <string>

#include "adapters/http/request.hpp"
#include "engine/core/instant.hpp"

namespace dutylog::server {

/// How often one address may ask for what needs no login. Whoever comes over a Unix socket is not
/// counted: there a proxy stands before us, which knows the addresses. Any thread may call it.
class RateBound {
public:
    struct Limits {
        std::int64_t per_minute = 60;
        std::int64_t at_once = 20;  ///< so many may come together
        /// Addresses that are told apart; the ones past it are counted together.
        std::size_t addresses_max = 10'000;
    };

    RateBound() : RateBound(Limits{}) {}
    explicit RateBound(Limits limits) : limits_{limits} {}

    /// @param now  of a clock that never runs back
    /// @returns zero where the request may go on, else how long to wait
    Elapsed wait(const http::Peer& peer, Elapsed now);

private:
    Elapsed& owed_by(const std::string& address, Elapsed now);

    Limits limits_;
    std::mutex mutex_;
    /// Address → when everything it asked for so far is made up for (generic cell rate algorithm).
    std::map<std::string, Elapsed> settled_at_;
};

}  // namespace dutylog::server
