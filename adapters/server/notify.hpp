#pragma once

#include <optional>
#include <string>

#include "engine/core/instant.hpp"

/// What systemd is told of the service, where it was started by it; nothing happens elsewhere.
/// @see sd_notify(3)
namespace dutylog::server {

/// Whether the program was built with libsystemd.
bool can_notify();

/// @param status  a line for whoever asks; empty to leave it as it was
void notify_ready(const std::string& status);
void notify_reloading();
void notify_stopping();
/// The service is alive. To be sent at least twice in each `watchdog_time`.
void notify_alive();

/// After how long a silence systemd ends the service; nothing where it watches for none.
std::optional<Elapsed> watchdog_time();

}  // namespace dutylog::server
