#pragma once

#include <optional>

#include "adapters/config/table_reader.hpp"
#include "engine/core/text.hpp"
#include "engine/notice/telling_time.hpp"

/// What the configuration says of people as such and as holders of roles alike.
namespace dutylog::dispatch {

/// When somebody is told: `slots`, `quiet`, `working_days_only`, `critical_at_once`.
/// @param times  what holds where a key is missing
notice::TellingTimes times_of(config::TableReader& reader, notice::TellingTimes times);
/// `language`; nothing where it is missing.
std::optional<Language> language_of(config::TableReader& reader);

}  // namespace dutylog::dispatch
