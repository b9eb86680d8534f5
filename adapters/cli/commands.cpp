#include "adapters/cli/commands/commands.hpp"

namespace dutylog::cli {

std::vector<Command> all_commands() {
    return {run_command(),        check_command(),    test_command(),         explain_command(),
            schema_command(),     init_command(),     publish_command(),      import_command(),
            act_command(),        tick_command(),     erase_command(),        duties_command(),
            state_command(),      timeline_command(), first_missed_command(), told_command(),
            when_known_command(), edition_command(),  gate_command(),         rests_on_command(),
            what_if_command(),    signals_command(),  verify_command(),       checkpoint_command(),
            export_command(),     bench_command(),    version_command()};
}

}  // namespace dutylog::cli
