#include "engine/registry/subject.hpp"

#include <algorithm>

namespace dutylog::registry {

bool before(const FactEntry& a, const FactEntry& b) {
    if (a.effective.at != b.effective.at) return a.effective.at < b.effective.at;
    if (a.recorded != b.recorded) return a.recorded < b.recorded;
    if (a.value != b.value) return canonical_less(a.value, b.value);
    return a.position < b.position;
}

void insert(std::vector<FactEntry>& entries, FactEntry entry) {
    const auto at = std::upper_bound(entries.begin(), entries.end(), entry, before);
    entries.insert(at, std::move(entry));
}

}  // namespace dutylog::registry
