#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/config/table_reader.hpp"
#include "adapters/dispatch/setup.hpp"

/// What several kinds of channel have in their part of the configuration.
namespace dutylog::dispatch {

/// The lines of the file that the key names; what is wrong with it is told to the reader.
/// @param needed  else the key may be missing, and there are none
std::vector<notice::Secret> secrets_of(config::TableReader& reader, std::string_view key,
                                       bool needed = true);
/// The first of them; empty where there is none.
notice::Secret secret_of(config::TableReader& reader, std::string_view key, bool needed = true);
/// Where messages go: `url`, or the file `url_file` where the address is itself a secret.
notice::Secret address_of(config::TableReader& reader, const Setup& setup);
/// `https://host` of a service that has a usual one.
std::string origin_of(config::TableReader& reader, const Setup& setup, const std::string& initial);

}  // namespace dutylog::dispatch
