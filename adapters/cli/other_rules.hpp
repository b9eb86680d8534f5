#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "adapters/cli/narrator.hpp"

namespace dutylog::cli {

/// `the rules valid on 2026-08-01, with 2025-06-30 off`.
/// @param asked  `history::to_json` of the rules
std::string rules_words(const boost::json::object& asked, Language language);

/// Which dates the other rules would have given, and which were decided.
/// @param difference  as `history::rules_difference` gives it
std::string difference_words(const Narrator& narrator, const boost::json::object& difference);

}  // namespace dutylog::cli
