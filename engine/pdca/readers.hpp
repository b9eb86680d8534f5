#pragma once

#include <set>
#include <string>

#include "engine/definition/library.hpp"
#include "engine/definition/model.hpp"

namespace dutylog::pdca {

/// Every fact type that can change what a definition decides: those it names, and those its
/// expressions read, directly or through functions and derived fields. Never too few.
std::set<std::string> facts_read(const definition::Definition& definition,
                                 const definition::Library& library);

}  // namespace dutylog::pdca
