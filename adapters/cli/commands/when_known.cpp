#include <memory>

#include "adapters/cli/answers.hpp"
#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/event_lines.hpp"
#include "adapters/cli/open_log.hpp"
#include "engine/history/questions.hpp"

namespace dutylog::cli {

namespace {

struct WhenKnownOptions {
    std::string log;
    std::uint64_t event = 0;
};

ExitCode when_known(Session& session, const WhenKnownOptions& options) {
    OpenedLog log{session, options.log};
    (void)log.zone();
    require_event(log.store(), options.event);
    const boost::json::object answer = history::when_known(log.store(), log.now(), options.event);
    if (session.json) {
        session.console.json(answer);
        return ExitCode::fine;
    }
    Console& console = session.console;
    const Narrator narrator{log.now(), console.language()};
    tell_event(console, narrator, *log.store().at(options.event), false);
    for (const std::string& line : answer_lines(console, narrator, "when-known", answer)) {
        console.print("  ");
        console.paragraph(line, 4);
    }
    return ExitCode::fine;
}

}  // namespace

Command when_known_command() {
    return {
        "when-known",
        Group::questions,
        {"when a fact was known, by whom, and whom it reached", "某事实何时为何人所知、告知了谁"},
        {"Of an event: when it was entered and by whom, the date it claims, who was told in "
         "the same moment, and which duties it opened.",
         "就某事件说明：何时由何人录入、其声称日期、同时告知了谁、由此产生哪些义务。"},
        {{"when-known --log plant.db 199", {"of the event at place 199", "位置 199 的事件"}}},
        [](Arguments& arguments) -> Action {
            const auto options = std::make_shared<WhenKnownOptions>();
            arguments.log(options->log)
                .place_number("EVENT", options->event,
                              {"place of an event: see `dutylog timeline`",
                               "事件的位置：见 `dutylog timeline`"});
            return [options](Session& session) { return when_known(session, *options); };
        }};
}

}  // namespace dutylog::cli
