#pragma once

#include <boost/json/array.hpp>
#include <string_view>

namespace dutylog::server {

/// The lines of two texts side by side: `[{"line": " " | "-" | "+", "text": …}]`, with as few
/// changes as there can be (longest common subsequence). Beyond `lines_max` lines of what differs,
/// all of the one stands before all of the other.
boost::json::array text_difference(std::string_view before, std::string_view after);

inline constexpr std::size_t lines_max = 2'000;

}  // namespace dutylog::server
