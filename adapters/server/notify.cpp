#include "adapters/server/notify.hpp"

#ifdef DUTYLOG_SYSTEMD
#include <systemd/sd-daemon.h>
#include <ctime>
#endif

namespace dutylog::server {

#ifdef DUTYLOG_SYSTEMD

namespace {

/// It is not told again where systemd could not be told: there is nobody else to tell.
void tell(const std::string& state) { static_cast<void>(sd_notify(0, state.c_str())); }

}  // namespace

bool can_notify() { return true; }

void notify_ready(const std::string& status) {
    tell(status.empty() ? "READY=1" : "READY=1\nSTATUS=" + status);
}

void notify_reloading() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    const long long micros = now.tv_sec * 1'000'000LL + now.tv_nsec / 1'000;
    tell("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(micros));
}

void notify_stopping() { tell("STOPPING=1"); }

void notify_alive() { tell("WATCHDOG=1"); }

std::optional<Elapsed> watchdog_time() {
    std::uint64_t micros = 0;
    if (sd_watchdog_enabled(0, &micros) <= 0) return {};
    return Elapsed{static_cast<std::int64_t>(micros)};
}

#else

bool can_notify() { return false; }
void notify_ready(const std::string&) {}
void notify_reloading() {}
void notify_stopping() {}
void notify_alive() {}
std::optional<Elapsed> watchdog_time() { return {}; }

#endif

}  // namespace dutylog::server
