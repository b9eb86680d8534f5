#include "adapters/server/public/rate_bound.hpp"

#include <arpa/inet.h>

#include <algorithm>

#include "adapters/http/crowd.hpp"

namespace dutylog::server {

namespace {

std::string key_of(const std::string& address) {
    unsigned char bytes[16];
    if (inet_pton(AF_INET, address.c_str(), bytes) == 1) return http::crowd_key(bytes, 4);
    if (inet_pton(AF_INET6, address.c_str(), bytes) == 1) return http::crowd_key(bytes, 16);
    return address;
}

}  // namespace

Elapsed& RateBound::owed_by(const std::string& address, Elapsed now) {
    if (const auto known = settled_at_.find(address); known != settled_at_.end())
        return known->second;
    if (settled_at_.size() >= limits_.addresses_max)
        std::erase_if(settled_at_, [now](const auto& entry) { return entry.second <= now; });
    const bool full = settled_at_.size() >= limits_.addresses_max;
    return settled_at_.try_emplace(full ? "" : address, now).first->second;
}

Elapsed RateBound::wait(const http::Peer& peer, Elapsed now) {
    if (peer.is_local) return {};
    const Elapsed each{minutes(1).micros / limits_.per_minute};
    const std::scoped_lock lock{mutex_};
    Elapsed& settled = owed_by(key_of(peer.address), now);
    const Elapsed after{std::max(settled, now).micros + each.micros};
    const std::int64_t early = after.micros - now.micros - each.micros * limits_.at_once;
    if (early > 0) return {early};
    settled = after;
    return {};
}

}  // namespace dutylog::server
