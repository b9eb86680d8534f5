#include <boost/json.hpp>
#include <memory>

#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/open_log.hpp"
#include "adapters/cli/refold.hpp"
#include "adapters/sqlite/verify.hpp"
#include "engine/log/checkpoint.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

struct VerifyOptions {
    std::string log;
    std::vector<std::string> checkpoints;
    std::vector<std::string> keys;
    bool rehearse = false;
};

std::vector<log::VerifierKey> known_keys(const VerifyOptions& options) {
    std::vector<log::VerifierKey> known;
    for (const std::string& text : options.keys) {
        const auto key = log::parse_verifier_key(text);
        if (!key)
            throw Failure{ExitCode::usage, phrase("--key: expected NAME+ID+BASE64, found `{}`",
                                                  "--key：应为 名称+编号+BASE64，实为 `{}`", text)};
        known.push_back(*key);
    }
    return known;
}

/// Reads a kept checkpoint, signed or not.
/// @param problems  what is wrong with its signature
log::TreeHead kept_head(const std::string& path, std::span<const log::VerifierKey> known,
                        std::vector<Phrase>& problems) {
    const std::string text = read_file(path);
    try {
        if (text.find("\n\n") == std::string::npos) return log::parse_checkpoint(text).head;
        const log::OpenedCheckpoint opened = log::open_checkpoint(text, known);
        if (opened.trust == log::Trust::bad_signature)
            problems.push_back(
                phrase("{0}: the signature does not fit the text", "{0}：签名与内容不符", path));
        if (opened.trust == log::Trust::unknown_key && !known.empty())
            problems.push_back(phrase("{0}: no signature is by a key that was given",
                                      "{0}：没有由给定密钥所作的签名", path));
        return opened.checkpoint.head;
    } catch (const log::DecodeError& error) {
        throw Failure{ExitCode::usage, phrase("{0}: is no checkpoint: {1}", "{0}：不是检查点：{1}",
                                              path, error.what())};
    }
}

Phrase words_of(const sqlite::Finding& finding) {
    const std::string english = sqlite::to_string(finding);
    return {english, fmt::format("{} {}，{}：应为 {}，实为 {}", finding.table, finding.row,
                                 finding.part, finding.expected, finding.found)};
}

class Verification {
public:
    Verification(Session& session, const VerifyOptions& options)
        : session_{session}, options_{options} {}

    ExitCode run() {
        require_log(options_.log);
        const auto known = known_keys(options_);
        sqlite::VerifyOptions how;
        for (const std::string& path : options_.checkpoints)
            how.kept_heads.push_back(kept_head(path, known, problems_));
        how.rebuild = [&](log::EventStore& store) { return rebuild(store); };
        how.progress = [&](std::uint64_t done, std::uint64_t all) {
            session_.progress({"checking events", "核验事件"}, done, all);
        };
        const auto findings = sqlite::verify(options_.log, how);
        session_.console.end_progress();
        for (const sqlite::Finding& finding : findings) problems_.push_back(words_of(finding));
        if (options_.rehearse && problems_.empty()) rehearse();
        return tell(findings);
    }

private:
    sqlite::Derived rebuild(log::EventStore& store) {
        Refolded refolded = refold(store, keys_, [&](std::uint64_t done) {
            session_.progress({"folding events", "折叠事件"}, done, store.head().size);
        });
        for (Phrase& problem : refolded.problems) problems_.push_back(std::move(problem));
        sqlite::Derived derived;
        if (refolded.complete) derived.timers = std::move(refolded.timers);
        return derived;
    }

    void rehearse() {
        sqlite::SqliteReader store{options_.log};
        session_.progress({"rehearsing", "重演"}, 0);
        for (Phrase& problem : rehearsal_differences(store, keys_))
            problems_.push_back(std::move(problem));
        session_.console.end_progress();
    }

    ExitCode tell(const std::vector<sqlite::Finding>& findings) {
        const ExitCode exit = problems_.empty() ? ExitCode::fine : ExitCode::problems;
        Console& console = session_.console;
        if (session_.json) {
            json::array found;
            for (const sqlite::Finding& finding : findings)
                found.push_back(json::object{{"table", finding.table},
                                             {"row", finding.row},
                                             {"part", finding.part},
                                             {"expected", finding.expected},
                                             {"found", finding.found}});
            json::array problems;
            for (const Phrase& problem : problems_) problems.emplace_back(console.say(problem));
            json::object document{{"sound", problems_.empty()},
                                  {"problems", std::move(problems)},
                                  {"findings", std::move(found)}};
            if (problems_.empty()) add_head(document);
            console.json(document);
            return exit;
        }
        for (const Phrase& problem : problems_)
            console.paragraph(console.paint(Tone::bad, "✗ ") + console.say(problem), 2);
        if (problems_.empty()) {
            json::object head;
            add_head(head);
            console.line(console.paint(
                Tone::good, console.say(phrase("✓ {0}: sound: {1} events, tree head {2}",
                                               "✓ {0}：完好：{1} 个事件，树头 {2}", options_.log,
                                               head["events"].to_number<std::uint64_t>(),
                                               std::string{head["root"].as_string()}))));
        } else {
            console.line(
                console.paint(Tone::bad, console.say(phrase("{0}: {1} problems", "{0}：{1} 个问题",
                                                            options_.log, problems_.size()))));
        }
        return exit;
    }

    void add_head(json::object& document) {
        sqlite::SqliteReader store{options_.log};
        const log::TreeHead head = store.head();
        document["events"] = head.size;
        document["root"] = to_hex(head.root);
    }

    Session& session_;
    const VerifyOptions& options_;
    keys::KeyFile keys_{keys::KeyFile::beside(options_.log)};
    std::vector<Phrase> problems_;
};

}  // namespace

Command verify_command() {
    return {
        "verify",
        Group::trust,
        {"whether a log is whole and unchanged", "核验日志是否完整、未被改动"},
        {"Recomputes every hash of the file, derives again what is derived, folds every event "
         "and compares the states. A checkpoint that was kept elsewhere shows whether this is "
         "still the history it was then. Nothing is written; the log may be in use. The exit "
         "code is 1 where anything does not agree.",
         "重算文件中的全部哈希，重新推导派生内容，逐个折叠事件并比对状态。另处保存的检查点可证明"
         "历史仍是当时的历史。不写入任何内容，日志可正在使用。有任何不符时退出码为 1。"},
        {{"verify plant.db", {"the file by itself", "仅核验文件自身"}},
         {"verify plant.db --checkpoint kept-elsewhere.txt",
          {"against what was kept", "与所保存的检查点比对"}},
         {"verify plant.db --rehearse",
          {"also decides everything again from what came from outside",
           "并从外部事件重新判定一切"}}},
        [](Arguments& arguments) -> Action {
            const auto options = std::make_shared<VerifyOptions>();
            arguments.place("FILE", options->log, {"the log", "日志文件"})
                .options("--checkpoint", "FILE", options->checkpoints,
                         {"a checkpoint that was kept elsewhere, signed or not",
                          "另处保存的检查点，是否签名均可"})
                .options("--key", "KEY", options->keys,
                         {"whose signatures on checkpoints count", "认可其签名的公钥"})
                .flag("--rehearse", options->rehearse,
                      {"lives the history through again and compares event for event",
                       "重演全部经过并逐个事件比对"});
            return [options](Session& session) { return Verification{session, *options}.run(); };
        }};
}

}  // namespace dutylog::cli
