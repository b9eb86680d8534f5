#include <memory>

#include "adapters/cli/about.hpp"
#include "adapters/cli/answers.hpp"
#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/moments.hpp"
#include "adapters/cli/open_log.hpp"
#include "engine/history/questions.hpp"

namespace dutylog::cli {

namespace {

struct ToldOptions {
    std::string log;
    std::string duty;
    std::string of;
    std::string known_at;
};

ExitCode told(Session& session, const ToldOptions& options) {
    OpenedLog log{session, options.log};
    const auto known_at = read_cut_if_given("--known-at", options.known_at, log.zone());
    const StreamId duty = duty_named(log.now(), options.duty, options.of);
    const boost::json::object answer = history::told(log.store(), log.now(), duty, known_at);
    if (session.json) {
        session.console.json(boost::json::object{{"duty", duty.str()}, {"told", answer}});
        return ExitCode::fine;
    }
    Console& console = session.console;
    const Narrator narrator{log.now(), console.language()};
    console.line(console.paint(Tone::strong, narrator.duty(duty)));
    for (const std::string& line : answer_lines(console, narrator, "told", answer)) {
        console.print("  ");
        console.paragraph(line, 4);
    }
    return ExitCode::fine;
}

}  // namespace

Command told_command() {
    return {
        "told",
        Group::questions,
        {"who had been reminded of a duty, and whether it arrived", "谁被提醒过某项义务，是否送达"},
        {"For each person the newest date of what became of the notices about a duty: planned, "
         "sent, delivered, read, acknowledged, failed. A notice that was sent and not "
         "delivered has told nobody.",
         "逐人列出关于某项义务的通知结果的最新日期：计划、发送、送达、阅读、确认、失败。"
         "已发送而未送达的通知不算告知。"},
        {{"told --log plant.db --duty facility-maintenance --of EF-07 --known-at 2025-12-31",
          {"who knew by the end of the year", "截至年末谁已知悉"}}},
        [](Arguments& arguments) -> Action {
            const auto options = std::make_shared<ToldOptions>();
            arguments.log(options->log)
                .required("--duty", "DEFINITION", options->duty,
                          {"id of the definition", "定义编号"})
                .option("--of", "SUBJECT", options->of,
                        {"the subject, or something inside it", "对象，或其所含之物"})
                .option("--known-at", "WHEN", options->known_at,
                        {"only what was on the record by then", "只计至该时已记录者"});
            return [options](Session& session) { return told(session, *options); };
        }};
}

}  // namespace dutylog::cli
