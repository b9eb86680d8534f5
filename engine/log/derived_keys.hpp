#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>

#include "engine/log/key_store.hpp"

namespace dutylog::log {

/// Keys worked out of a seed, for histories that are only played: scenarios, rehearsals of files,
/// simulations. Whoever knows the seed has them all, so a log of real people never uses this.
class DerivedKeys final : public KeyStore {
public:
    explicit DerivedKeys(std::string seed) : seed_{std::move(seed)} {}

    std::optional<SealKey> find(std::string_view key) const override;
    void make(std::span<const std::string> keys) override;
    bool erase(std::string_view key) override;

private:
    std::string seed_;
    std::set<std::string, std::less<>> made_;
};

}  // namespace dutylog::log
