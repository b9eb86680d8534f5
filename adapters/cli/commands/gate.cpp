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

struct GateOptions {
    std::string log;
    std::string of;
    std::string known_at;
};

ExitCode gate(Session& session, const GateOptions& options) {
    OpenedLog log{session, options.log};
    const auto known_at = read_cut_if_given("--known-at", options.known_at, log.zone());
    const Reference subject = subject_named(log.now(), options.of);
    const json::array answers = history::gate_answers(log.store(), log.now(), subject, known_at);
    if (session.json) {
        session.console.json(json::object{{"of", options.of}, {"answers", answers}});
        return ExitCode::fine;
    }
    const Narrator narrator{log.now(), session.console.language()};
    for (const std::string& line : answer_lines(session.console, narrator, "gate", answers))
        session.console.paragraph(line, 2);
    return ExitCode::fine;
}

}  // namespace

Command gate_command() {
    return {"gate",
            Group::questions,
            {"what gates answered about a subject", "闸口对某对象的答复"},
            {"Requests to act that were refused, permitted or flagged, and overrides, with the "
             "conditions that were not met.",
             "列出对行为申请的拒绝、准许、提示与强制放行，并注明未满足的条件。"},
            {{"gate --log plant.db --of zhang", {"about one worker", "某劳动者"}}},
            [](Arguments& arguments) -> Action {
                const auto options = std::make_shared<GateOptions>();
                arguments.log(options->log)
                    .required("--of", "SUBJECT", options->of, {"the subject", "对象"})
                    .option("--known-at", "WHEN", options->known_at,
                            {"only what was on the record by then", "只计至该时已记录者"});
                return [options](Session& session) { return gate(session, *options); };
            }};
}

}  // namespace dutylog::cli
