#pragma once

#include <csignal>

#include "adapters/cli/exit_code.hpp"
#include "adapters/server/house.hpp"
#include "adapters/server/service_log.hpp"

/// The service from its start to its end.
namespace dutylog::server {

/// The signals that the service takes are waited for by one thread, and by no other. To be called
/// before there are others.
sigset_t block_signals();

/// Until a signal ends the service, or the writer stops; reads certificates again on SIGHUP, and
/// tells systemd that the service is alive as long as its writer is.
/// @param clocks  those of the house
void wait_for_end(runtime::Runtime& clocks, House& house, ServiceLog& log, Elapsed grace,
                  const sigset_t& signals);

/// All of it on this thread, so that a test can count what it asks of the system.
void serve_alone(House& house, Elapsed grace, const sigset_t& signals);

/// @returns how a service that has drained ends
/// @throws Failure  the writer had stopped
cli::ExitCode ended(const House& house);

}  // namespace dutylog::server
