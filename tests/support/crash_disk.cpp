#include "tests/support/crash_disk.hpp"

#include <algorithm>

namespace dutylog::test {

void CrashDisk::File::apply(Bytes& image, std::size_t at, BytesView bytes) {
    if (image.size() < at + bytes.size()) image.resize(at + bytes.size());
    std::ranges::copy(bytes, image.begin() + static_cast<std::ptrdiff_t>(at));
}

void CrashDisk::File::apply(Bytes& image, const Change& change) {
    if (change.bytes.empty())
        image.resize(std::min(image.size(), change.at));
    else
        apply(image, change.at, change.bytes);
}

CrashDisk::Handle CrashDisk::open(const std::string& name, bool create) {
    const auto found = files_.find(name);
    if (found != files_.end()) return found->second;
    if (!create) return nullptr;
    return files_[name] = std::make_shared<File>();
}

CrashDisk::Failure CrashDisk::count_operation() {
    if (operations_ >= power_ends_) return Failure::broken;
    ++operations_;
    return Failure::none;
}

CrashDisk::Failure CrashDisk::remove(const std::string& name, bool durably) {
    if (const Failure failure = count_operation(); failure != Failure::none) return failure;
    const auto found = files_.find(name);
    if (found == files_.end()) return Failure::none;
    if (durably)
        removed_.erase(name);
    else
        removed_[name] = found->second;
    files_.erase(found);
    return Failure::none;
}

CrashDisk::Failure CrashDisk::write(File& file, std::size_t at, BytesView bytes) {
    if (const Failure failure = count_operation(); failure != Failure::none) return failure;
    if (writes_left_ != never && --writes_left_ == 0) {
        writes_left_ = never;
        return write_failure_;
    }
    if (bytes.empty()) return Failure::none;
    File::apply(file.now_, at, bytes);
    file.unsynced_.push_back({at, Bytes(bytes.begin(), bytes.end())});
    return Failure::none;
}

CrashDisk::Failure CrashDisk::truncate(File& file, std::size_t size) {
    if (const Failure failure = count_operation(); failure != Failure::none) return failure;
    file.now_.resize(size);
    file.unsynced_.push_back({size, {}});
    return Failure::none;
}

CrashDisk::Failure CrashDisk::sync(File& file) {
    if (const Failure failure = count_operation(); failure != Failure::none) return failure;
    if (syncs_left_ != never && --syncs_left_ == 0) {
        syncs_left_ = never;
        file.unsynced_.clear();
        return Failure::broken;
    }
    for (const File::Change& change : file.unsynced_) File::apply(file.durable_, change);
    file.unsynced_.clear();
    if (!file.was_synced_) removed_.clear();
    file.was_synced_ = true;
    return Failure::none;
}

void CrashDisk::fail_write(std::uint64_t n, Failure how) {
    writes_left_ = n;
    write_failure_ = how;
}

void CrashDisk::fail_sync(std::uint64_t n) { syncs_left_ = n; }

Bytes CrashDisk::what_is_left(const File& file, double keep_chance) {
    Bytes left = file.durable_;
    for (const File::Change& change : file.unsynced_) {
        if (change.bytes.empty()) {
            if (draw(keep_chance)) File::apply(left, change);
            continue;
        }
        const BytesView bytes{change.bytes};
        for (std::size_t done = 0; done < bytes.size();) {
            const std::size_t in_sector = (change.at + done) % sector_bytes;
            const std::size_t size = std::min(sector_bytes - in_sector, bytes.size() - done);
            if (draw(keep_chance)) File::apply(left, change.at + done, bytes.subspan(done, size));
            done += size;
        }
    }
    return left;
}

void CrashDisk::crash(std::uint64_t seed) {
    random_.seed(seed);
    constexpr double chances[] = {0.0, 0.1, 0.5, 0.9, 1.0};
    const double keep_chance = chances[random_() % std::size(chances)];
    for (const auto& [name, file] : removed_)
        if (draw(0.5)) files_.try_emplace(name, file);
    removed_.clear();
    for (auto at = files_.begin(); at != files_.end();) {
        // Whoever has the old file open keeps a file that is on no disk any more.
        auto left = std::make_shared<File>();
        left->now_ = left->durable_ = what_is_left(*at->second, keep_chance);
        left->was_synced_ = true;
        const bool is_there = at->second->was_synced_ || draw(0.5);
        at->second = left;
        at = is_there ? std::next(at) : files_.erase(at);
    }
    power_ends_ = writes_left_ = syncs_left_ = never;
}

}  // namespace dutylog::test
