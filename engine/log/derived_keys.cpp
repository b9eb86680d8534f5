#include "engine/log/derived_keys.hpp"

#include "engine/log/wire.hpp"

namespace dutylog::log {

std::optional<SealKey> DerivedKeys::find(std::string_view key) const {
    if (!made_.contains(key)) return std::nullopt;
    Bytes from;
    WireWriter to{from};
    to.text(seed_);
    to.text(key);
    return sha256(BytesView{from}).bytes;
}

void DerivedKeys::make(std::span<const std::string> keys) {
    made_.insert(keys.begin(), keys.end());
}

bool DerivedKeys::erase(std::string_view key) {
    const auto found = made_.find(key);
    if (found == made_.end()) return false;
    made_.erase(found);
    return true;
}

}  // namespace dutylog::log
