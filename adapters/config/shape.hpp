#pragma once

#include <cstdint>
#include <expected>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/config/tree.hpp"
#include "engine/core/instant.hpp"

namespace dutylog::config {

enum class Kind : unsigned char { text, file, address, whole, time, truth, choice };

/// What a value may be.
struct Shape {
    Kind kind = Kind::text;
    std::int64_t least = 0;  ///< of whole numbers; of times in microseconds
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
    std::vector<std::string_view> choices = {};  ///< of `Kind::choice`
};

inline Shape whole_number(std::int64_t least, std::int64_t most) {
    return {Kind::whole, least, most, {}};
}
inline Shape time_between(Elapsed least, Elapsed most) {
    return {Kind::time, least.micros, most.micros, {}};
}

/// A value that fits its shape. `number` is that of whole numbers, microseconds of times, and 0 or
/// 1 of truths; `text` is always filled, as it is shown.
struct Fitting {
    std::string text;
    std::int64_t number = 0;
};

/// `a whole number from 0 to 65535`
Text expectation(const Shape& shape);

/// @returns what was expected and found, where the value does not fit
std::expected<Fitting, Text> fit(const Shape& shape, const Node& node);
/// The same for the environment and the command line, where everything is a text.
std::expected<Fitting, Text> fit(const Shape& shape, const std::string& text);

}  // namespace dutylog::config
