#include "adapters/server/backup/backup_command.hpp"

#include <sys/stat.h>

#include <boost/json.hpp>
#include <filesystem>
#include <memory>

#include "adapters/cli/failure.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/open_log.hpp"
#include "adapters/cli/verification.hpp"
#include "adapters/server/backup/files.hpp"
#include "adapters/sqlite/backup.hpp"

namespace dutylog::server {

using cli::ExitCode;
using cli::Failure;
using cli::phrase;
using cli::Session;
namespace json = boost::json;

namespace {

struct Options {
    std::string log;
    std::string to;
    bool with_keys = false;
};

/// A copy that does not verify is no backup: it is removed.
log::TreeHead verified_head(Session& session, const std::string& copy, const std::string& log) {
    cli::Verified verified = verify_log(session, {.log = copy, .keys = keys::KeyFile::beside(log)});
    if (verified.problems.empty()) return verified.head;
    for (const cli::Phrase& problem : verified.problems)
        session.console.complain(cli::Tone::bad, problem);
    throw Failure{ExitCode::problems,
                  phrase("the copy of {0} does not verify, so it was removed: {1} problems",
                         "{0} 的副本未通过核验，已删除：{1} 个问题", log, verified.problems.size()),
                  phrase("`dutylog verify {0}` says whether the log itself is damaged.",
                         "`dutylog verify {0}` 检查日志本身是否损坏。", log)};
}

/// Size and hash of what was copied, and the epoch, which a restore begins anew above.
std::string checkpoint_of(Session& session, const std::string& copy, const log::TreeHead& head) {
    log::Checkpoint checkpoint;
    checkpoint.head = head;
    checkpoint.origin = cli::origin_of(cli::OpenedLog{session, copy}.now());
    checkpoint.extensions.push_back("epoch " + std::to_string(sqlite::epoch_of(copy)));
    return log::to_text(checkpoint);
}

std::vector<std::string> copy_keys(const Options& options) {
    std::vector<std::string> copied;
    for (const std::string& end : files_beside()) {
        if (!std::filesystem::exists(options.log + end)) continue;
        write_private_file(options.to + end, cli::read_file(options.log + end));
        copied.push_back(options.to + end);
    }
    return copied;
}

ExitCode backup(Session& session, const Options& options) {
    cli::require_log(options.log);
    require_nothing_at(options.to);
    require_nothing_at(options.to + ".checkpoint");
    if (options.with_keys)
        for (const std::string& end : files_beside()) require_nothing_at(options.to + end);

    Unfinished copy{options.to + ".part"};
    std::filesystem::remove(copy.path());  // left over from a run that was cut short
    sqlite::copy_log(options.log, copy.path(), [&](std::uint64_t done, std::uint64_t all) {
        session.progress({"copying pages", "复制页"}, done, all);
    });
    session.console.end_progress();
    chmod(copy.path().c_str(), 0600);
    const log::TreeHead head = verified_head(session, copy.path(), options.log);
    const std::string checkpoint = checkpoint_of(session, copy.path(), head);
    const auto keys = options.with_keys ? copy_keys(options) : std::vector<std::string>{};
    copy.finish(options.to);
    write_private_file(options.to + ".checkpoint", checkpoint);

    if (session.json) {
        session.console.json(json::object{{"backup", options.to},
                                          {"events", head.size},
                                          {"root", to_hex(head.root)},
                                          {"keys", json::value_from(keys)}});
        return ExitCode::fine;
    }
    session.console.line(phrase("{0}: a verified copy of {1} events, tree head {2}",
                                "{0}：已核验的副本，{1} 个事件，树头 {2}", options.to, head.size,
                                to_hex(head.root)));
    session.console.line(phrase("{0}.checkpoint: keep it elsewhere; a restore is compared with it",
                                "{0}.checkpoint：请另处保存；恢复时与之比对", options.to));
    for (const std::string& file : keys)
        session.console.line(
            phrase("{}: secret; keep it apart from the copy", "{}：机密；请与副本分开保管", file));
    return ExitCode::fine;
}

}  // namespace

cli::Command backup_command() {
    return {
        "backup",
        cli::Group::service,
        {"a verified copy of a log, while it is in use", "复制并核验正在使用的日志"},
        {"Copies the log as it is at one moment, while the service may go on writing, verifies the "
         "copy as `verify` would, and puts a small checkpoint file beside it: how many events it "
         "has and the hash over them. A copy that does not verify is removed. Keys of people are "
         "not copied, so that erasing a key erases; --with-keys copies keys and tokens too, each "
         "in a file of its own.",
         "在服务可能仍在写入时复制日志某一时刻的全部内容，按 `verify` 核验副本，并在其旁写下检查点"
         "文件：事件数与全部事件的哈希。未通过核验的副本会被删除。人员密钥不随之复制，以便销毁密钥"
         "即"
         "告删除；--with-keys 另行复制密钥与令牌，各为单独文件。"},
        {{"backup plant.db /backup/plant-2025-12-05.db",
          {"while the service runs", "服务运行期间"}},
         {"backup plant.db /safe/plant.db --with-keys",
          {"all that a restore needs", "恢复所需的全部内容"}}},
        [](cli::Arguments& arguments) -> cli::Action {
            const auto options = std::make_shared<Options>();
            arguments.place("FILE", options->log, {"the log", "日志文件"})
                .place("TO", options->to, {"the copy, a new file", "副本，新文件"})
                .flag("--with-keys", options->with_keys,
                      {"also the keys of people and links, and the tokens",
                       "同时复制人员密钥、链接密钥与令牌"});
            return [options](Session& session) { return backup(session, *options); };
        }};
}

}  // namespace dutylog::server
