#pragma once

#include <boost/json/value.hpp>
#include <expected>
#include <string_view>

#include "adapters/http/problem.hpp"

namespace dutylog::http {

struct JsonLimits {
    std::size_t depth_max = 32;
    std::size_t values_max = 10'000;
    std::size_t key_bytes_max = 256;
    std::size_t string_bytes_max = 64 * 1024;
};

/// Reads one JSON text (RFC 8259) as two readers would both understand it: no name twice in an
/// object, no number that a `double` cannot keep (beyond 15 digits it is to be written as a text).
/// @returns a problem `bad_json` that points at the place: the line, the column, the pointer
std::expected<boost::json::value, Problem> read_json(std::string_view text,
                                                     const JsonLimits& limits = {});

}  // namespace dutylog::http
