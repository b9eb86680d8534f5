#include <memory>

#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/event_lines.hpp"
#include "adapters/cli/open_log.hpp"
#include "engine/history/questions.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

struct RestsOnOptions {
    std::string log;
    std::uint64_t event = 0;
};

ExitCode rests_on(Session& session, const RestsOnOptions& options) {
    OpenedLog log{session, options.log};
    (void)log.zone();
    require_event(log.store(), options.event);
    const json::array answer = history::rests_on(log.store(), options.event);
    if (session.json) {
        session.console.json(json::object{{"event", options.event}, {"rests_on_it", answer}});
        return ExitCode::fine;
    }
    Console& console = session.console;
    const Narrator narrator{log.now(), console.language()};
    tell_event(console, narrator, *log.store().at(options.event), false);
    console.line(phrase("Events that rest on it: {}", "以其为依据的事件：{} 个", answer.size()));
    for (const json::value& entry : answer)
        tell_event(console, narrator, *log.store().at(entry.at("event").to_number<log::Position>()),
                   true);
    return ExitCode::fine;
}

}  // namespace

Command rests_on_command() {
    return {"rests-on",
            Group::questions,
            {"what else rests on a fact", "还有哪些结论以某事实为依据"},
            {"Every event that was decided with this one in view, directly or through others: what "
             "must be judged anew if it turns out to be wrong.",
             "列出直接或间接以该事件为依据而判定的一切事件：若其有误，这些都须重新判定。"},
            {{"rests-on --log plant.db 47", {"of the event at place 47", "位置 47 的事件"}}},
            [](Arguments& arguments) -> Action {
                const auto options = std::make_shared<RestsOnOptions>();
                arguments.log(options->log)
                    .place_number("EVENT", options->event,
                                  {"place of an event: see `dutylog timeline`",
                                   "事件的位置：见 `dutylog timeline`"});
                return [options](Session& session) { return rests_on(session, *options); };
            }};
}

}  // namespace dutylog::cli
