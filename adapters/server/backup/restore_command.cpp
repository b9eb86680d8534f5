#include <sys/stat.h>

#include <boost/json.hpp>
#include <filesystem>
#include <memory>

#include "adapters/cli/failure.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/open_log.hpp"
#include "adapters/cli/refusals.hpp"
#include "adapters/cli/verification.hpp"
#include "adapters/server/backup/backup_command.hpp"
#include "adapters/server/backup/files.hpp"
#include "adapters/server/backup/known_checkpoints.hpp"
#include "adapters/sqlite/backup.hpp"

namespace dutylog::server {

using cli::ExitCode;
using cli::Failure;
using cli::phrase;
using cli::Session;
namespace json = boost::json;

namespace {

struct Options {
    std::string from;
    std::string log;
    std::vector<std::string> checkpoints;
    std::vector<std::string> keys;
    std::string by = "restore";
};

KnownCheckpoints read_known(const Options& options) {
    std::vector<std::string> files = options.checkpoints;
    if (const std::string own = options.from + ".checkpoint"; std::filesystem::exists(own))
        files.push_back(own);
    return read_checkpoints(std::move(files), options.keys);
}

/// Checkpoints that the copy has not reached say nothing of what it holds.
log::TreeHead verified_head(Session& session, const Options& options, const std::string& copy,
                            const KnownCheckpoints& known) {
    cli::VerifyWhat what{.log = copy, .keys = keys::KeyFile::beside(options.from)};
    const std::uint64_t size = sqlite::SqliteReader{copy}.head().size;
    for (const log::TreeHead& head : known.heads)
        if (head.size <= size) what.kept.push_back(head);
    const cli::Verified verified = verify_log(session, what);
    if (verified.problems.empty()) return verified.head;
    for (const cli::Phrase& problem : verified.problems)
        session.console.complain(cli::Tone::bad, problem);
    throw Failure{ExitCode::problems,
                  phrase("{0} does not verify, so nothing was restored: {1} problems",
                         "{0} 未通过核验，未恢复任何内容：{1} 个问题", options.from,
                         verified.problems.size()),
                  {"Take an older backup, or ask who could have changed this one.",
                   "请改用更早的备份，或查明此备份为何被改动。"}};
}

std::vector<std::string> restore_keys(const Options& options) {
    std::vector<std::string> restored;
    for (const std::string& end : files_beside()) {
        if (!std::filesystem::exists(options.from + end)) continue;
        write_private_file(options.log + end, cli::read_file(options.from + end));
        restored.push_back(options.log + end);
    }
    return restored;
}

/// Says in the log, before it has its name, of what it was made.
void record_restore(Session& session, const Options& options, const std::string& copy,
                    const pdca::ReportRestore& restored) {
    {
        cli::WritingLog log{session, copy};
        const Instant now = session.now();
        pdca::Meta meta;
        meta.id = CommandId{"restore-" + std::to_string(restored.epoch)};
        meta.actor = ActorId{options.by};
        meta.effective = {Precision::instant, now, {}, now, "Etc/UTC"};
        if (const auto& rules = log.world().rules; rules != nullptr) {
            meta.effective.date = rules->zone().local(now).date;
            meta.effective.zone = rules->zone().name();
        }
        const auto answer = log.engine().run({restored, meta, {}}, now);
        if (answer.refusal) throw Failure{ExitCode::refused, cli::phrase_of(*answer.refusal)};
    }
    std::filesystem::remove(copy + ".lock");
}

cli::Phrase behind_words(const Options& options, const KnownCheckpoints& known,
                         const log::TreeHead& head) {
    return phrase(
        "{0} is behind: it holds {1} events and the checkpoint {2} names {3}; the last {4} that "
        "were "
        "acknowledged are not in it",
        "{0} 已落后：含 {1} 个事件，而检查点 {2} 记有 {3} 个；已确认的最后 {4} 个不在其中",
        options.from, head.size, known.latest, known.events_max, known.events_max - head.size);
}

ExitCode restore(Session& session, const Options& options) {
    cli::require_log(options.from);
    for (const char* end : {"", "-wal", ".keys", ".links", ".tokens"})
        if (*end != '.' || std::filesystem::exists(options.from + end))
            require_nothing_at(options.log + end);
    const KnownCheckpoints known = read_known(options);

    Unfinished copy{options.log + ".part"};
    std::filesystem::remove(copy.path());  // left over from a run that was cut short
    sqlite::copy_log(options.from, copy.path(), [&](std::uint64_t done, std::uint64_t all) {
        session.progress({"copying pages", "复制页"}, done, all);
    });
    session.console.end_progress();
    chmod(copy.path().c_str(), 0600);
    const log::TreeHead head = verified_head(session, options, copy.path(), known);
    const std::uint64_t before = sqlite::epoch_of(copy.path());
    const std::uint64_t epoch = sqlite::begin_epoch(copy.path(), known.epoch);
    record_restore(session, options, copy.path(),
                   {head.size, head.root, before, epoch, known.events_max, known.root});
    const auto keys = restore_keys(options);
    copy.finish(options.log);

    const bool behind = known.events_max > head.size;
    if (session.json)
        session.console.json(json::object{{"log", options.log},
                                          {"events", head.size},
                                          {"epoch", epoch},
                                          {"missing", behind ? known.events_max - head.size : 0},
                                          {"keys", json::value_from(keys)}});
    else
        session.console.line(phrase("{0}: restored with {1} events; epoch {2} begins",
                                    "{0}：已恢复 {1} 个事件；自此为第 {2} 纪元", options.log,
                                    head.size, epoch));
    if (!behind) return ExitCode::fine;
    session.console.complain(
        cli::Tone::warn, behind_words(options, known, head),
        {"Look for a newer backup before the log is used again; what is missing "
         "has to be entered anew.",
         "重新启用日志之前请查找更新的备份；缺失的内容须重新录入。"});
    return ExitCode::problems;
}

}  // namespace

cli::Command restore_command() {
    return {
        "restore",
        cli::Group::service,
        {"makes a log of a backup", "用备份恢复日志"},
        {"Copies a backup to where the log is to be, and verifies it, also against the checkpoint "
         "beside it and those that were kept elsewhere. Nothing is ever overwritten. Where a "
         "checkpoint has more events than the backup, the restored log is behind: that is said, "
         "and "
         "the exit code is 1. A new epoch begins, and the log records "
         "who restored it, of how many events, and behind which checkpoint. Files of keys and "
         "tokens beside the backup are "
         "restored with it.",
         "将备份复制到日志应在之处并核验，包括与其旁及另处保存的检查点比对。不会覆盖任何文件。若检"
         "查"
         "点的事件数多于备份，则恢复的日志已落后：会明确指出，退出码为 "
         "1。恢复后开始新的纪元，并在日志中记录"
         "恢复人、事件数以及落后于哪个检查点。备份旁的"
         "密钥与令牌文件一并恢复。"},
        {{"restore /backup/plant-2025-12-05.db plant.db", {"into a new file", "恢复为新文件"}},
         {"restore /backup/plant.db plant.db --checkpoint kept-elsewhere.txt",
          {"and says what is missing since then", "并指出此后缺失的内容"}}},
        [](cli::Arguments& arguments) -> cli::Action {
            const auto options = std::make_shared<Options>();
            arguments.place("FROM", options->from, {"the backup", "备份"})
                .place("FILE", options->log, {"the log, a new file", "日志，新文件"})
                .options("--checkpoint", "FILE", options->checkpoints,
                         {"a checkpoint that was kept elsewhere", "另处保存的检查点"})
                .options("--key", "KEY", options->keys,
                         {"whose signatures on checkpoints count", "认可其签名的公钥"})
                .option("--by", "PERSON", options->by,
                        {"who restores it, for the record", "恢复人，将记录在日志中"});
            return [options](Session& session) { return restore(session, *options); };
        }};
}

}  // namespace dutylog::server
