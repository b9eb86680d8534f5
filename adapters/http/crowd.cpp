#include "adapters/http/crowd.hpp"

#include <algorithm>
#include <array>

#include "adapters/http/session.hpp"

namespace dutylog::http {

std::string crowd_key(const unsigned char* address, std::size_t size) {
    constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    const bool is_mapped = size == 16 && std::equal(mapped.begin(), mapped.end(), address);
    if (is_mapped) return {address + 12, address + 16};
    return {address, address + (size == 16 ? 8 : size)};
}

std::shared_ptr<void> Crowd::place_for(const std::string& address) {
    const std::scoped_lock lock{mutex_};
    const bool counted = !address.empty() && limits_.per_address_max != 0;
    if (total_ >= limits_.connections_max) return nullptr;
    if (counted && by_address_[address] >= limits_.per_address_max) return nullptr;
    ++total_;
    if (counted) ++by_address_[address];
    return {static_cast<void*>(this), [this, address, counted](void*) {
                const std::scoped_lock leaving{mutex_};
                --total_;
                if (counted && --by_address_[address] == 0) by_address_.erase(address);
            }};
}

void Crowd::enter(const std::shared_ptr<Session>& session) {
    const std::scoped_lock lock{mutex_};
    sessions_.insert(session);
}

void Crowd::leave(const std::shared_ptr<Session>& session) {
    const std::scoped_lock lock{mutex_};
    sessions_.erase(session);
}

void Crowd::forget() {
    std::unordered_set<std::shared_ptr<Session>> gone;
    const std::scoped_lock lock{mutex_};
    gone.swap(sessions_);
}

std::vector<std::shared_ptr<Session>> Crowd::all() const {
    const std::scoped_lock lock{mutex_};
    return {sessions_.begin(), sessions_.end()};
}

bool Crowd::empty() const {
    const std::scoped_lock lock{mutex_};
    return sessions_.empty();
}

}  // namespace dutylog::http
