#include "adapters/server/backup/known_checkpoints.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/cli/failure.hpp"
#include "adapters/cli/verification.hpp"

namespace dutylog::server {

using cli::ExitCode;
using cli::Failure;
using cli::phrase;

namespace {

std::uint64_t epoch_in(const log::Checkpoint& checkpoint) {
    constexpr std::string_view word = "epoch ";
    std::uint64_t epoch = 0;
    for (const std::string& line : checkpoint.extensions)
        if (line.starts_with(word))
            std::from_chars(line.data() + word.size(), line.data() + line.size(), epoch);
    return epoch;
}

std::vector<log::VerifierKey> verifier_keys(const std::vector<std::string>& texts) {
    std::vector<log::VerifierKey> keys;
    for (const std::string& text : texts) {
        const auto key = log::parse_verifier_key(text);
        if (!key)
            throw Failure{ExitCode::usage, phrase("--key: expected NAME+ID+BASE64, found `{}`",
                                                  "--key：应为 名称+编号+BASE64，实为 `{}`", text)};
        keys.push_back(*key);
    }
    return keys;
}

}  // namespace

KnownCheckpoints read_checkpoints(std::vector<std::string> files,
                                  const std::vector<std::string>& key_texts) {
    const auto keys = verifier_keys(key_texts);
    KnownCheckpoints known;
    for (const std::string& file : files) {
        const cli::KeptCheckpoint kept = cli::read_checkpoint(file, keys);
        if (!kept.problems.empty()) throw Failure{ExitCode::problems, kept.problems.front()};
        known.heads.push_back(kept.checkpoint.head);
        known.epoch = std::max(known.epoch, epoch_in(kept.checkpoint));
        if (kept.checkpoint.head.size <= known.events_max) continue;
        known.events_max = kept.checkpoint.head.size;
        known.root = kept.checkpoint.head.root;
        known.latest = file;
    }
    return known;
}

}  // namespace dutylog::server
