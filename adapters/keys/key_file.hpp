#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/log/event_store.hpp"
#include "engine/log/key_store.hpp"

namespace dutylog::keys {

/// The file of keys is damaged, or cannot be read or written; the message names it.
class KeyFileError : public log::StoreError {
public:
    using log::StoreError::StoreError;
};

/// The keys of people in one file beside the log, readable by its owner alone (mode 0600). A line
/// is a key in hexadecimal and its id. New keys are appended and synced; an erased one is gone with
/// the old file, which is overwritten before it is let go. What a copy-on-write file system, a
/// worn disk or a backup keeps of it is beyond this program: keep keys out of backups of the log.
/// Written by whoever holds the log's lock.
class KeyFile final : public log::KeyStore {
public:
    /// Reads the file; where there is none there are no keys yet.
    /// @throws KeyFileError
    explicit KeyFile(std::string path);
    KeyFile(const KeyFile&) = delete;
    KeyFile& operator=(const KeyFile&) = delete;
    ~KeyFile() override;

    /// Where the keys of a log are: `plant.db.keys`.
    static std::string beside(const std::string& log) { return log + ".keys"; }

    std::optional<log::SealKey> find(std::string_view key) const override;
    /// @throws KeyFileError
    void make(std::span<const std::string> keys) override;
    /// Keeps a key made elsewhere, unless there is one of that id.
    /// @throws KeyFileError
    void keep(const std::string& id, const log::SealKey& key);
    /// @throws KeyFileError
    bool erase(std::string_view key) override;

private:
    using Keys = std::map<std::string, log::SealKey, std::less<>>;

    void append(Keys made, std::string lines);
    void read();
    void rewrite();

    std::string path_;
    Keys keys_;
    bool cut_ = false;  ///< a crash cut the last line short: the next write replaces the file
};

}  // namespace dutylog::keys
