#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/http/route.hpp"

namespace dutylog::http {

/// A whole number in decimal digits, perhaps with a minus sign, and nothing else.
std::optional<std::int64_t> read_integer(std::string_view text);

/// Whether a value is one that the parameter may have.
/// @param pointer  what the problem points at
/// @returns `bad_parameter` where it is not
std::optional<Problem> check_parameter(const Parameter& parameter, std::string_view value,
                                       const std::string& pointer);

/// Looks at the query of a call against its route: nothing unknown, twice, missing or ill-formed.
std::optional<Problem> check_query(const Route& route,
                                   const std::map<std::string, std::string, std::less<>>& query);

}  // namespace dutylog::http
