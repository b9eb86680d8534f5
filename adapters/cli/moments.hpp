#pragma once

#include <optional>
#include <string>

#include "engine/calendar/zone.hpp"

namespace dutylog::cli {

/// An instant as people write it: with an offset, or in the local time of the log
/// (`2025-12-05T09:30`). @returns nothing for other texts
std::optional<Instant> read_instant(const std::string& text, const calendar::Zone& zone);

/// A cut through time as an option gives it: an instant, or a date, whose end is meant (24:00).
/// @param option  named in the message
/// @throws Failure  for other texts
Instant read_cut(const std::string& option, const std::string& text, const calendar::Zone& zone);
/// The same; nothing where the option was not given.
std::optional<Instant> read_cut_if_given(const std::string& option, const std::string& text,
                                         const calendar::Zone& zone);

/// @throws Failure  the text is no date
CivilDate read_date(const std::string& option, const std::string& text);

}  // namespace dutylog::cli
