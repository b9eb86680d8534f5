#pragma once

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "engine/core/instant.hpp"

namespace dutylog::notice::dispatch {

/// A person over one of their channels.
struct Reached {
    std::string person;
    std::string channel;
    friend auto operator<=>(const Reached&, const Reached&) = default;
};

/// For whom what presses gathers at the moment, and until when: it holds nobody for whom that time
/// has passed.
class Gathering {
public:
    /// @param longest  no time lies farther ahead; one that does is of a clock that ran back since
    explicit Gathering(Elapsed longest) : longest_{longest} {}

    /// When what gathers for them goes out; nothing where it need not wait.
    std::optional<Instant> end(const Reached& reached, Instant now) const;
    /// From `now` on what presses gathers until `end`.
    void gather(const Reached& reached, Instant now, Instant end);
    std::size_t size() const { return by_end_.size(); }

private:
    Elapsed longest_;
    std::map<Reached, Instant> ends_;
    std::set<std::pair<Instant, Reached>> by_end_;
};

}  // namespace dutylog::notice::dispatch
