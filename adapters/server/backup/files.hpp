#pragma once

#include <string>
#include <vector>

namespace dutylog::server {

/// What stands beside a log and is not in it: keys of people, keys of links, tokens. Ends of their
/// names.
const std::vector<std::string>& files_beside();

/// Removes a file and what SQLite leaves beside it, unless `keep` was called: for copies that come
/// to nothing.
class Unfinished {
public:
    explicit Unfinished(std::string path) : path_{std::move(path)} {}
    ~Unfinished();
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    const std::string& path() const { return path_; }

    /// Gives the file its name, durably.
    /// @throws Failure
    void finish(const std::string& name);

private:
    std::string path_;
    bool finished_ = false;
};

/// Writes a new file for its owner alone, durably.
/// @throws Failure  there is one already, or it cannot be written
void write_private_file(const std::string& path, const std::string& bytes);

/// @throws Failure  something is there already
void require_nothing_at(const std::string& path);

}  // namespace dutylog::server
