#include "adapters/keys/secret_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "engine/log/disk_full.hpp"

namespace dutylog::keys {

namespace {

[[noreturn]] void fail(const std::string& path, const char* what) {
    if (errno == ENOSPC)
        throw log::DiskFull{path + ": " + what + ": " + std::generic_category().message(errno)};
    throw std::system_error{errno, std::generic_category(), path + ": " + what};
}

/// A file descriptor that closes itself.
class Descriptor {
public:
    Descriptor(const std::string& path, int flags)
        : number_{::open(path.c_str(), flags | O_CLOEXEC, 0600)} {
        if (number_ < 0) fail(path, "cannot be opened");
    }
    ~Descriptor() { ::close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }

private:
    int number_;
};

void write_whole(int file, std::string_view text, const std::string& path) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(path, "cannot be written");
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

void sync(int file, const std::string& path) {
    if (::fsync(file) != 0) fail(path, "cannot be made durable");
}

}  // namespace

void replace_secret_file(const std::string& path, std::string_view text) {
    const std::string fresh = path + ".new";
    {
        const Descriptor file{fresh, O_WRONLY | O_CREAT | O_TRUNC};
        write_whole(file.number(), text, fresh);
        sync(file.number(), fresh);
    }
    if (std::rename(fresh.c_str(), path.c_str()) != 0) fail(path, "cannot be replaced");
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const Descriptor entries{folder, O_RDONLY | O_DIRECTORY};
    sync(entries.number(), folder);
}

}  // namespace dutylog::keys
