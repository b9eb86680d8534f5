#pragma once

#include "adapters/config/config.hpp"
#include "adapters/server/house.hpp"

namespace dutylog::server {

/// What a configuration says about the house.
/// @param language  of this program, where the configuration names none
/// @throws BadConfiguration  a section of another part has problems; `config_sections` finds them
HouseOptions house_options(const config::Config& config, Language language);

/// `[inbound.NAME]`: systems that send facts, each with `mapping` and `secret_file`.
std::vector<InboundOption> read_inbound(config::TableReader& section);

}  // namespace dutylog::server
