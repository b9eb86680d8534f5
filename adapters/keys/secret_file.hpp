#pragma once

#include <string>
#include <string_view>

namespace dutylog::keys {

/// Puts a small file in the place of the one that is there, readable by its owner alone (mode
/// 0600). A crash or a power cut leaves the old one or the new one, whole; when this returns it is
/// the new one.
/// @throws log::DiskFull, std::system_error  which file, and what the system said; the old one is
/// still there, or
///   the new one is and may not survive a power cut
void replace_secret_file(const std::string& path, std::string_view text);

}  // namespace dutylog::keys
