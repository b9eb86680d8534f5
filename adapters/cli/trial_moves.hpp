#pragma once

#include <boost/json/array.hpp>

#include "adapters/cli/trial.hpp"
#include "engine/core/text.hpp"

namespace dutylog::cli {

/// What followed from what was tried: `[{stream, type, says}]`.
boost::json::array moves_json(const Trial& trial, Language language);

}  // namespace dutylog::cli
