#include "adapters/sqlite/lock_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace dutylog::sqlite {

using log::StoreError;

namespace {

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
    if (file_ < 0)
        throw StoreError{fmt::format("{}: cannot be opened: {}", path, std::strerror(errno))};
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
        throw StoreError{fmt::format("{}: cannot be written: {}", path_, std::strerror(errno))};
}

}  // namespace dutylog::sqlite
