#pragma once

#include <string>
#include <vector>

#include "engine/calendar/trace.hpp"
#include "engine/core/text.hpp"

namespace dutylog::calendar {

/// One step as a sentence: `The 15th day is 2026-02-18 (Wednesday).`
std::string explain(const TraceStep& step, Language language);

/// The whole computation, a sentence for each step, in order: why a date is what it is.
std::vector<std::string> explain(const Trace& trace, Language language);

}  // namespace dutylog::calendar
