#pragma once

#include <memory>
#include <string>

#include "adapters/config/config.hpp"
#include "adapters/server/house.hpp"

/// The steps by which the service starts. What goes wrong has a sentence and an exit code of its
/// own.
namespace dutylog::server {

/// Secrets that others can read are no secrets: the service does not begin to use them.
/// @throws Failure
void require_private_files(const config::Config& config, const HouseOptions& options);

/// @throws Failure  keys are missing or cannot be used, a source of facts cannot be read
/// @throws LogLocked, StoreError, DecodeError, CorruptStream
std::unique_ptr<House> open_house(HouseOptions options, runtime::Runtime& runtime);

/// @returns where people reach the service
/// @throws Failure  the address cannot be had, or TLS cannot be used
std::string listen(House& house, const config::Config& config);

}  // namespace dutylog::server
