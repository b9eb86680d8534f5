#include "adapters/cli/note_key.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "adapters/cli/failure.hpp"
#include "adapters/cli/files.hpp"
#include "engine/log/base64.hpp"

namespace dutylog::cli {

namespace {

constexpr std::string_view prefix = "PRIVATE+KEY+";
constexpr std::uint8_t ed25519 = 1;  ///< the algorithm's number in signed notes

}  // namespace

std::string to_text(const log::SignerKey& key) {
    Bytes bytes{ed25519};
    bytes.insert(bytes.end(), key.seed.begin(), key.seed.end());
    return fmt::format("{}{}+{:08x}+{}", prefix, key.name, key.verifier().id(),
                       log::to_base64(bytes));
}

log::SignerKey read_signer_key(const std::filesystem::path& path) {
    std::string text = read_file(path);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    const auto fail = [&]() {
        return Failure{ExitCode::usage,
                       phrase("{}: expected a key as `checkpoint --new-key` writes it",
                              "{}：应为 `checkpoint --new-key` 所写的密钥", path.string())};
    };
    if (!text.starts_with(prefix)) throw fail();
    const std::string_view rest = std::string_view{text}.substr(prefix.size());
    // The name may hold no plus sign; base64 may.
    const std::size_t name_end = rest.find('+');
    const std::size_t id_end =
        name_end == std::string_view::npos ? name_end : rest.find('+', name_end + 1);
    if (id_end == std::string_view::npos) throw fail();
    log::SignerKey key;
    key.name = std::string{rest.substr(0, name_end)};
    const auto bytes = log::parse_base64(rest.substr(id_end + 1));
    if (!bytes || bytes->size() != key.seed.size() + 1 || bytes->front() != ed25519) throw fail();
    std::copy(bytes->begin() + 1, bytes->end(), key.seed.begin());
    if (to_text(key) != text) throw fail();
    return key;
}

void write_signer_key(const std::filesystem::path& path, const log::SignerKey& key) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const std::string text = to_text(key) + "\n";
    const bool written =
        file >= 0 && write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        fsync(file) == 0;
    const int error = errno;
    if (file >= 0) close(file);
    if (!written)
        throw Failure{ExitCode::storage, phrase("{0}: cannot be written: {1}", "{0}：无法写入：{1}",
                                                path.string(), std::strerror(error))};
}

}  // namespace dutylog::cli
