#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/http/problem.hpp"

namespace dutylog::http {

/// A target taken apart and decoded: well-formed UTF-8 without control characters.
struct Target {
    std::vector<std::string> path;  ///< `/api/v1` is {"api", "v1"}; `/` is {""}
    std::vector<std::pair<std::string, std::string>> query;
};

inline constexpr std::size_t segments_max = 16;
inline constexpr std::size_t query_fields_max = 32;

/// Segments `.` and `..`, encoded or not, are refused, and so are empty ones: a path has one form.
/// @param target  in origin form, as the gate leaves it
/// @returns a problem `bad_path`
std::expected<Target, Problem> read_target(std::string_view target);

/// Decodes `%20`. @returns nothing where the result is not text as above
std::optional<std::string> percent_decoded(std::string_view text);
/// Encodes all but the unreserved characters of RFC 3986: what stands for one path segment.
std::string percent_encoded(std::string_view text);

}  // namespace dutylog::http
