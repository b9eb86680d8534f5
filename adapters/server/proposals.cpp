#include "adapters/server/proposals.hpp"

#include <algorithm>

namespace dutylog::server {

bool Proposals::add(Proposal proposal) {
    const std::scoped_lock lock{mutex_};
    if (waiting_.size() >= most) return false;
    waiting_.push_back(std::move(proposal));
    return true;
}

std::optional<Proposal> Proposals::find(const std::string& id) const {
    const std::scoped_lock lock{mutex_};
    const auto found = std::ranges::find(waiting_, id, &Proposal::id);
    if (found == waiting_.end()) return {};
    return *found;
}

std::vector<Proposal> Proposals::all() const {
    const std::scoped_lock lock{mutex_};
    return waiting_;
}

bool Proposals::remove(const std::string& id) {
    const std::scoped_lock lock{mutex_};
    return std::erase_if(waiting_, [&](const Proposal& each) { return each.id == id; }) > 0;
}

}  // namespace dutylog::server
