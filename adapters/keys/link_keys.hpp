#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "engine/log/event_store.hpp"
#include "engine/notice/link.hpp"

namespace dutylog::keys {

/// The file of link keys is damaged, or cannot be read or written; the message names it.
class LinkKeyError : public log::StoreError {
public:
    using log::StoreError::StoreError;
};

/// The keys of links in messages, in one file beside the log, readable by its owner alone (mode
/// 0600). A line is the id of a key, a blank and 64 hexadecimal digits; the last one makes new
/// links, those before it are still believed. Any thread may call it.
class LinkKeys {
public:
    static constexpr std::size_t keys_max = 8;  ///< more than that are forgotten, the oldest first

    /// Reads the file; where there is none it is made, with one key.
    /// @throws LinkKeyError
    explicit LinkKeys(std::string path);
    LinkKeys(const LinkKeys&) = delete;
    LinkKeys& operator=(const LinkKeys&) = delete;
    ~LinkKeys();

    /// Where the link keys of a log are: `plant.db.links`.
    static std::string beside(const std::string& log) { return log + ".links"; }

    notice::LinkKey newest() const;
    std::vector<notice::LinkKey> all() const;

    /// From now on links are made with a new key.
    /// @param forget  also stop believing every link made so far
    /// @throws LinkKeyError  everything stays as it was
    void rotate(bool forget);

private:
    void read();
    void save(const std::vector<notice::LinkKey>& keys) const;

    std::string path_;
    mutable std::mutex mutex_;
    std::vector<notice::LinkKey> keys_;
};

}  // namespace dutylog::keys
