#include <fcntl.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "adapters/server/doctor/doctor.hpp"
#include "adapters/sqlite/library.hpp"

namespace dutylog::server::doctor {

using cli::phrase;
using cli::Phrase;

namespace {

constexpr std::uint64_t mebi = std::uint64_t{1} << 20;
constexpr std::uint64_t room_fail = 64 * mebi;  ///< below it the next commits may fail
constexpr std::uint64_t room_warn = 1'024 * mebi;
constexpr std::uint64_t nodes_warn = 1'000;
constexpr int syncs = 15;
/// No disk that keeps what it is given answers a sync in less; memory does.
constexpr Elapsed sync_least{15};
constexpr Elapsed sync_slow{100'000};

struct FileSystem {
    long type;
    const char* name;
    Verdict verdict;
};
/// @see statfs(2)
constexpr FileSystem file_systems[] = {
    {0x6969, "NFS", Verdict::fail},      {0x517B, "SMB", Verdict::fail},
    {0xFF534D42, "CIFS", Verdict::fail}, {0xFE534D42, "SMB2", Verdict::fail},
    {0x01021997, "9P", Verdict::fail},   {0x00C36400, "Ceph", Verdict::fail},
    {0x65735546, "FUSE", Verdict::warn}, {0x01021994, "tmpfs", Verdict::warn},
    {0x858458F6, "ramfs", Verdict::warn}};

std::string folder_of(const std::string& log) {
    return std::filesystem::absolute(log).parent_path().string();
}

Finding look_at_library() {
    const sqlite::Library& library = sqlite::check_library();
    if (!library.has_wal_reset_fault)
        return ok("sqlite", phrase("SQLite {}", "SQLite {}", library.version));
    return ok(
        "sqlite",
        phrase("SQLite {} has the WAL-reset defect of 3.7.0 to 3.51.2; it is kept away from, "
               "for only the writer checkpoints",
               "SQLite {} 有 3.7.0 至 3.51.2 的 WAL 重置缺陷；本程序仅由写入者做检查点，已避开",
               library.version));
}

Finding look_at_file_system(const std::string& folder) {
    struct statfs about{};
    if (statfs(folder.c_str(), &about) != 0)
        return fail("file_system", phrase("{}: cannot be looked at", "{}：无法查看", folder),
                    {"Make the folder, and let the service's user write to it.",
                     "请建立该文件夹，并允许服务用户写入。"});
    for (const FileSystem& known : file_systems) {
        if (static_cast<unsigned long>(about.f_type) != static_cast<unsigned long>(known.type))
            continue;
        if (known.verdict == Verdict::fail)
            return fail("file_system",
                        phrase("{0} is on {1}, over a network", "{0} 在网络文件系统 {1} 上", folder,
                               known.name),
                        {"Locks and syncs are not to be relied on there: move the log to a disk of "
                         "this machine.",
                         "其上的锁与同步不可靠：请把日志移到本机磁盘。"});
        return warn("file_system", phrase("{0} is on {1}", "{0} 在 {1} 上", folder, known.name),
                    {"It may not survive a power cut: move the log to a disk.",
                     "断电后可能丢失：请把日志移到磁盘。"});
    }
    return ok("file_system", phrase("{} is on a disk of this machine", "{} 在本机磁盘上", folder));
}

Finding look_at_room(const std::string& log, const std::string& folder) {
    struct statvfs about{};
    if (statvfs(folder.c_str(), &about) != 0)
        return fail("disk", phrase("{}: cannot be looked at", "{}：无法查看", folder), {"-", "-"});
    const std::uint64_t room = std::uint64_t{about.f_bavail} * about.f_frsize;
    std::error_code none;
    const std::uint64_t size = std::filesystem::file_size(log, none);
    const std::uint64_t wanted = std::max(room_warn, none ? 0 : size);
    const Phrase words = phrase("{0} MiB are free, the log has {1} MiB",
                                "剩余 {0} MiB，日志 {1} MiB", room / mebi, none ? 0 : size / mebi);
    const Phrase help{
        "Make room: a full disk stops the writer, and a backup needs as much as the log.",
        "请腾出空间：磁盘写满会使写入停止，备份还需与日志同样大的空间。"};
    if (room < room_fail) return fail("disk", words, help);
    if (room < wanted || (about.f_files > 0 && about.f_favail < nodes_warn))
        return warn("disk", words, help);
    return ok("disk", words);
}

/// The median of a few syncs of a page of its own.
std::optional<Elapsed> sync_time(runtime::Runtime& clocks, const std::string& folder) {
    std::string name = folder + "/.dutylog-doctor.XXXXXX";
    const int file = mkostemp(name.data(), O_CLOEXEC);
    if (file < 0) return {};
    unlink(name.c_str());
    const std::string page(4096, 'x');
    std::vector<Elapsed> times;
    for (int i = 0; i < syncs; ++i) {
        const Elapsed since = clocks.monotonic();
        if (pwrite(file, page.data(), page.size(), 0) != static_cast<ssize_t>(page.size()) ||
            fdatasync(file) != 0)
            break;
        times.push_back({clocks.monotonic().micros - since.micros});
    }
    close(file);
    if (times.size() < syncs) return {};
    std::ranges::sort(times);
    return times[times.size() / 2];
}

Finding look_at_sync(runtime::Runtime& clocks, const std::string& folder) {
    const auto time = sync_time(clocks, folder);
    if (!time)
        return fail("sync", phrase("{}: cannot be written to", "{}：无法写入", folder),
                    {"Let the service's user write to the folder of the log.",
                     "请允许服务用户写入日志所在文件夹。"});
    const Phrase words = phrase("a sync takes {0}.{1:03} ms", "一次同步 {0}.{1:03} ms",
                                time->micros / 1'000, time->micros % 1'000);
    if (*time < sync_least)
        return warn(
            "sync", words,
            {"That is faster than a disk can be: what is acknowledged may not survive a "
             "power cut. Is a cache in between told to lie, or is this memory?",
             "磁盘不可能这样快：已确认的内容断电后可能丢失。中间的缓存是否谎报，或这是内存盘？"});
    if (*time > sync_slow)
        return warn("sync", words,
                    {"Every commit waits for it: a disk of its own, or one with a protected cache, "
                     "makes the service faster.",
                     "每次提交都要等待：使用专用磁盘或带掉电保护缓存的磁盘会更快。"});
    return ok("sync", words);
}

}  // namespace

Findings look_at_storage(const Patient& patient) {
    const std::string folder = folder_of(patient.log);
    return {look_at_library(), look_at_file_system(folder), look_at_room(patient.log, folder),
            look_at_sync(patient.session.clocks, folder)};
}

}  // namespace dutylog::server::doctor
