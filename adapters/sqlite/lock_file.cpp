#include "adapters/sqlite/lock_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "engine/log/disk_full.hpp"

namespace dutylog::sqlite {

using log::StoreError;

namespace {

[[noreturn]] void fail(const std::string& path, const char* what) {
    const int error = errno;
    const std::string why = fmt::format("{}: {}: {}", path, what, std::strerror(error));
    if (error == ENOSPC || error == EDQUOT) throw log::DiskFull{why};
    throw StoreError{why};
}

std::string holder(int file) {
    char text[200] = {};
    const ssize_t size = pread(file, text, sizeof text - 1, 0);
    return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : "an unknown process";
}

/// Whether the open file is still the one under that name.
bool is_named(int file, const std::string& path) {
    struct stat opened{};
    struct stat named{};
    return fstat(file, &opened) == 0 && stat(path.c_str(), &named) == 0 &&
           opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

}  // namespace

LockFile::LockFile(const std::string& path) : path_{path} {
    file_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0) fail(path, "cannot be opened");
    if (flock(file_, LOCK_EX | LOCK_NB) == 0 && is_named(file_, path)) return;
    const std::string who = holder(file_);
    close(file_);
    throw LogLocked{
        fmt::format("{}: the log is open for writing by {}; one writer is allowed", path, who)};
}

LockFile::~LockFile() { close(file_); }

void LockFile::sign(std::uint64_t epoch) {
    const std::string text = fmt::format("process {}, epoch {}", getpid(), epoch);
    if (ftruncate(file_, 0) != 0 ||
        pwrite(file_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
        fail(path_, "cannot be written");
}

}  // namespace dutylog::sqlite
