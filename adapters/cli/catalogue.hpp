#pragma once

#include <span>
#include <string>
#include <vector>

#include "adapters/cli/command.hpp"

namespace dutylog::cli {

/// One command beside the arguments it declared: what help, manual pages and completion are made
/// of.
struct CatalogueEntry {
    const Command* command = nullptr;
    const std::vector<ArgumentHelp>* arguments = nullptr;
};
using Catalogue = std::span<const CatalogueEntry>;

/// `dutylog serve [OPTIONS] [FILE]`
std::string usage_of(const Command& command, const std::vector<ArgumentHelp>& arguments);
const Phrase& title_of(Group group);
/// What the program is, for the head of help and manual.
const Phrase& purpose();

/// Gives the whole table when it is known.
using CatalogueSource = std::function<std::vector<CatalogueEntry>()>;
/// `dutylog manual`: pages for man(1).
Command manual_command(CatalogueSource source);
/// `dutylog completion`: for bash and zsh.
Command completion_command(CatalogueSource source);

}  // namespace dutylog::cli
