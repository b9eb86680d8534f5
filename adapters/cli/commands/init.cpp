#include <filesystem>
#include <memory>

#include "adapters/cli/command_json.hpp"
#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/library_folder.hpp"
#include "adapters/cli/open_log.hpp"
#include "adapters/cli/refusals.hpp"
#include "engine/runtime/command_loop.hpp"

namespace dutylog::cli {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

struct InitOptions {
    std::string path;
    std::string library = "workflows";
    std::string employer;
    std::string name;
    std::string by = "records";
};

/// The file of a new log: as named, or `dutylog.db` in a folder.
fs::path new_log(const std::string& path) {
    std::error_code error;
    fs::path file = path;
    if (fs::is_directory(file, error)) file /= "dutylog.db";
    if (fs::exists(file, error))
        throw Failure{ExitCode::usage, phrase("{}: exists; a new log needs a new file",
                                              "{}：已存在；新日志需要新的文件", file.string())};
    return file;
}

/// The first kind of subjects that live in `parent`; empty: in nothing.
const definition::SubjectKind* kind_in(const definition::Library& library,
                                       const std::string& parent) {
    for (const auto& [id, kind] : library.kinds)
        if (kind.parent == parent && !kind.person) return &kind;
    return nullptr;
}

/// What a reader may want to do with the new log.
Phrase next_step(const definition::Library& library, const std::string& file, bool employer_named) {
    const auto* top = kind_in(library, "");
    const std::string kind = top == nullptr ? "" : top->id;
    if (!employer_named)
        return phrase("Next: dutylog act --log {0} add_subject by=records subject={1}/ID",
                      "下一步：dutylog act --log {0} add_subject by=records subject={1}/编号", file,
                      kind);
    const auto* below = kind_in(library, kind);
    return phrase("Next: dutylog import --log {0} {1} {1}.csv",
                  "下一步：dutylog import --log {0} {1} {1}.csv", file,
                  below == nullptr ? "people" : below->id);
}

runtime::Answer submit(Session& session, runtime::Engine& engine, pdca::Command command,
                       const std::string& by, const calendar::Zone& zone,
                       std::vector<Bytes> blobs = {}) {
    const Instant now = session.now();
    pdca::Meta meta{fresh_command_id(session), ActorId{by}, {}, {}, ""};
    meta.effective = *read_effective(to_string(now), zone, now);
    runtime::Answer answer = engine.run(
        {std::move(command), meta, std::move(blobs), runtime::draw_nonce(session.clocks)}, now);
    if (answer.refusal) throw Failure{ExitCode::refused, phrase_of(*answer.refusal)};
    return answer;
}

ExitCode init(Session& session, const InitOptions& options) {
    const fs::path file = new_log(options.path);
    const RunnableLibrary library = load_library(options.library);
    sqlite::SqliteStore store{file.string()};
    keys::KeyFile keys{keys::KeyFile::beside(file.string())};
    runtime::Engine engine{store, keys};
    runtime::Publication publication = runtime::publication_of(library.files);
    engine.rules().keep(publication.bundle, library.rules);
    const calendar::Zone& zone = library.rules->zone();
    submit(session, engine,
           pdca::PublishBundle{publication.bundle, library.rules->library().id, {}}, options.by,
           zone, std::move(publication.blobs));
    const auto* top = kind_in(library.rules->library(), "");
    if (!options.employer.empty() && top != nullptr)
        submit(session, engine,
               pdca::AddSubject{{top->id, options.employer},
                                {},
                                options.name.empty() ? Value{} : Value{options.name}},
               options.by, zone);
    const log::TreeHead head = store.head();
    if (session.json) {
        session.console.json(json::object{{"log", file.string()},
                                          {"bundle", to_hex(publication.bundle)},
                                          {"events", head.size},
                                          {"root", to_hex(head.root)}});
        return ExitCode::fine;
    }
    session.console.line(phrase("{0}: a new log with the rules of {1}", "{0}：新日志，适用规则 {1}",
                                file.string(),
                                library.rules->library().title.in(session.console.language())));
    session.console.line(
        next_step(library.rules->library(), file.string(), !options.employer.empty()));
    return ExitCode::fine;
}

}  // namespace

Command init_command() {
    return {
        "init",
        Group::logs,
        {"makes a new log and puts a library in force", "新建日志并发布定义库"},
        {"Makes the file of a log, publishes the definitions, tables and calendars of a "
         "library into it, and names the employer. The library on disk is copied into the "
         "log: editing it later changes nothing until it is published again.",
         "新建日志文件，把定义库中的定义、数据表与日历发布到日志，并登记用人单位。磁盘上的定义库"
         "已复制到日志：此后修改文件并不生效，须再次发布。"},
        {{"init plant.db --library workflows --employer acme --name 'Acme Ltd'",
          {"a log for one employer", "为一家用人单位新建日志"}}},
        [](Arguments& arguments) -> Action {
            const auto options = std::make_shared<InitOptions>();
            arguments
                .place("FILE", options->path,
                       {"the new file; in a folder it is called dutylog.db",
                        "新文件；若为文件夹，则文件名为 dutylog.db"})
                .option("--library", "DIR", options->library,
                        {"the library to publish (workflows)", "要发布的定义库（workflows）"})
                .option("--employer", "ID", options->employer,
                        {"id of the employer", "用人单位编号"})
                .option("--name", "NAME", options->name, {"name of the employer", "用人单位名称"})
                .option("--by", "WHO", options->by, {"who does it (records)", "操作人（records）"});
            return [options](Session& session) { return init(session, *options); };
        }};
}

}  // namespace dutylog::cli
