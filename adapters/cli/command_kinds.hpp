#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pdca/commands.hpp"

namespace dutylog::cli {

/// An empty command of that name. @returns nothing for other names
std::optional<pdca::Command> command_named(std::string_view name);
/// Every command's name, in the order of `pdca::Command`.
std::vector<std::string> command_names();
/// What may become of a notice, as a command says it.
std::span<const pdca::Delivery> deliveries();

}  // namespace dutylog::cli
