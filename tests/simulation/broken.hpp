#pragma once

#include <stdexcept>
#include <string>

namespace dutylog::simulation {

/// A promise of the engine did not hold; `what` says which, and where.
class Broken : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

inline void require(bool holds, const std::string& promise) {
    if (!holds) throw Broken{promise};
}

}  // namespace dutylog::simulation
