#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/config/tree.hpp"

namespace dutylog::server {

/// Whether anybody but the owner may read a file, or write to it. @param group_may_read  as is
/// usual for keys of certificates
/// @returns its mode as in `chmod`, e.g. `644`; nothing for a private file, or none at all
std::optional<std::string> exposed_mode(const std::string& path, bool group_may_read = false);

/// @throws Failure  with `ExitCode::exposed`, where somebody else may read the file
void require_private(const std::string& path, bool group_may_read = false);

/// Files of secrets that a configuration names: all that stand under a key ending in `_file`.
std::vector<std::string> secret_files(const config::Table& table);

}  // namespace dutylog::server
