#include <memory>

#include "adapters/cli/about.hpp"
#include "adapters/cli/answers.hpp"
#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/cuts.hpp"
#include "engine/history/questions.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

struct FirstMissedOptions {
    std::string log;
    std::string of;
    CutOptions cuts;
};

/// Only the breaches about a subject or what lives inside it.
json::array about(const pdca::World& world, const json::array& all, const Reference& subject) {
    if (subject.empty()) return all;
    json::array found;
    for (const json::value& entry : all) {
        const std::string of{entry.at("of").as_string()};
        for (const auto& [id, known] : world.subjects)
            if (id.id == of && world.inside(id, subject)) {
                found.push_back(entry);
                break;
            }
    }
    return found;
}

ExitCode first_missed(Session& session, const FirstMissedOptions& options) {
    OpenedLog log{session, options.log};
    const AskedWorld asked = asked_world(session, log, options.cuts);
    const json::array breaches = about(asked.world, history::first_missed(asked.world),
                                       subject_named(log.now(), options.of));
    if (session.json) {
        session.console.json(json::object{{"cut", cuts_json(asked)}, {"breaches", breaches}});
        return ExitCode::fine;
    }
    Console& console = session.console;
    const Narrator narrator{log.now(), console.language()};
    std::size_t number = 0;
    for (const std::string& line : answer_lines(console, narrator, "first-missed", breaches)) {
        console.print(fmt::format("{:>3}. ", ++number));
        console.paragraph(line, 5);
    }
    tell_cuts(console, asked);
    return ExitCode::fine;
}

}  // namespace

Command first_missed_command() {
    return {"first-missed",
            Group::questions,
            {"which deadline was missed first: every breach, in the order they were due",
             "最先错过的期限：全部违规，按应履行时间排序"},
            {"Breaches of deadlines and gates, by the moment at which each was due, with the legal "
             "basis, since when it was on the record, and the event that recorded it. What someone "
             "outside owes comes last.",
             "列出逾期与越过闸口的违规，按应履行的时刻排序，注明依据、何时记录在案以及相应事件。"
             "由外部单位负责者列在最后。"},
            {{"first-missed --log plant.db", {"all of them", "全部违规"}},
             {"first-missed --log plant.db --of zhang --known-at 2026-03-31",
              {"those about one worker, as known on a day", "某劳动者的违规，依某日所知"}}},
            [](Arguments& arguments) -> Action {
                const auto options = std::make_shared<FirstMissedOptions>();
                arguments.log(options->log)
                    .option(
                        "--of", "SUBJECT", options->of,
                        {"only what is about this subject or inside it", "只列该对象及其所含者"});
                declare_cuts(arguments, options->cuts);
                return [options](Session& session) { return first_missed(session, *options); };
            }};
}

}  // namespace dutylog::cli
