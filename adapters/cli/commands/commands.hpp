#pragma once

#include "adapters/cli/command.hpp"

/// One function a command; each is in the file of its name.
namespace dutylog::cli {

Command run_command();
Command check_command();
Command test_command();
Command schema_command();
Command explain_command();
Command init_command();
Command publish_command();
Command import_command();
Command act_command();
Command tick_command();
Command erase_command();
Command duties_command();
Command state_command();
Command timeline_command();
Command first_missed_command();
Command told_command();
Command when_known_command();
Command edition_command();
Command gate_command();
Command rests_on_command();
Command what_if_command();
Command signals_command();
Command verify_command();
Command checkpoint_command();
Command export_command();
Command bench_command();
Command version_command();

}  // namespace dutylog::cli
