#include <memory>

#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/note_key.hpp"
#include "adapters/cli/open_log.hpp"
#include "adapters/cli/verification.hpp"
#include "engine/log/checkpoint.hpp"

namespace dutylog::cli {

namespace {

struct CheckpointOptions {
    std::string log;
    std::string origin;
    std::string sign;
    std::string new_key;
};

ExitCode make_key(Session& session, const CheckpointOptions& options) {
    if (options.origin.empty())
        throw Failure{ExitCode::usage,
                      {"a new key needs --origin, the name of the log it signs for",
                       "新密钥需要 --origin，即其所签日志的名称"}};
    log::SignerKey key;
    key.name = options.origin;
    for (std::size_t i = 0; i < key.seed.size(); i += 8) {
        const std::uint64_t bits = session.clocks.random("key");
        for (std::size_t b = 0; b < 8; ++b)
            key.seed[i + b] = static_cast<std::uint8_t>(bits >> (8 * b));
    }
    write_signer_key(options.new_key, key);
    session.console.line(key.verifier().text());
    session.console.complain(Tone::plain,
                             phrase("{0}: keep it secret; the line above is for those who verify",
                                    "{0}：请妥善保密；上面一行交给核验者", options.new_key));
    return ExitCode::fine;
}

ExitCode checkpoint(Session& session, const CheckpointOptions& options) {
    if (!options.new_key.empty()) return make_key(session, options);
    if (options.log.empty())
        throw Failure{ExitCode::usage,
                      {"`checkpoint` needs the file of a log", "`checkpoint` 需要日志文件"}};
    OpenedLog log{session, options.log};
    log::Checkpoint made;
    made.head = log.store().head();
    std::optional<log::SignerKey> key;
    if (!options.sign.empty()) key = read_signer_key(options.sign);
    made.origin = !options.origin.empty() ? options.origin : key ? key->name : origin_of(log.now());
    if (session.json)
        session.console.json(boost::json::object{
            {"origin", made.origin}, {"events", made.head.size}, {"root", to_hex(made.head.root)}});
    else if (key)
        session.console.print(log::to_text(log::sign_checkpoint(made, *key)));
    else
        session.console.print(log::to_text(made));
    return ExitCode::fine;
}

}  // namespace

Command checkpoint_command() {
    return {
        "checkpoint",
        Group::trust,
        {"what the log is now, to be kept elsewhere", "日志当前的检查点，供另处保存"},
        {"Prints the name of the log, how many events it has and the hash over all of them. "
         "Kept outside the log, this is enough to notice later that history was changed: "
         "`verify --checkpoint`. With --sign it is a signed note that others can check.",
         "输出日志名称、事件数与全部事件的哈希。另处保存后，即可据此发现历史被改动："
         "`verify --checkpoint`。使用 --sign 时为他人可核验的签名凭据。"},
        {{"checkpoint plant.db > kept-elsewhere.txt", {"to keep or to hand over", "保存或交付"}},
         {"checkpoint --new-key plant.key --origin dutylog.example/acme",
          {"makes a key, and prints its public half", "生成密钥并输出其公开部分"}},
         {"checkpoint plant.db --sign plant.key", {"signed", "签名"}}},
        [](Arguments& arguments) -> Action {
            const auto options = std::make_shared<CheckpointOptions>();
            arguments.place("FILE", options->log, {"the log", "日志文件"}, false)
                .option("--origin", "NAME", options->origin,
                        {"name of the log (dutylog/EMPLOYER)", "日志名称（dutylog/用人单位）"})
                .option("--sign", "KEY", options->sign,
                        {"signs with the secret key in this file", "用该文件中的密钥签名"})
                .option("--new-key", "FILE", options->new_key,
                        {"makes a secret key instead", "改为生成密钥"});
            return [options](Session& session) { return checkpoint(session, *options); };
        }};
}

}  // namespace dutylog::cli
