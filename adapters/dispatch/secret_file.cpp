#include "adapters/dispatch/secret_file.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace dutylog::dispatch {

namespace {

std::unexpected<Text> bad(const std::string& path, std::string_view zh, std::string_view en) {
    return std::unexpected{
        Text{fmt::format("文件 {} {}", path, zh), fmt::format("the file {} {}", path, en)}};
}

}  // namespace

std::expected<std::vector<notice::Secret>, Text> read_secrets(const std::string& path) {
    struct stat found{};
    if (stat(path.c_str(), &found) != 0) {
        const std::string why = std::strerror(errno);
        return bad(path, "无法读取：" + why, "cannot be read: " + why);
    }
    if (!S_ISREG(found.st_mode)) return bad(path, "不是文件", "is no file");
    if ((found.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return bad(path, "他人可读；请执行 chmod 600", "is open to others; chmod 600 closes it");
    if (found.st_size > static_cast<off_t>(secret_file_bytes_max))
        return bad(path, "过长", "is too long");
    std::ifstream file{path};
    if (!file) return bad(path, "无法读取", "cannot be read");
    std::vector<notice::Secret> secrets;
    for (std::string line; std::getline(file, line);) {
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
        if (!line.empty() && !line.starts_with('#')) secrets.emplace_back(line);
    }
    if (secrets.empty()) return bad(path, "是空的", "is empty");
    return secrets;
}

}  // namespace dutylog::dispatch
