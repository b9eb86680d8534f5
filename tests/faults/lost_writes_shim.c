// A library for LD_PRELOAD that makes a kill as hard as a power cut, slows syncs down and makes
// chosen calls fail. It minds files whose name holds `.sqlite`, except `-shm` (rebuilt after a
// crash) and the lock file.
//
//   DUTYLOG_LOST_WRITES=1        beside each file F keep F.durable: what F was when it was last
//                                synced. After a kill, kill_nine.py puts back what was durable.
//   DUTYLOG_SYNC_DELAY_US=n      every sync takes n microseconds longer
//   DUTYLOG_FAIL_SYNC=n[:error]  the n-th sync of the process fails, and what it should have made
//                                durable never becomes durable, as with a real disk
//   DUTYLOG_FAIL_WRITE=n[:error] the n-th write of the process fails and writes nothing
//
// `error` is EIO (where none is named) or ENOSPC.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { files_max = 64, descriptors_max = 4096, ranges_max = 4096, copy_bytes = 1 << 16 };

struct range {
    off_t from, to;
};

/// One minded file and what was written to it since its last sync.
struct file {
    char path[PATH_MAX];
    struct range dirty[ranges_max];
    int dirty_count;
    int all_dirty;
};

static struct file files[files_max];
static int files_count;
static signed char file_of_descriptor[descriptors_max];  // number of the file + 1; 0 for others
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static int keeps_shadows;
static long delay_us;
static struct {
    long at, count;
    int error;
} failing_sync, failing_write;

static int (*real_open)(const char*, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void*, size_t);
static ssize_t (*real_pwrite)(int, const void*, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_unlink)(const char*);

static void read_failure(const char* name, long* at, int* error) {
    const char* text = getenv(name);
    if (text == NULL) return;
    *at = atol(text);
    *error = strstr(text, ":ENOSPC") != NULL ? ENOSPC : EIO;
}

__attribute__((constructor)) static void start(void) {
    real_open = (int (*)(const char*, int, ...))dlsym(RTLD_NEXT, "open64");
    real_close = (int (*)(int))dlsym(RTLD_NEXT, "close");
    real_write = (ssize_t(*)(int, const void*, size_t))dlsym(RTLD_NEXT, "write");
    real_pwrite = (ssize_t(*)(int, const void*, size_t, off_t))dlsym(RTLD_NEXT, "pwrite64");
    real_ftruncate = (int (*)(int, off_t))dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    real_unlink = (int (*)(const char*))dlsym(RTLD_NEXT, "unlink");
    const char* shadows = getenv("DUTYLOG_LOST_WRITES");
    keeps_shadows = shadows != NULL && strcmp(shadows, "0") != 0;
    const char* delay = getenv("DUTYLOG_SYNC_DELAY_US");
    if (delay != NULL) delay_us = atol(delay);
    read_failure("DUTYLOG_FAIL_SYNC", &failing_sync.at, &failing_sync.error);
    read_failure("DUTYLOG_FAIL_WRITE", &failing_write.at, &failing_write.error);
}

static int is_minded(const char* path) {
    const char* name = strrchr(path, '/');
    name = name == NULL ? path : name + 1;
    const char* end = strstr(name, ".sqlite");
    if (end == NULL) return 0;
    end += strlen(".sqlite");
    return *end == '\0' || strcmp(end, "-wal") == 0 || strcmp(end, "-journal") == 0;
}

static void shadow_path(const char* path, char* into) {
    snprintf(into, PATH_MAX, "%.*s.durable", PATH_MAX - 16, path);
}

static struct file* file_of(int descriptor) {
    if (descriptor < 0 || descriptor >= descriptors_max) return NULL;
    const int number = file_of_descriptor[descriptor];
    return number == 0 ? NULL : &files[number - 1];
}

/// Copies [from, to) of one open file into another.
static void copy_range(int from_descriptor, int to_descriptor, off_t from, off_t to) {
    static char buffer[copy_bytes];  // used under the mutex
    while (from < to) {
        const size_t want =
            (size_t)(to - from) < sizeof buffer ? (size_t)(to - from) : sizeof buffer;
        const ssize_t got = pread(from_descriptor, buffer, want, from);
        if (got <= 0) return;
        if (real_pwrite(to_descriptor, buffer, (size_t)got, from) != got) abort();
        from += got;
    }
}

/// Makes the shadow what the file is now, as far as it was written to since the last sync.
static void make_durable(struct file* file, int descriptor) {
    char path[PATH_MAX];
    shadow_path(file->path, path);
    const int reading = real_open(file->path, O_RDONLY | O_CLOEXEC);
    const int shadow = real_open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    struct stat now;
    if (reading < 0 || shadow < 0 || fstat(descriptor, &now) != 0) abort();
    if (file->all_dirty)
        copy_range(reading, shadow, 0, now.st_size);
    else
        for (int i = 0; i < file->dirty_count; ++i)
            copy_range(reading, shadow, file->dirty[i].from, file->dirty[i].to);
    if (real_ftruncate(shadow, now.st_size) != 0) abort();
    real_close(reading);
    real_close(shadow);
}

/// A file that was there before counts as durable. The copy appears at once or not at all.
static void begin_shadow(struct file* file, int descriptor) {
    char path[PATH_MAX];
    char growing[PATH_MAX];
    shadow_path(file->path, path);
    snprintf(growing, sizeof growing, "%.*s.new", PATH_MAX - 16, path);
    struct stat now;
    if (access(path, F_OK) == 0 || fstat(descriptor, &now) != 0 || now.st_size == 0) return;
    const int reading = real_open(file->path, O_RDONLY | O_CLOEXEC);
    const int shadow = real_open(growing, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (reading < 0 || shadow < 0) abort();
    copy_range(reading, shadow, 0, now.st_size);
    real_close(reading);
    real_close(shadow);
    if (rename(growing, path) != 0) abort();
}

static void mind(int descriptor, const char* path) {
    if (descriptor < 0 || descriptor >= descriptors_max || !is_minded(path)) return;
    char full[PATH_MAX];
    if (realpath(path, full) == NULL) return;
    pthread_mutex_lock(&mutex);
    int number = 0;
    while (number < files_count && strcmp(files[number].path, full) != 0) ++number;
    if (number == files_max) abort();
    if (number == files_count) {
        ++files_count;
        strcpy(files[number].path, full);
        if (keeps_shadows) begin_shadow(&files[number], descriptor);
    }
    file_of_descriptor[descriptor] = (signed char)(number + 1);
    pthread_mutex_unlock(&mutex);
}

static void note_write(int descriptor, off_t from, off_t size) {
    struct file* file = file_of(descriptor);
    if (file == NULL || size <= 0) return;
    pthread_mutex_lock(&mutex);
    if (file->dirty_count == ranges_max)
        file->all_dirty = 1;
    else
        file->dirty[file->dirty_count++] = (struct range){from, from + size};
    pthread_mutex_unlock(&mutex);
}

static int fails_write(int descriptor) {
    if (failing_write.at == 0 || file_of(descriptor) == NULL) return 0;
    if (__atomic_add_fetch(&failing_write.count, 1, __ATOMIC_SEQ_CST) != failing_write.at) return 0;
    errno = failing_write.error;
    return 1;
}

static int sync_with(int (*real)(int), int descriptor) {
    struct file* file = file_of(descriptor);
    if (file == NULL) return real(descriptor);
    if (delay_us > 0) usleep((useconds_t)delay_us);
    pthread_mutex_lock(&mutex);
    const int fails = failing_sync.at != 0 && ++failing_sync.count == failing_sync.at;
    if (keeps_shadows && !fails) make_durable(file, descriptor);
    file->dirty_count = file->all_dirty = 0;
    pthread_mutex_unlock(&mutex);
    if (fails) {
        errno = failing_sync.error;
        return -1;
    }
    // With shadows a kill is the only crash there is, so the disk itself need not be waited for.
    return keeps_shadows ? 0 : real(descriptor);
}

int open64(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    const int descriptor = real_open(path, flags, mode);
    mind(descriptor, path);
    return descriptor;
}

int open(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open64(path, flags, mode);
}

int close(int descriptor) {
    if (descriptor >= 0 && descriptor < descriptors_max) file_of_descriptor[descriptor] = 0;
    return real_close(descriptor);
}

ssize_t pwrite64(int descriptor, const void* data, size_t size, off_t at) {
    if (fails_write(descriptor)) return -1;
    const ssize_t written = real_pwrite(descriptor, data, size, at);
    note_write(descriptor, at, written);
    return written;
}

ssize_t pwrite(int descriptor, const void* data, size_t size, off_t at) {
    return pwrite64(descriptor, data, size, at);
}

ssize_t write(int descriptor, const void* data, size_t size) {
    if (file_of(descriptor) == NULL) return real_write(descriptor, data, size);
    if (fails_write(descriptor)) return -1;
    const off_t at = lseek(descriptor, 0, SEEK_CUR);
    const ssize_t written = real_write(descriptor, data, size);
    note_write(descriptor, at, written);
    return written;
}

int ftruncate64(int descriptor, off_t size) { return real_ftruncate(descriptor, size); }

int ftruncate(int descriptor, off_t size) { return ftruncate64(descriptor, size); }

int fsync(int descriptor) { return sync_with(real_fsync, descriptor); }

int fdatasync(int descriptor) { return sync_with(real_fdatasync, descriptor); }

int unlink(const char* path) {
    if (keeps_shadows && is_minded(path)) {
        char shadow[PATH_MAX];
        shadow_path(path, shadow);
        real_unlink(shadow);
    }
    return real_unlink(path);
}
