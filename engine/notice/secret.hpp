#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace dutylog::notice {

/// A key, a token, or an address that holds one. It has no stream operator and no conversion, so
/// it reaches a log line or an answer only where somebody wrote `reveal()`.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value) : value_{std::move(value)} {}

    const std::string& reveal() const { return value_; }
    /// For people: `…` and the last four characters, and only the mark where that would be a third
    /// of it or more.
    std::string hint() const {
        constexpr std::size_t shown = 4;
        const bool short_one = value_.size() <= 3 * shown;
        return short_one ? "…" : "…" + value_.substr(value_.size() - shown);
    }
    bool empty() const { return value_.empty(); }
    friend bool operator==(const Secret&, const Secret&) = default;

private:
    std::string value_;
};

}  // namespace dutylog::notice
