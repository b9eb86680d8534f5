#pragma once

#include <expected>
#include <string>
#include <vector>

#include "engine/core/text.hpp"
#include "engine/notice/secret.hpp"

namespace dutylog::dispatch {

inline constexpr std::size_t secret_file_bytes_max = 16'384;

/// The lines of a file of secrets; empty lines and those that begin with `#` are left out.
/// @returns why it cannot be used; the words never hold what it holds
std::expected<std::vector<notice::Secret>, Text> read_secrets(const std::string& path);

}  // namespace dutylog::dispatch
