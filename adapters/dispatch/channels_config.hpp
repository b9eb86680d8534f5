#pragma once

#include "adapters/config/table_reader.hpp"
#include "adapters/dispatch/setup.hpp"

/// The sections of the configuration about telling people. Each says everything that is wrong with
/// it; secrets are read from the files they name and are never shown. They are read in the order
/// in which they stand here, since people name channels.
namespace dutylog::dispatch {

/// `[telling]`: what holds for everybody; networks and hosts inside that may be reached.
void read_telling(config::TableReader& section, Setup& setup);
/// `[channels.NAME]`: one endpoint each.
void read_channels(config::TableReader& section, Setup& setup);
/// `[people.ID]`: how one person is reached.
void read_people(config::TableReader& section, Setup& setup);
/// `[roles.ID]`: how whoever holds a role is reached where they are not named; `anybody` is all
/// others.
void read_roles(config::TableReader& section, Setup& setup);

}  // namespace dutylog::dispatch
