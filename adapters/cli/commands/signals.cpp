#include <memory>

#include "adapters/cli/about.hpp"
#include "adapters/cli/answers.hpp"
#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/moments.hpp"
#include "adapters/cli/open_log.hpp"
#include "engine/history/questions.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

struct SignalOptions {
    std::string log;
    std::string duty;
    std::string of;
    std::string known_at;
};

std::vector<StreamId> streams_of(OpenedLog& log, const SignalOptions& options) {
    if (!options.duty.empty()) return {duty_named(log.now(), options.duty, options.of)};
    if (options.of.empty()) return log.store().streams("");
    const Reference subject = subject_named(log.now(), options.of);
    std::vector<StreamId> streams{pdca::subject_stream(subject)};
    for (const auto& [stream, duty] : log.now().duties)
        if (log.now().inside(duty.subject, subject)) streams.push_back(stream);
    return streams;
}

ExitCode signals(Session& session, const SignalOptions& options) {
    OpenedLog log{session, options.log};
    const auto known_at = read_cut_if_given("--known-at", options.known_at, log.zone());
    const Narrator narrator{log.now(), session.console.language()};
    json::object all;
    for (const StreamId& stream : streams_of(log, options)) {
        json::array found = history::signals(log.store(), stream, known_at);
        if (!found.empty()) all[stream.str()] = std::move(found);
    }
    if (session.json) {
        session.console.json(all);
        return ExitCode::fine;
    }
    Console& console = session.console;
    if (all.empty()) console.line(Phrase{"no pattern found", "未发现疑点"});
    for (const auto& entry : all) {
        const StreamId stream{std::string{entry.key()}};
        console.line(console.paint(Tone::strong, narrator.duty(stream)));
        for (const std::string& line : answer_lines(console, narrator, "signals", entry.value())) {
            console.print("  ");
            console.paragraph(line, 4);
        }
    }
    return ExitCode::fine;
}

}  // namespace

Command signals_command() {
    return {"signals",
            Group::questions,
            {"patterns that false records leave: late entries, copied readings",
             "虚假记录的疑点：迟录、照抄的读数"},
            {"I1: an entry long after the day it claims, without a reason. I4: the same reading "
             "again and again. I6: readings smoother than any instrument. A pattern proves "
             "nothing; it says where to look.",
             "I1：录入远迟于声称日期且未说明理由。I4：读数反复相同。I6：读数比仪器还平稳。疑点并非"
             "证明，只指出何处应查。"},
            {{"signals --log plant.db", {"in the whole log", "全部日志"}},
             {"signals --log plant.db --duty daily-check --of DC-3",
              {"in the forms of one duty", "某项义务的表单"}}},
            [](Arguments& arguments) -> Action {
                const auto options = std::make_shared<SignalOptions>();
                arguments.log(options->log)
                    .option("--duty", "DEFINITION", options->duty,
                            {"only this duty, with --of", "只看该项义务，与 --of 同用"})
                    .option("--of", "SUBJECT", options->of,
                            {"only this subject and its duties", "只看该对象及其义务"})
                    .option("--known-at", "WHEN", options->known_at,
                            {"only what was on the record by then", "只计至该时已记录者"});
                return [options](Session& session) { return signals(session, *options); };
            }};
}

}  // namespace dutylog::cli
