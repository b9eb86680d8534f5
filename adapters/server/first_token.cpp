#include "adapters/server/first_token.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "adapters/cli/failure.hpp"

namespace dutylog::server {

using cli::phrase;

namespace {

void write_private(const std::string& path, const std::string& text) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool written =
        file >= 0 && write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        fsync(file) == 0;
    const int error = errno;
    if (file >= 0) close(file);
    if (written) return;
    throw cli::Failure{
        error == ENOSPC ? cli::ExitCode::disk_full : cli::ExitCode::storage,
        phrase("{0}: cannot be written: {1}", "{0}：无法写入：{1}", path, std::strerror(error))};
}

}  // namespace

void show_first_token(cli::Session& session, const std::string& token, const std::string& beside) {
    if (std::getenv("JOURNAL_STREAM") == nullptr) {
        session.console.line(phrase("the administrator's token, shown this once: {}",
                                    "管理员令牌（仅显示这一次）：{}", token));
        return;
    }
    const std::string path = beside + ".first";
    write_private(path, token + "\n");
    session.console.line(phrase("the administrator's token is in {}; read it and remove the file",
                                "管理员令牌在 {} 中；读取后请删除该文件", path));
}

}  // namespace dutylog::server
