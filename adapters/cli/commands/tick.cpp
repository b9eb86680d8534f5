#include <memory>

#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/moments.hpp"
#include "adapters/cli/open_log.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

struct TickOptions {
    std::string log;
    std::string until;
};

/// Fires timers one by one up to a moment before now, each recorded now.
std::size_t fire_until(WritingLog& log, Instant until, Instant now) {
    std::size_t fired = 0;
    for (auto next = log.engine().next_timer(); next && *next <= until;
         next = log.engine().next_timer())
        fired += log.engine().fire(now, 1);
    return fired;
}

ExitCode tick(Session& session, const TickOptions& options) {
    WritingLog log{session, options.log};
    const log::Position before = log.world().head;
    std::size_t fired = 0;
    if (options.until.empty() || log.world().rules == nullptr) {
        fired = log.fire_due();
    } else {
        const Instant until = read_cut("--until", options.until, log.world().rules->zone());
        if (until > session.now())
            throw Failure{
                ExitCode::usage,
                phrase("--until {0} is later than the clock, {1}", "--until {0} 晚于时钟 {1}",
                       to_string(until), to_string(session.now())),
                {"--clock INSTANT lets the program believe in another time, to try "
                 "things out.",
                 "--clock 时刻 可代替时钟，用于试验。"}};
        fired = fire_until(log, until, session.now());
    }
    const log::Position events = log.world().head - before;
    const auto next = log.engine().next_timer();
    log.finish();
    if (session.json) {
        json::object answer{{"fired", fired}, {"events", events}};
        if (next) answer["next"] = to_string(*next);
        session.console.json(answer);
        return ExitCode::fine;
    }
    session.console.line(phrase("timers fired: {0}, events recorded: {1}, next timer: {2}",
                                "触发定时器 {0} 个，记录事件 {1} 个；下一个：{2}", fired, events,
                                next ? to_string(*next) : "-"));
    return ExitCode::fine;
}

}  // namespace

Command tick_command() {
    return {
        "tick",
        Group::logs,
        {"lets time pass: fires the timers that are due", "推进时间：触发到期的定时器"},
        {"Reminders, escalations and missed deadlines are recorded when their timers fire. "
         "Where no server runs, this does it; what was due while nothing ran is recorded once, "
         "now, with its lateness. `act`, `import` and `publish` do the same first.",
         "提醒、升级与逾期在定时器触发时记录。没有服务进程时由本命令触发；停机期间到期的事项只在"
         "此刻记录一次，并注明迟延。`act`、`import` 与 `publish` 也会先行触发。"},
        {{"tick --log plant.db", {"up to now", "至当前时间"}},
         {"tick --log copy.db --clock 2026-06-30T09:00+08:00",
          {"tries out, on a copy, what is due by then", "在副本上试看届时到期的事项"}}},
        [](Arguments& arguments) -> Action {
            const auto options = std::make_shared<TickOptions>();
            arguments.log(options->log)
                .option("--until", "WHEN", options->until,
                        {"only timers due by then: a date or an instant",
                         "只触发在此之前到期者：日期或时刻"});
            return [options](Session& session) { return tick(session, *options); };
        }};
}

}  // namespace dutylog::cli
