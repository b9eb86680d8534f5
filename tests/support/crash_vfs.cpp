#include "tests/support/crash_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <mutex>
#include <utility>
#include <vector>

namespace dutylog::test {

namespace {

/// SQLite maps the index of a write-ahead log in regions of this size.
constexpr int region_bytes = 32768;

/// What the connections to one file share: its locks and the index of its write-ahead log.
struct Shared {
    int readers = 0;
    const void* reserved = nullptr;
    const void* pending = nullptr;
    const void* exclusive = nullptr;
    std::vector<std::unique_ptr<std::array<std::uint8_t, region_bytes>>> index;
    std::array<int, SQLITE_SHM_NLOCK> index_readers{};
    std::array<const void*, SQLITE_SHM_NLOCK> index_writer{};
    int index_users = 0;
};

}  // namespace

struct CrashVfs::Layer {
    sqlite3_vfs vfs{};
    std::string name;
    std::mutex mutex;
    CrashDisk disk;
    std::map<std::string, std::shared_ptr<Shared>> shared;
    std::uint64_t crashes = 0;
    std::mt19937_64 random;
};

namespace {

using Layer = CrashVfs::Layer;

/// One open file of one connection. SQLite gives the memory; `state` lives on the heap.
struct OpenFile {
    sqlite3_file base;
    struct State {
        Layer* layer;
        CrashDisk::Handle file;
        std::shared_ptr<Shared> shared;
        std::string name;
        std::uint64_t opened_after;  ///< crashes before it was opened
        bool delete_on_close;
        int lock = SQLITE_LOCK_NONE;
        bool uses_index = false;
    }* state;

    static State& of(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file)->state; }
};

bool is_dead(const OpenFile::State& state) { return state.opened_after != state.layer->crashes; }

int code_of(CrashDisk::Failure failure, int broken) {
    switch (failure) {
        case CrashDisk::Failure::none:
            return SQLITE_OK;
        case CrashDisk::Failure::full:
            return SQLITE_FULL;
        case CrashDisk::Failure::broken:
            break;
    }
    return broken;
}

void set_lock(OpenFile::State& state, int level) {
    Shared& shared = *state.shared;
    if (state.lock >= SQLITE_LOCK_SHARED && level < SQLITE_LOCK_SHARED) --shared.readers;
    if (state.lock < SQLITE_LOCK_SHARED && level >= SQLITE_LOCK_SHARED) ++shared.readers;
    const auto hold = [&](const void*& holder, int needed) {
        if (level >= needed)
            holder = &state;
        else if (holder == &state)
            holder = nullptr;
    };
    hold(shared.reserved, SQLITE_LOCK_RESERVED);
    hold(shared.pending, SQLITE_LOCK_PENDING);
    hold(shared.exclusive, SQLITE_LOCK_EXCLUSIVE);
    state.lock = level;
}

bool is_others(const void* holder, const OpenFile::State& state) {
    return holder != nullptr && holder != &state;
}

int lock_file(sqlite3_file* file, int level) {
    OpenFile::State& state = OpenFile::of(file);
    const std::lock_guard lock{state.layer->mutex};
    if (level <= state.lock) return SQLITE_OK;
    const Shared& shared = *state.shared;
    if (is_others(shared.exclusive, state) || is_others(shared.pending, state)) return SQLITE_BUSY;
    if (level >= SQLITE_LOCK_RESERVED && is_others(shared.reserved, state)) return SQLITE_BUSY;
    if (level == SQLITE_LOCK_EXCLUSIVE && shared.readers > 1) return SQLITE_BUSY;
    set_lock(state, level);
    return SQLITE_OK;
}

int unlock_file(sqlite3_file* file, int level) {
    OpenFile::State& state = OpenFile::of(file);
    const std::lock_guard lock{state.layer->mutex};
    if (level < state.lock) set_lock(state, level);
    return SQLITE_OK;
}

int check_reserved(sqlite3_file* file, int* result) {
    const OpenFile::State& state = OpenFile::of(file);
    const std::lock_guard lock{state.layer->mutex};
    *result = state.shared->reserved != nullptr;
    return SQLITE_OK;
}

int close_index(sqlite3_file* file, int) {
    OpenFile::State& state = OpenFile::of(file);
    const std::lock_guard lock{state.layer->mutex};
    if (!state.uses_index) return SQLITE_OK;
    state.uses_index = false;
    for (auto& writer : state.shared->index_writer)
        if (writer == &state) writer = nullptr;
    if (--state.shared->index_users == 0) state.shared->index.clear();
    return SQLITE_OK;
}

int close_file(sqlite3_file* file) {
    unlock_file(file, SQLITE_LOCK_NONE);
    close_index(file, 0);
    auto* opened = reinterpret_cast<OpenFile*>(file);
    const std::lock_guard lock{opened->state->layer->mutex};
    if (opened->state->delete_on_close && !is_dead(*opened->state))
        opened->state->layer->disk.remove(opened->state->name, true);
    delete opened->state;
    opened->state = nullptr;
    return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* into, int size, sqlite3_int64 at) {
    const OpenFile::State& state = OpenFile::of(file);
    const std::lock_guard lock{state.layer->mutex};
    if (is_dead(state)) return SQLITE_IOERR_READ;
    const Bytes& content = state.file->content();
    const auto want = static_cast<std::size_t>(size);
    const std::size_t from = std::min(static_cast<std::size_t>(at), content.size());
    const std::size_t got = std::min(want, content.size() - from);
    std::copy_n(content.data() + from, got, static_cast<Bytes::value_type*>(into));
    if (got == want) return SQLITE_OK;
    std::memset(static_cast<char*>(into) + got, 0, want - got);
    return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
    const OpenFile::State& state = OpenFile::of(file);
    const std::lock_guard lock{state.layer->mutex};
    if (is_dead(state)) return SQLITE_IOERR_WRITE;
    const BytesView bytes{static_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)};
    return code_of(state.layer->disk.write(*state.file, static_cast<std::size_t>(at), bytes),
                   SQLITE_IOERR_WRITE);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    const OpenFile::State& state = OpenFile::of(file);
    const std::lock_guard lock{state.layer->mutex};
    if (is_dead(state)) return SQLITE_IOERR_TRUNCATE;
    return code_of(state.layer->disk.truncate(*state.file, static_cast<std::size_t>(size)),
                   SQLITE_IOERR_TRUNCATE);
}

int sync_file(sqlite3_file* file, int) {
    const OpenFile::State& state = OpenFile::of(file);
    const std::lock_guard lock{state.layer->mutex};
    if (is_dead(state)) return SQLITE_IOERR_FSYNC;
    return code_of(state.layer->disk.sync(*state.file), SQLITE_IOERR_FSYNC);
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
    const OpenFile::State& state = OpenFile::of(file);
    const std::lock_guard lock{state.layer->mutex};
    *size = static_cast<sqlite3_int64>(state.file->content().size());
    return SQLITE_OK;
}

int control_file(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }

int sector_size(sqlite3_file*) { return CrashDisk::sector_bytes; }

/// A torn write harms no byte beside those written, as with any disk of today.
int device_characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int map_index(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
    OpenFile::State& state = OpenFile::of(file);
    const std::lock_guard lock{state.layer->mutex};
    *memory = nullptr;
    if (is_dead(state)) return SQLITE_IOERR_SHMMAP;
    if (!std::exchange(state.uses_index, true)) ++state.shared->index_users;
    auto& regions = state.shared->index;
    if (size != region_bytes) return SQLITE_IOERR_SHMMAP;
    while (extend != 0 && regions.size() <= static_cast<std::size_t>(region))
        regions.push_back(std::make_unique<std::array<std::uint8_t, region_bytes>>());
    if (regions.size() > static_cast<std::size_t>(region))
        *memory = regions[static_cast<std::size_t>(region)]->data();
    return SQLITE_OK;
}

int lock_index(sqlite3_file* file, int offset, int count, int flags) {
    const OpenFile::State& state = OpenFile::of(file);
    const std::lock_guard lock{state.layer->mutex};
    if (is_dead(state)) return SQLITE_IOERR_SHMLOCK;
    Shared& shared = *state.shared;
    const auto first = static_cast<std::size_t>(offset);
    const auto end = first + static_cast<std::size_t>(count);
    const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    for (std::size_t i = first; i < end && (flags & SQLITE_SHM_LOCK) != 0; ++i)
        if (is_others(shared.index_writer[i], state) || (exclusive && shared.index_readers[i] > 0))
            return SQLITE_BUSY;
    for (std::size_t i = first; i < end; ++i) {
        if (exclusive)
            shared.index_writer[i] = (flags & SQLITE_SHM_LOCK) != 0 ? &state : nullptr;
        else
            shared.index_readers[i] += (flags & SQLITE_SHM_LOCK) != 0 ? 1 : -1;
    }
    return SQLITE_OK;
}

void barrier(sqlite3_file*) { std::atomic_thread_fence(std::memory_order_seq_cst); }

const sqlite3_io_methods methods{.iVersion = 2,
                                 .xClose = close_file,
                                 .xRead = read_file,
                                 .xWrite = write_file,
                                 .xTruncate = truncate_file,
                                 .xSync = sync_file,
                                 .xFileSize = size_of_file,
                                 .xLock = lock_file,
                                 .xUnlock = unlock_file,
                                 .xCheckReservedLock = check_reserved,
                                 .xFileControl = control_file,
                                 .xSectorSize = sector_size,
                                 .xDeviceCharacteristics = device_characteristics,
                                 .xShmMap = map_index,
                                 .xShmLock = lock_index,
                                 .xShmBarrier = barrier,
                                 .xShmUnmap = close_index,
                                 .xFetch = nullptr,
                                 .xUnfetch = nullptr};

Layer& layer_of(sqlite3_vfs* vfs) { return *static_cast<Layer*>(vfs->pAppData); }

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* into, int flags, int* flags_out) {
    Layer& layer = layer_of(vfs);
    const std::lock_guard lock{layer.mutex};
    into->pMethods = nullptr;
    const std::string name = path != nullptr ? path : "unnamed " + std::to_string(layer.random());
    CrashDisk::Handle file = layer.disk.open(name, (flags & SQLITE_OPEN_CREATE) != 0);
    if (file == nullptr) return SQLITE_CANTOPEN;
    auto& shared = layer.shared[name];
    if (shared == nullptr) shared = std::make_shared<Shared>();
    auto* opened = reinterpret_cast<OpenFile*>(into);
    opened->state =
        new OpenFile::State{&layer, std::move(file), shared,
                            name,   layer.crashes,   (flags & SQLITE_OPEN_DELETEONCLOSE) != 0};
    into->pMethods = &methods;
    if (flags_out != nullptr) *flags_out = flags;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* path, int sync_folder) {
    Layer& layer = layer_of(vfs);
    const std::lock_guard lock{layer.mutex};
    if (!layer.disk.exists(path)) return SQLITE_IOERR_DELETE_NOENT;
    return code_of(layer.disk.remove(path, sync_folder != 0), SQLITE_IOERR_DELETE);
}

int access_file(sqlite3_vfs* vfs, const char* path, int, int* result) {
    Layer& layer = layer_of(vfs);
    const std::lock_guard lock{layer.mutex};
    *result = layer.disk.exists(path) ? 1 : 0;
    return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int size, char* into) {
    sqlite3_snprintf(size, into, "%s", path);
    return SQLITE_OK;
}

int random_bytes(sqlite3_vfs* vfs, int size, char* into) {
    Layer& layer = layer_of(vfs);
    const std::lock_guard lock{layer.mutex};
    for (int i = 0; i < size; ++i) into[i] = static_cast<char>(layer.random());
    return size;
}

int sleep_no_time(sqlite3_vfs*, int microseconds) { return microseconds; }

/// Noon of 2025-03-10 as a Julian day in milliseconds; time does not pass here.
int current_time(sqlite3_vfs*, sqlite3_int64* milliseconds) {
    *milliseconds = 212'608'368'000'000;
    return SQLITE_OK;
}

int current_day(sqlite3_vfs*, double* day) {
    *day = 212'608'368'000'000 / 86'400'000.0;
    return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) { return 0; }

void describe(Layer& layer) {
    sqlite3_vfs& vfs = layer.vfs;
    vfs.iVersion = 2;
    vfs.szOsFile = sizeof(OpenFile);
    vfs.mxPathname = 512;
    vfs.zName = layer.name.c_str();
    vfs.pAppData = &layer;
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = access_file;
    vfs.xFullPathname = full_path;
    vfs.xRandomness = random_bytes;
    vfs.xSleep = sleep_no_time;
    vfs.xCurrentTime = current_day;
    vfs.xGetLastError = last_error;
    vfs.xCurrentTimeInt64 = current_time;
}

}  // namespace

CrashVfs::CrashVfs() : layer_{std::make_unique<Layer>()} {
    static std::atomic<unsigned> made = 0;
    layer_->name = "crash" + std::to_string(++made);
    describe(*layer_);
    sqlite3_vfs_register(&layer_->vfs, 0);
}

CrashVfs::~CrashVfs() { sqlite3_vfs_unregister(&layer_->vfs); }

const std::string& CrashVfs::name() const { return layer_->name; }

CrashDisk& CrashVfs::disk() { return layer_->disk; }

void CrashVfs::crash(std::uint64_t seed) {
    const std::lock_guard lock{layer_->mutex};
    layer_->disk.crash(seed);
    layer_->shared.clear();
    layer_->random.seed(seed);
    ++layer_->crashes;
}

}  // namespace dutylog::test
