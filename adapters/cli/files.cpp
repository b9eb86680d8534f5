#include "adapters/cli/files.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

#include "adapters/cli/failure.hpp"

namespace dutylog::cli {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int error) {
    throw Failure{error == ENOENT ? ExitCode::usage : ExitCode::storage,
                  phrase("{0}: cannot be read: {1}", "{0}：无法读取：{1}", path.string(),
                         std::strerror(error))};
}

/// @param name  of what is read, for messages
std::string read_all(std::istream& in, const std::string& name) {
    std::string bytes;
    char part[65536];
    while (in.read(part, sizeof part) || in.gcount() > 0) {
        bytes.append(part, static_cast<std::size_t>(in.gcount()));
        if (bytes.size() > file_limits::bytes_max)
            throw Failure{ExitCode::usage,
                          phrase("{0}: is larger than {1} MiB", "{0}：超过 {1} MiB", name,
                                 file_limits::bytes_max >> 20)};
    }
    return bytes;
}

}  // namespace

std::string read_file(const std::filesystem::path& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) fail(path, EISDIR);
    errno = 0;
    std::ifstream in{path, std::ios::binary};
    if (!in) fail(path, errno == 0 ? EIO : errno);
    std::string bytes = read_all(in, path.string());
    if (in.bad()) fail(path, EIO);
    return bytes;
}

void write_file(const std::filesystem::path& path, const std::string& bytes) {
    errno = 0;
    std::ofstream out{path, std::ios::binary | std::ios::trunc};
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out)
        throw Failure{ExitCode::storage, phrase("{0}: cannot be written: {1}", "{0}：无法写入：{1}",
                                                path.string(), std::strerror(errno))};
}

std::string read_standard_input() { return read_all(std::cin, "-"); }

}  // namespace dutylog::cli
