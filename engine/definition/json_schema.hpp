#pragma once

#include <boost/json/value.hpp>
#include <string_view>

#include "engine/core/text.hpp"

namespace dutylog::definition {

/// The JSON Schema (draft 2020-12) of the YAML files, made of the same field tables the reader
/// goes by, so that editors complete keys and show what they mean.
/// @param root  `library` or `definition`
/// @see https://json-schema.org/draft/2020-12/schema
boost::json::value json_schema(std::string_view root, Language language);

}  // namespace dutylog::definition
