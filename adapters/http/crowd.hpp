#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>
#include <vector>

#include "adapters/http/limits.hpp"

namespace dutylog::http {

class Session;

/// The connections that stand, and whether there may be another. Any thread may call it.
class Crowd {
public:
    explicit Crowd(const ConnectionLimits& limits) : limits_{limits} {}

    /// Counts one in, for as long as the place is kept.
    /// @param address  as `crowd_key` gives it; empty where addresses are not counted
    /// @returns null where there are enough
    std::shared_ptr<void> place_for(const std::string& address);
    void enter(const std::shared_ptr<Session>& session);
    void leave(const std::shared_ptr<Session>& session);

    /// Forgets those that stand; their sockets must not outlive what they run on.
    void forget();

    std::vector<std::shared_ptr<Session>> all() const;
    bool empty() const;

private:
    ConnectionLimits limits_;
    mutable std::mutex mutex_;
    std::size_t total_ = 0;
    std::map<std::string, std::size_t> by_address_;
    std::unordered_set<std::shared_ptr<Session>> sessions_;
};

/// Under which addresses are counted: one IPv4 address (also when it is written inside IPv6), or
/// the first 64 bits of IPv6, which one household or plant has for itself.
/// @param address  16 bytes of IPv6 or 4 of IPv4
std::string crowd_key(const unsigned char* address, std::size_t size);

}  // namespace dutylog::http
