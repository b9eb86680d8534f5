#include "adapters/server/backup/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "adapters/cli/failure.hpp"
#include "adapters/sqlite/backup.hpp"

namespace dutylog::server {

using cli::ExitCode;
using cli::Failure;
using cli::phrase;

namespace {

[[noreturn]] void fail(const std::string& path, int error) {
    const bool full = error == ENOSPC || error == EDQUOT;
    throw Failure{
        full ? ExitCode::disk_full : ExitCode::storage,
        phrase("{0}: cannot be written: {1}", "{0}：无法写入：{1}", path, std::strerror(error))};
}

/// A name is durable when its folder is.
void sync_folder_of(const std::string& path) {
    const auto folder = std::filesystem::absolute(path).parent_path();
    const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = file >= 0 && fsync(file) == 0;
    const int error = errno;
    if (file >= 0) close(file);
    if (!synced) fail(folder.string(), error);
}

}  // namespace

const std::vector<std::string>& files_beside() {
    static const std::vector<std::string> ends{".keys", ".links", ".tokens"};
    return ends;
}

Unfinished::~Unfinished() {
    if (finished_) return;
    std::error_code ignored;  // what went wrong has been said
    for (const char* end : {"", "-wal", "-shm", "-journal"})
        std::filesystem::remove(path_ + end, ignored);
}

void Unfinished::finish(const std::string& name) {
    sqlite::remove_leftovers(path_);
    if (rename(path_.c_str(), name.c_str()) != 0) fail(name, errno);
    finished_ = true;
    sync_folder_of(name);
}

void write_private_file(const std::string& path, const std::string& bytes) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) fail(path, errno);
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t size = write(file, bytes.data() + done, bytes.size() - done);
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) break;
        done += static_cast<std::size_t>(size);
    }
    const bool durable = done == bytes.size() && fsync(file) == 0;
    const int error = errno;
    close(file);
    if (!durable) fail(path, error);
}

void require_nothing_at(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::exists(std::filesystem::symlink_status(path, error))) return;
    throw Failure{ExitCode::usage,
                  phrase("{}: expected no file, found one; nothing is overwritten",
                         "{}：该处不应有文件，但已存在；不会覆盖任何内容", path),
                  {"Choose another name, or move the file away.", "请换一个名称，或移走该文件。"}};
}

}  // namespace dutylog::server
