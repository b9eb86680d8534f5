#pragma once

#include "adapters/config/config.hpp"
#include "adapters/dispatch/channels_config.hpp"
#include "adapters/server/house.hpp"

namespace dutylog::server {

/// What a configuration says about the house.
/// @param language  of this program, where the configuration names none
/// @throws BadConfiguration  a section of another part has problems; `config_sections` finds them
HouseOptions house_options(const config::Config& config, Language language);

/// The sections about telling people, in the order in which they are read.
inline constexpr std::pair<const char*, void (*)(config::TableReader&, dispatch::Setup&)>
    telling_sections[] = {{"telling", dispatch::read_telling},
                          {"channels", dispatch::read_channels},
                          {"people", dispatch::read_people},
                          {"roles", dispatch::read_roles}};

/// How people are told; nothing where there is no channel.
std::optional<dispatch::Setup> read_telling(const config::Config& config);

/// `[inbound.NAME]`: systems that send facts, each with `mapping` and `secret_file`.
std::vector<InboundOption> read_inbound(config::TableReader& section);

}  // namespace dutylog::server
