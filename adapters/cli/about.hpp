#pragma once

#include "adapters/cli/failure.hpp"
#include "adapters/cli/subjects.hpp"

namespace dutylog::cli {

/// `find_duty` for options. @throws Failure  nothing is called that
StreamId duty_named(const pdca::World& world, const std::string& definition, const std::string& of);
/// `find_subject` for options; empty for an empty text. @throws Failure
Reference subject_named(const pdca::World& world, const std::string& text);

}  // namespace dutylog::cli
