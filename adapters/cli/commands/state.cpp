#include <memory>

#include "adapters/cli/about.hpp"
#include "adapters/cli/answers.hpp"
#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/cuts.hpp"
#include "engine/history/questions.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

struct StateOptions {
    std::string log;
    std::string duty;
    std::string of;
    CutOptions cuts;
    bool why = false;
};

/// The events of the cycle the answer is about; of a made-up history there are none to name.
void add_events(json::object& answer, OpenedLog& log, const StreamId& duty,
                const AskedWorld& asked) {
    const json::value* cycle = answer.if_contains("cycle");
    if (cycle == nullptr || asked.hypothetical || asked.as_true) return;
    json::array events;
    for (const log::Position position :
         events_of_cycle(log.store(), duty, cycle->to_number<pdca::CycleNumber>(), asked.known_at))
        events.emplace_back(position);
    answer["events"] = std::move(events);
}

ExitCode state(Session& session, const StateOptions& options) {
    OpenedLog log{session, options.log};
    AskedWorld asked = asked_world(session, log, options.cuts);
    const StreamId duty = duty_named(log.now(), options.duty, options.of);
    json::object answer = history::duty_state(asked.world, duty, asked.at);
    add_events(answer, log, duty, asked);
    if (asked.hypothetical)
        answer["rules"] = history::rules_difference(asked.decided, asked.world, duty, asked.other);
    json::object why;
    if (options.why) why = history::explain_date(asked.world, duty, session.console.language());
    if (session.json) {
        json::object document{{"duty", duty.str()}, {"cut", cuts_json(asked)}, {"state", answer}};
        if (options.why) document["why"] = why;
        session.console.json(document);
        return ExitCode::fine;
    }
    Console& console = session.console;
    const Narrator narrator{log.now(), console.language()};
    console.line(console.paint(Tone::strong, narrator.duty(duty)));
    for (const std::string& line : answer_lines(console, narrator, "state", answer)) {
        console.print("  ");
        console.paragraph(line, 4);
    }
    if (options.why)
        for (const std::string& line : answer_lines(console, narrator, "explain", why)) {
            console.print("    ");
            console.paragraph(line, 6);
        }
    tell_cuts(console, asked);
    return ExitCode::fine;
}

}  // namespace

Command state_command() {
    return {
        "state",
        Group::questions,
        {"how a duty stood on a day, as known then or later; and why on that date",
         "某日义务的状态（依当时或日后所知），以及期限的由来"},
        {"Three clocks may be set: what was true (--at), what was on the record (--known-at), "
         "and which rules are used (--rules-at; a holiday may be moved with --day-off and "
         "--workday). Without them it is the state now. --why adds "
         "how the date was counted, with the rule behind it.",
         "可设三个时间：何时为真（--at）、何时已记录（--known-at）、适用何时的规则（--rules-at；"
         "可用 --day-off 与 --workday 调换假日）。"
         "均不设时为当前状态。--why 另说明期限如何计算、依据何规则。"},
        {{"state --log plant.db --duty facility-maintenance --of EF-07 --at 2026-03-26",
          {"as known on that day", "依当日所知"}},
         {"state --log plant.db --duty in-post-examination --of zhang --at 2026-03-05 "
          "--known-at 2026-06-22",
          {"the same day, as known later", "同一日，依日后所知"}},
         {"state --log plant.db --duty in-post-examination --of zhang --rules-at 2026-08-01",
          {"under the editions valid on that day, and which dates they would have changed",
           "按该日有效的版次，并列出与原判定不同的日期"}},
         {"state --log plant.db --duty diagnosis-data --of zhang --why",
          {"why this date", "期限的由来"}}},
        [](Arguments& arguments) -> Action {
            const auto options = std::make_shared<StateOptions>();
            arguments.log(options->log)
                .required("--duty", "DEFINITION", options->duty,
                          {"id of the definition", "定义编号"})
                .option("--of", "SUBJECT", options->of,
                        {"the subject, or something inside it", "对象，或其所含之物"});
            declare_cuts(arguments, options->cuts);
            arguments.flag("--why", options->why, {"how the date was counted", "期限如何计算"});
            return [options](Session& session) { return state(session, *options); };
        }};
}

}  // namespace dutylog::cli
