#include <memory>

#include "adapters/cli/command_json.hpp"
#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/library_folder.hpp"
#include "adapters/cli/narrator.hpp"
#include "adapters/cli/open_log.hpp"
#include "adapters/cli/refusals.hpp"
#include "adapters/cli/trial_moves.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

struct PublishOptions {
    std::string log;
    std::string library = "workflows";
    std::string label;
    std::string by;
    std::string approver;
    bool dry_run = false;
};

/// What a publication does to duties: each date that moves, each duty that begins or ends.
void tell_moves(Session& session, const Trial& trial) {
    Console& console = session.console;
    const Narrator narrator{trial.world(), console.language()};
    std::size_t told = 0;
    for (const TrialEvent& each : trial.events()) {
        const Told words = narrator.tell(each.event, each.envelope);
        if (each.envelope.origin == log::Origin::outside || words.weight == Weight::detail)
            continue;
        ++told;
        console.print("  " + words.mark + " ");
        console.paragraph(console.paint(words.tone, narrator.sentence(words)), 4);
    }
    if (told == 0) console.line(Phrase{"  No duty changes.", "  没有义务变化。"});
}

ExitCode publish(Session& session, const PublishOptions& options) {
    const RunnableLibrary library = load_library(options.library);
    WritingLog log{session, options.log};
    runtime::Publication publication = runtime::publication_of(library.files);
    log.engine().rules().keep(publication.bundle, library.rules);
    if (!options.dry_run) log.fire_due();

    const Instant now = session.now();
    const pdca::PublishBundle order{
        publication.bundle, options.label.empty() ? library.rules->library().id : options.label,
        ActorId{options.approver}};
    pdca::Meta meta{fresh_command_id(session), ActorId{options.by}, {}, {}, ""};
    meta.effective = *read_effective(to_string(now), library.rules->zone(), now);
    if (log.world().bundle == publication.bundle) {
        session.console.complain(Tone::warn,
                                 {"this very library is in force already", "该定义库已在施行"});
        return ExitCode::fine;
    }
    Trial trial{log.world()};
    auto refusal = trial.run(order, meta, now);
    if (!refusal && !options.dry_run)
        refusal = log.engine().run({order, meta, std::move(publication.blobs)}, now).refusal;
    if (refusal) throw Failure{ExitCode::refused, phrase_of(*refusal)};
    if (session.json) {
        session.console.json(
            json::object{{"bundle", to_hex(publication.bundle)},
                         {"dry_run", options.dry_run},
                         {"changes", moves_json(trial, session.console.language())}});
    } else {
        session.console.line(options.dry_run ? phrase("Publishing bundle {0} would change:",
                                                      "发布规则包 {0} 将引起：",
                                                      to_hex(publication.bundle).substr(0, 16))
                                             : phrase("Published bundle {0}:", "已发布规则包 {0}：",
                                                      to_hex(publication.bundle).substr(0, 16)));
        tell_moves(session, trial);
    }
    log.finish();
    return ExitCode::fine;
}

}  // namespace

Command publish_command() {
    return {"publish",
            Group::logs,
            {"puts a changed library in force, after showing every date it moves",
             "发布改动后的定义库，并列出每个变动的期限"},
            {"Copies the library into the log and puts it in force. A second person approves it. "
             "With --dry-run nothing is recorded, and every duty that would begin, end or move is "
             "told.",
             "把定义库复制到日志并施行，须由另一人批准。使用 --dry-run 时不作记录，只列出将产生、"
             "终止或变动的义务。"},
            {{"publish --log plant.db --library workflows --by wang --approver he --dry-run",
              {"what would change", "预览变化"}},
             {"publish --log plant.db --library workflows --by wang --approver he",
              {"puts it in force", "正式施行"}}},
            [](Arguments& arguments) -> Action {
                const auto options = std::make_shared<PublishOptions>();
                arguments.log(options->log)
                    .option("--library", "DIR", options->library,
                            {"the library to publish (workflows)", "要发布的定义库（workflows）"})
                    .required("--by", "WHO", options->by, {"who publishes", "发布人"})
                    .option("--approver", "WHO", options->approver,
                            {"the second person", "批准人（另一人）"})
                    .option("--label", "TEXT", options->label,
                            {"what it is called in the log", "在日志中的名称"})
                    .flag("--dry-run", options->dry_run,
                          {"only tells what would change", "只预览，不记录"});
                return [options](Session& session) { return publish(session, *options); };
            }};
}

}  // namespace dutylog::cli
