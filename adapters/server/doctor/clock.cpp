#include <sys/timex.h>

#include <filesystem>

#include "adapters/server/doctor/doctor.hpp"
#include "adapters/sqlite/reader.hpp"

namespace dutylog::server::doctor {

using cli::phrase;
using cli::Phrase;

namespace {

/// This program was not there before, so no clock is right that says so.
const Instant earliest = *parse_instant("2025-01-01T00:00Z");
const Instant latest = *parse_instant("2090-01-01T00:00Z");
constexpr Elapsed behind_max = seconds(5);

const Phrase& clock_help() {
    static const Phrase help{
        "Set the clock, best by a time service (systemd-timesyncd, chrony), before the service is "
        "started: deadlines fire by it.",
        "启动服务之前请校准时钟，最好使用时间服务（systemd-timesyncd、chrony）：期限依其触发。"};
    return help;
}

Finding look_at_wall(Instant now) {
    if (now < earliest || now > latest)
        return fail("clock", phrase("the clock says {}", "时钟显示 {}", to_string(now)),
                    clock_help());
    timex state{};
    if (adjtimex(&state) == TIME_ERROR || (state.status & STA_UNSYNC) != 0)
        return warn("clock",
                    phrase("the clock says {}; nothing keeps it right",
                           "时钟显示 {}；但没有时间服务校准", to_string(now)),
                    clock_help());
    return ok("clock", phrase("the clock says {}, kept right by a time service",
                              "时钟显示 {}，由时间服务校准", to_string(now)));
}

Finding look_behind(const std::string& log, Instant now) {
    const Instant last = sqlite::SqliteReader{log}.last_recorded();
    if (last > now + behind_max)
        return fail(
            "recorded",
            phrase("the last event was recorded at {0}, after this machine's {1}",
                   "最后一个事件记录于 {0}，晚于本机时间 {1}", to_string(last), to_string(now)),
            clock_help());
    return ok("recorded", phrase("the last event was recorded at {}", "最后一个事件记录于 {}",
                                 to_string(last)));
}

}  // namespace

Findings look_at_clock(const Patient& patient) {
    Findings findings{look_at_wall(patient.session.now())};
    std::error_code error;
    if (std::filesystem::is_regular_file(patient.log, error))
        findings.push_back(look_behind(patient.log, patient.session.now()));
    return findings;
}

}  // namespace dutylog::server::doctor
