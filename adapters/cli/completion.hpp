#pragma once

#include <string>

#include "adapters/cli/catalogue.hpp"

namespace dutylog::cli {

/// A script for bash: commands, options of each, choices, and files where a file is wanted.
std::string bash_completion(Catalogue catalogue);
/// The same for zsh, with a line of explanation for each. @see zshcompsys(1)
std::string zsh_completion(Catalogue catalogue, Language language);

}  // namespace dutylog::cli
