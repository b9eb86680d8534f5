#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/log/seal.hpp"

namespace dutylog::log {

/// Where the keys of people are kept: never in the log, nor in its backups. Used by the one writer.
class KeyStore : public KeyRing {
public:
    /// Makes the keys that are not there yet. They are durable when this returns, so that nothing
    /// is ever sealed with a key that a crash can take away.
    virtual void make(std::span<const std::string> keys) = 0;
    /// Forgets a key for good.
    /// @returns whether it was there
    virtual bool erase(std::string_view key) = 0;
};

}  // namespace dutylog::log
