#include "adapters/server/private_files.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include "adapters/cli/failure.hpp"
#include "adapters/config/table_reader.hpp"

namespace dutylog::server {

std::optional<std::string> exposed_mode(const std::string& path, bool group_may_read) {
    struct stat about{};
    if (path.empty() || stat(path.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) return {};
    const unsigned unwanted = group_may_read ? 0037 : 0077;
    if ((about.st_mode & unwanted) == 0) return {};
    return fmt::format("{:o}", about.st_mode & 07777);
}

namespace {

void collect(const config::Table& table, std::vector<std::string>& files) {
    for (const auto& [key, node] : table.entries) {
        if (const auto* inner = std::get_if<config::Table>(&node.value)) collect(*inner, files);
        const auto* name = std::get_if<std::string>(&node.value);
        if (name != nullptr && key.ends_with("_file"))
            files.push_back(config::beside(node.place.name, *name));
    }
}

}  // namespace

std::vector<std::string> secret_files(const config::Table& table) {
    std::vector<std::string> files;
    collect(table, files);
    return files;
}

void require_private(const std::string& path, bool group_may_read) {
    const auto mode = exposed_mode(path, group_may_read);
    if (!mode) return;
    throw cli::Failure{
        cli::ExitCode::exposed,
        cli::phrase("{0}: holds secrets, and others may read it (mode {1})",
                    "{0}：含有机密，但其他用户可以读取（模式 {1}）", path, *mode),
        cli::phrase("chmod 600 {0}; and think about whether somebody has read it already.",
                    "chmod 600 {0}；并请考虑是否已被他人读取。", path)};
}

}  // namespace dutylog::server
