#pragma once

#include "engine/definition/library.hpp"
#include "engine/definition/model.hpp"
#include "engine/definition/reading.hpp"

/// Sentences that say when: clocks, repeats and rungs of a ladder.
namespace dutylog::definition {

/// `due`, `30 days before due`, `1 working day after due`.
void read_rung_time(Reading& reading, const Node& node, const std::string& path, Rung& rung);

/// A clock of section 3; its expressions are marked at `path` and `path/from`.
Clock read_clock(Reading& reading, const Node& node, const std::string& path);

/// `3 months after completion`, `12 months from DATE`, `calendar year`.
void read_repeat(Reading& reading, const Node& node, Definition& definition);

/// `30 days before due`
std::optional<Period> read_open(Reading& reading, const Node& node);

}  // namespace dutylog::definition
