#include <boost/json.hpp>
#include <memory>

#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/verification.hpp"
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

json::object json_of(const sqlite::Finding& finding) {
    return {{"table", finding.table},
            {"row", finding.row},
            {"part", finding.part},
            {"expected", finding.expected},
            {"found", finding.found}};
}

ExitCode tell_as_json(const Console& console, Session& session, const Verified& verified) {
    json::array found;
    for (const sqlite::Finding& finding : verified.findings) found.push_back(json_of(finding));
    json::array problems;
    for (const Phrase& problem : verified.problems) problems.emplace_back(console.say(problem));
    json::object document{{"sound", verified.problems.empty()},
                          {"problems", std::move(problems)},
                          {"findings", std::move(found)}};
    if (verified.problems.empty()) {
        document["events"] = verified.head.size;
        document["root"] = to_hex(verified.head.root);
    }
    session.console.json(document);
    return verified.problems.empty() ? ExitCode::fine : ExitCode::problems;
}

ExitCode tell(Session& session, const std::string& log, const Verified& verified) {
    Console& console = session.console;
    if (session.json) return tell_as_json(console, session, verified);
    for (const Phrase& problem : verified.problems)
        console.paragraph(console.paint(Tone::bad, "✗ ") + console.say(problem), 2);
    if (!verified.problems.empty()) {
        console.line(
            console.paint(Tone::bad, console.say(phrase("{0}: {1} problems", "{0}：{1} 个问题", log,
                                                        verified.problems.size()))));
        return ExitCode::problems;
    }
    console.line(console.paint(
        Tone::good, console.say(phrase("✓ {0}: sound: {1} events, tree head {2}",
                                       "✓ {0}：完好：{1} 个事件，树头 {2}", log, verified.head.size,
                                       to_hex(verified.head.root)))));
    return ExitCode::fine;
}

ExitCode verify(Session& session, const VerifyOptions& options) {
    const auto known = known_keys(options);
    VerifyWhat what{.log = options.log, .keys = {}, .kept = {}, .rehearse = options.rehearse};
    std::vector<Phrase> bad_signatures;
    for (const std::string& path : options.checkpoints) {
        KeptCheckpoint kept = read_checkpoint(path, known);
        what.kept.push_back(kept.checkpoint.head);
        bad_signatures.insert(bad_signatures.end(), kept.problems.begin(), kept.problems.end());
    }
    Verified verified = verify_log(session, what);
    verified.problems.insert(verified.problems.begin(), bad_signatures.begin(),
                             bad_signatures.end());
    return tell(session, options.log, verified);
}

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
            return [options](Session& session) { return verify(session, *options); };
        }};
}

}  // namespace dutylog::cli
