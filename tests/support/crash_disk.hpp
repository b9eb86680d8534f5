#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "engine/core/digest.hpp"

namespace dutylog::test {

/// Files in memory that know what of them is durable. A crash leaves of each file what was synced,
/// and of each later write any of its sectors, by a seeded draw: lost, whole or torn.
class CrashDisk {
public:
    static constexpr std::size_t sector_bytes = 512;

    /// Why a call fails.
    enum class Failure : std::uint8_t { none, broken, full };

    /// One file. It stays alive while it is open, also when its name is gone.
    class File {
    public:
        const Bytes& content() const { return now_; }
        std::size_t unsynced() const { return unsynced_.size(); }

    private:
        friend class CrashDisk;
        struct Change {
            std::size_t at = 0;
            Bytes bytes;  ///< a write; a change without bytes cuts the file at `at`
            friend bool operator==(const Change&, const Change&) = default;
        };
        static void apply(Bytes& image, std::size_t at, BytesView bytes);
        static void apply(Bytes& image, const Change& change);

        Bytes now_;      ///< what everyone reads
        Bytes durable_;  ///< what is sure to outlast a crash
        std::vector<Change> unsynced_;
        bool was_synced_ = false;
    };
    using Handle = std::shared_ptr<File>;

    /// @returns null where there is no such file and none is to be made
    Handle open(const std::string& name, bool create);
    bool exists(const std::string& name) const { return files_.contains(name); }
    /// Unless `durably`, the file may come back in a crash until a new file is synced for the first
    /// time: SQLite then syncs the folder too.
    Failure remove(const std::string& name, bool durably);

    Failure write(File& file, std::size_t at, BytesView bytes);
    Failure truncate(File& file, std::size_t size);
    /// Where it fails, what was to become durable never does: a later sync does not save it.
    Failure sync(File& file);

    /// Writes, cuts, removals and syncs so far.
    std::uint64_t operations() const { return operations_; }
    /// The power fails when so many more operations were carried out; the next fails, and all
    /// after.
    void power_off_after(std::uint64_t operations) { power_ends_ = operations_ + operations; }
    /// The n-th write or sync from now on fails, n from 1, and the disk goes on.
    void fail_write(std::uint64_t n, Failure how);
    void fail_sync(std::uint64_t n);

    /// The power fails and comes back: what is left of each file is all there is.
    void crash(std::uint64_t seed);

private:
    static constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();
    Failure count_operation();
    Bytes what_is_left(const File& file, double keep_chance);
    bool draw(double chance) { return std::uniform_real_distribution<>{}(random_) < chance; }

    std::map<std::string, Handle> files_;
    std::map<std::string, Handle> removed_;  ///< those whose removal is not sure
    std::mt19937_64 random_;
    std::uint64_t operations_ = 0;
    std::uint64_t power_ends_ = never;
    std::uint64_t writes_left_ = never;
    std::uint64_t syncs_left_ = never;
    Failure write_failure_ = Failure::none;
};

}  // namespace dutylog::test
