#include "engine/notice/dispatch/gathering.hpp"

namespace dutylog::notice::dispatch {

std::optional<Instant> Gathering::end(const Reached& reached, Instant now) const {
    const auto found = ends_.find(reached);
    if (found == ends_.end() || found->second <= now || found->second > now + longest_)
        return std::nullopt;
    return found->second;
}

void Gathering::gather(const Reached& reached, Instant now, Instant end) {
    while (!by_end_.empty() && by_end_.begin()->first <= now) {
        ends_.erase(by_end_.begin()->second);
        by_end_.erase(by_end_.begin());
    }
    const auto [known, first] = ends_.emplace(reached, end);
    if (!first) by_end_.erase({known->second, reached});
    known->second = end;
    by_end_.emplace(end, reached);
}

}  // namespace dutylog::notice::dispatch
