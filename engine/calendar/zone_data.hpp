#pragma once

#include <string_view>
#include <vector>

#include "engine/calendar/zone.hpp"
#include "engine/core/rejection.hpp"

namespace dutylog::calendar {

/// Reads a file of zones, one rule a line; a zone with several rules has them one after the other:
///
///     Asia/Shanghai,CST-8,1991-09-15,tzdata 2025b
///     Europe/Berlin,"CET-1CEST,M3.5.0,M10.5.0/3",1996-01-01,tzdata 2025b
///
/// @param label  the name of the file, for messages
/// @returns the zones in order of their names; or a rejection `data_file` that names label, line,
///          what was expected and what was found
Result<std::vector<Zone>> parse_zones(std::string_view label, std::string_view text);

/// @returns nothing where no zone has the name
const Zone* find_zone(const std::vector<Zone>& zones, std::string_view name);

}  // namespace dutylog::calendar
