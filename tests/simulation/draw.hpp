#pragma once

#include <cstddef>
#include <cstdint>

namespace dutylog::simulation {

/// Bounded draws over a fixed generator (splitmix64, Steele and others 2014): the same sequence on
/// every machine, so that a seed is all there is to say about a run.
class Draw {
public:
    explicit Draw(std::uint64_t seed) : state_{seed} {}

    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /// A number from 0 to `count` - 1. @pre count > 0
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
    /// A number from `low` to `high`, both included.
    int between(int low, int high) {
        return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1)));
    }
    bool chance(int percent) { return between(1, 100) <= percent; }
    template <class Items>
    auto& one_of(Items& items) {
        return items[below(items.size())];
    }
    /// A generator of its own, so that draws here do not move those there.
    Draw fork() { return Draw{next()}; }

private:
    std::uint64_t state_;
};

}  // namespace dutylog::simulation
