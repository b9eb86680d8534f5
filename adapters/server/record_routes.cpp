#include <algorithm>
#include <boost/json/array.hpp>

#include "adapters/cli/event_lines.hpp"
#include "adapters/server/paging.hpp"
#include "adapters/server/reads.hpp"
#include "engine/history/questions.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::Route;

namespace {

/// Breaches about a subject (empty: all) that the caller may know of.
json::array breaches_within(const pdca::World& world, const Reference& about,
                            const TokenCaller& caller) {
    json::array found;
    for (const json::value& entry : history::first_missed(world)) {
        const std::string of{entry.at("of").as_string()};
        const bool known = std::ranges::any_of(world.subjects, [&](const auto& subject) {
            return subject.first.id == of &&
                   (about.empty() || world.inside(subject.first, about)) &&
                   caller.reaches(world, subject.first);
        });
        if (known) found.push_back(entry);
    }
    return found;
}

Route first_missed(const Desk& desk) {
    auto answer = [desk](const Call& call) -> json::object {
        const Asked asked = desk.reading.asked(call);
        const Reference about = subject_parameter(call, *asked.world, "of");
        return {{"cut", asked.cut},
                {"breaches", breaches_within(*asked.world, about, caller_of(call))}};
    };
    return route_of(
        desk,
        Question{.path = "/first-missed",
                 .operation = "first_missed",
                 .summary = {"最先错过的期限：全部违规，按应履行时间排序",
                             "Which deadline was missed first: every breach, in the order they "
                             "were due"},
                 .permission = "investigate",
                 .parameters = with_clocks({about_parameter()}),
                 .schema = "Breaches",
                 .answer = std::move(answer)});
}

/// One page of events, in the order they were recorded.
json::object timeline_page(const Desk& desk, const Call& call) {
    const pdca::World& world = desk.reading.now();
    const Reference about = subject_parameter(call, world, "of");
    const TokenCaller& caller = caller_of(call);
    const PageAsked asked = page_asked(desk.cursors, "timeline", call);
    const log::Position from = asked.after.empty() ? 1 : std::stoull(asked.after) + 1;
    const cli::Narrator narrator{world, call.language};
    json::array events;
    log::Position last = 0;
    bool more = false;
    desk.reading.store().scan(from, [&](const log::StoredEvent& stored) {
        if (!concerns(world, stored.envelope.stream, about, caller)) return true;
        more = events.size() == asked.limit;
        if (more) return false;
        events.push_back(cli::event_json(narrator, stored));
        last = stored.envelope.position;
        return true;
    });
    json::object page{{"events", std::move(events)}};
    if (more) page["next"] = desk.cursors.mark(asked.list, std::to_string(last));
    return page;
}

Route timeline(const Desk& desk) {
    return route_of(
        desk,
        Question{.path = "/timeline",
                 .operation = "timeline",
                 .summary = {"按记录先后列出经过", "What happened, in the order it was recorded"},
                 .permission = "investigate",
                 .parameters = {about_parameter(), limit_parameter(), cursor_parameter()},
                 .schema = "Timeline",
                 .problems = {"bad_cursor"},
                 .answer = [desk](const Call& call) { return timeline_page(desk, call); }});
}

}  // namespace

http::RouteTable record_routes(const Desk& desk) { return {first_missed(desk), timeline(desk)}; }

}  // namespace dutylog::server
