#pragma once

#include <boost/json.hpp>
#include <expected>
#include <string>
#include <vector>

#include "adapters/cli/phrase.hpp"
#include "engine/definition/library.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::cli {

/// A value as a person would write it: a date as text, a number as number.
boost::json::value plain_json(const Value& value);

/// Why a value cannot be read, and under which key.
struct ValueProblem {
    std::string key;
    Phrase words;
};

/// Reads one value as a type asks; any kind may be written as a text.
/// @param key  named in the problem
std::expected<Value, ValueProblem> value_from_json(const boost::json::value& json,
                                                   const rule::Type& type, const std::string& key,
                                                   const pdca::World& world);

/// Reads a record with these fields; another key is an error.
/// @param what  the fact type or step, for the message
std::expected<Value, ValueProblem> record_from_json(
    const boost::json::value& json, const std::vector<definition::FieldSpec>& fields,
    const std::string& key, const std::string& what, const pdca::World& world);

/// What a type asks for, as a reader would be told: `a date as 2025-12-05`.
Phrase words_for(const rule::Type& type);

}  // namespace dutylog::cli
