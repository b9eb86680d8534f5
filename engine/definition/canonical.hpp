#pragma once

#include <string>

#include "engine/definition/library.hpp"
#include "engine/definition/model.hpp"

/// The one text of a checked model: keys in a fixed order, defaults filled in, expressions printed
/// by one printer. Its SHA-256 is the version: comments, layout, quotes and the order of keys,
/// where order has no meaning, never make a new one. Tests inside a definition are left out.
namespace dutylog::definition {

std::string canonical_text(const Definition& definition);
std::string canonical_text(const Library& library);
std::string canonical_text(const FactType& fact);
std::string canonical_text(const Table& table);

/// Fills in `canonical` and the hash of it.
void seal(Definition& definition);
void seal(Library& library);  ///< and the hashes of its fact types
void seal(Table& table);

}  // namespace dutylog::definition
