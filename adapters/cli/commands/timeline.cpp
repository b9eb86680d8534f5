#include <boost/json.hpp>
#include <memory>
#include <set>

#include "adapters/cli/about.hpp"
#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/event_lines.hpp"
#include "adapters/cli/moments.hpp"
#include "adapters/cli/open_log.hpp"

namespace dutylog::cli {

namespace {

struct TimelineOptions {
    std::string log;
    std::string duty;
    std::string of;
    std::string from;
    std::string to;
    std::string known_at;
    bool all = false;
};

/// Which streams are asked for.
class Streams {
public:
    Streams(const pdca::World& world, const TimelineOptions& options) : world_{world} {
        if (!options.duty.empty())
            only_ = duty_named(world, options.duty, options.of);
        else
            about_ = subject_named(world, options.of);
    }

    bool wanted(const StreamId& stream) const {
        if (!only_.empty()) return stream == only_;
        if (about_.empty() || stream == pdca::subject_stream(about_)) return true;
        const pdca::Duty* duty = world_.duty(stream);
        return duty != nullptr && world_.inside(duty->subject, about_);
    }

private:
    const pdca::World& world_;
    StreamId only_;
    Reference about_;
};

ExitCode timeline(Session& session, const TimelineOptions& options) {
    OpenedLog log{session, options.log};
    const calendar::Zone& zone = log.zone();
    const auto known_at = read_cut_if_given("--known-at", options.known_at, zone);
    const auto to = read_cut_if_given("--to", options.to, zone);
    std::optional<Instant> from;
    if (const auto date = parse_civil_date(options.from))
        from = zone.day_start(*date);
    else
        from = read_cut_if_given("--from", options.from, zone);
    const Streams streams{log.now(), options};
    const Narrator narrator{log.now(), session.console.language()};
    log.store().scan(1, [&](const log::StoredEvent& stored) {
        const Instant recorded = stored.envelope.recorded;
        if ((known_at && recorded > *known_at) || (to && recorded > *to)) return false;
        if ((from && recorded < *from) || !streams.wanted(stored.envelope.stream)) return true;
        if (session.json)
            session.console.json(event_json(narrator, stored));
        else if (options.all || weight_of(narrator, stored) != Weight::detail)
            tell_event(session.console, narrator, stored, true);
        return true;
    });
    return ExitCode::fine;
}

}  // namespace

Command timeline_command() {
    return {
        "timeline",
        Group::questions,
        {"what happened, in the order it was recorded", "按记录先后列出经过"},
        {"One line for each event: when it was recorded, by whom, what it says, and its place "
         "in the log (#N), by which other questions name it. With --json, one line of JSON "
         "each.",
         "每个事件一行：何时记录、何人所记、内容及其在日志中的位置（#N），其他提问以该位置引用。"
         "使用 --json 时每个事件一行 JSON。"},
        {{"timeline --log plant.db --of zhang", {"all about one worker", "某劳动者的全部经过"}},
         {"timeline --log plant.db --duty facility-maintenance --of EF-07 --all",
          {"one duty, step by step", "某项义务的每一步"}},
         {"timeline --log plant.db --from 2026-03-01 --to 2026-03-31 --known-at 2026-03-31",
          {"a month, as it was known at its end", "某月经过，依月末所知"}}},
        [](Arguments& arguments) -> Action {
            const auto options = std::make_shared<TimelineOptions>();
            arguments.log(options->log)
                .option("--of", "SUBJECT", options->of,
                        {"only this subject and its duties", "只列该对象及其义务"})
                .option("--duty", "DEFINITION", options->duty,
                        {"only this duty, with --of", "只列该项义务，与 --of 同用"})
                .option("--from", "WHEN", options->from,
                        {"recorded from then on", "自该时起记录者"})
                .option("--to", "WHEN", options->to, {"recorded up to then", "至该时止记录者"})
                .option("--known-at", "WHEN", options->known_at,
                        {"only what was on the record by then", "只计至该时已记录者"})
                .flag("--all", options->all,
                      {"also how the machine got there", "也列出引擎的中间步骤"});
            return [options](Session& session) { return timeline(session, *options); };
        }};
}

}  // namespace dutylog::cli
