#pragma once

#include <string>

#include "adapters/cli/catalogue.hpp"

namespace dutylog::cli {

/// A page of one command in the language of man(7), from the words that `--help` prints.
std::string manual_page(const CatalogueEntry& entry, Language language);
/// The page of the program: its commands, exit codes and environment.
std::string manual_overview(Catalogue catalogue, Language language);

}  // namespace dutylog::cli
