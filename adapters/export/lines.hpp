#pragma once

#include <functional>
#include <string>

#include "engine/log/event_store.hpp"

namespace dutylog::exporting {

/// Events [from, to] as JSON lines that another program can check (docs/format.md): each is given
/// to `write` with its newline.
/// @returns how many there were
std::uint64_t export_lines(log::EventStore& store, log::Position from, log::Position to,
                           const std::function<void(const std::string& line)>& write);

}  // namespace dutylog::exporting
