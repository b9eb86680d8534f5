#pragma once

#include "engine/definition/model.hpp"
#include "engine/definition/reading.hpp"

namespace dutylog::definition {

/// Reads one step. @param id  `do.service`; its parts stand at `steps/do.service/…`
Step read_step(Reading& reading, const Node& node, const std::string& id);

/// Reads one gate; its parts stand at `path/…`.
Gate read_gate(Reading& reading, const Node& node, const std::string& id, const std::string& path);

}  // namespace dutylog::definition
