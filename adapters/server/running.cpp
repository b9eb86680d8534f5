#include "adapters/server/running.hpp"

#include <ctime>

#include "adapters/cli/failure.hpp"
#include "adapters/server/notify.hpp"

namespace dutylog::server {

using cli::ExitCode;
using cli::Failure;
using cli::phrase;

namespace {

void reload(House& house, ServiceLog& log) {
    notify_reloading();
    try {
        house.server().reload_certificates();
        log.tell(LogLevel::info, "certificates_read");
    } catch (const std::runtime_error& error) {
        log.tell(LogLevel::error, "certificates_unchanged", {{"what", error.what()}});
    }
    notify_ready("");
}

/// systemd ends a service whose writer hangs; a commit may take its time.
void tell_alive(const House& house, runtime::Runtime& clocks) {
    constexpr Elapsed silence_max = seconds(30);
    const Elapsed silence{clocks.monotonic().micros - house.writer().figures().beat.micros};
    if (silence < silence_max) notify_alive();
}

}  // namespace

sigset_t block_signals() {
    sigset_t signals{};
    sigemptyset(&signals);
    for (const int each : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, each);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

void wait_for_end(runtime::Runtime& clocks, House& house, ServiceLog& log, Elapsed grace,
                  const sigset_t& signals) {
    for (;;) {
        const timespec second{1, 0};
        const int signal = sigtimedwait(&signals, nullptr, &second);
        tell_alive(house, clocks);
        if (signal == SIGHUP) reload(house, log);
        const bool asked = signal == SIGTERM || signal == SIGINT;
        if (!asked && house.fault().empty()) continue;
        log.tell(LogLevel::info, "stopping", {{"because", asked ? "signal" : "fault"}});
        notify_stopping();
        return house.drain(asked ? grace : Elapsed{});
    }
}

void serve_alone(House& house, Elapsed grace, const sigset_t& signals) {
    bool draining = false;
    while (!house.server().has_ended()) {
        const bool worked = house.step();
        const timespec pause{0, worked ? 0 : 1'000'000};
        const int signal = sigtimedwait(&signals, nullptr, &pause);
        if (draining || (signal < 0 && house.fault().empty()) || signal == SIGHUP) continue;
        house.drain(house.fault().empty() ? grace : Elapsed{});
        draining = true;
    }
}

ExitCode ended(const House& house) {
    if (house.fault().empty()) return ExitCode::fine;
    throw Failure{
        house.writer().disk_full() ? ExitCode::disk_full : ExitCode::storage,
        phrase("the writer has stopped: {}", "写入已停止：{}", house.fault()),
        {"Start again: what was committed is read back.", "请重新启动：已提交者将被读回。"}};
}

}  // namespace dutylog::server
