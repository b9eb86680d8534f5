#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "engine/core/id.hpp"
#include "engine/core/value.hpp"

namespace dutylog {

/// FNV-1a over words of 64 bits. Its order reaches nothing: it only finds a name again.
inline std::uint64_t name_hash(std::string_view name) {
    std::uint64_t hash = name.size();
    for (; !name.empty(); name.remove_prefix(std::min<std::size_t>(8, name.size()))) {
        std::uint64_t word = 0;
        std::memcpy(&word, name.data(), std::min<std::size_t>(8, name.size()));
        hash = (hash ^ word) * 0x100000001b3;
        hash ^= hash >> 29;
    }
    return hash;
}

template <class Tag>
std::uint64_t name_hash(const Id<Tag>& id) {
    return name_hash(id.str());
}

inline std::uint64_t name_hash(const Reference& subject) {
    return name_hash(subject.id) * 31 + name_hash(subject.kind);
}

}  // namespace dutylog
