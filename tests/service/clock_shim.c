// A library for LD_PRELOAD that moves the time of day: DUTYLOG_CLOCK_OFFSET names a file of eight bytes, the
// microseconds by which it is off (little-endian, signed), which a test may change at any moment. The monotonic
// clock stays as it is, as when somebody sets a machine's clock.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static int (*real_clock_gettime)(clockid_t, struct timespec*);
static const volatile int64_t* offset_us;

__attribute__((constructor)) static void start(void) {
    real_clock_gettime = (int (*)(clockid_t, struct timespec*))dlsym(RTLD_NEXT, "clock_gettime");
    const char* path = getenv("DUTYLOG_CLOCK_OFFSET");
    if (path == NULL) return;
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) abort();
    void* mapped = mmap(NULL, sizeof *offset_us, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (mapped == MAP_FAILED) abort();
    offset_us = mapped;
}

int clock_gettime(clockid_t clock, struct timespec* time) {
    const int result = real_clock_gettime(clock, time);
    if (result != 0 || clock != CLOCK_REALTIME || offset_us == NULL) return result;
    int64_t nanos = time->tv_nsec + *offset_us % 1000000 * 1000;
    time->tv_sec += *offset_us / 1000000 + nanos / 1000000000;
    nanos %= 1000000000;
    if (nanos < 0) {
        nanos += 1000000000;
        time->tv_sec -= 1;
    }
    time->tv_nsec = nanos;
    return 0;
}
