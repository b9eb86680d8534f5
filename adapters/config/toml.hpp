#pragma once

#include <string>
#include <string_view>

#include "adapters/config/tree.hpp"

namespace dutylog::config {

namespace file_limits {
inline constexpr std::size_t bytes_max = std::size_t{1} << 20;
inline constexpr std::size_t line_bytes_max = 4'096;
inline constexpr std::size_t levels_max = 16;  ///< of tables and lists within each other
}  // namespace file_limits

/// Takes a TOML document apart. @param name  of the file, for places
/// @throws BadConfiguration  it is no TOML 1.0, or passes a limit
/// @see https://toml.io/en/v1.0.0
Table parse_toml(std::string_view text, const std::string& name);

/// @throws BadConfiguration  the file cannot be read, or is no TOML
Table read_toml(const std::string& path);

}  // namespace dutylog::config
