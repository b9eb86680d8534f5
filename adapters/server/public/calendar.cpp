#include "adapters/server/public/calendar.hpp"

#include "adapters/server/access.hpp"

namespace dutylog::server {

using channels::Feed;

namespace {

http::Problem no_feed() {
    return http::problem("not_found", {"此日历地址无效或已过期；请重新获取。",
                                       "This address of a calendar is not valid or has expired; "
                                       "ask for it anew."});
}

http::Response answer_feed(const PublicParts& parts, const http::Call& call) {
    std::string_view token = call.path.at("file");
    constexpr std::string_view ending = ".ics";
    if (!token.ends_with(ending)) return problem_response(no_feed(), call.language);
    token.remove_suffix(ending.size());
    const Instant now = parts.runtime.wall();
    const auto claims = notice::open_link_token(parts.keys.all(), token, now);
    if (!claims || claims->purpose != notice::LinkPurpose::calendar)
        return problem_response(no_feed(), call.language);
    const pdca::World& world = parts.reading.now();
    if (world.rules == nullptr) return problem_response(no_feed(), call.language);
    const Feed feed = feed_of(world, parts.reading.store(), claims->person, now);
    const Language language = page_language(call);
    http::Response response =
        http::text_response(200, "text/calendar; charset=utf-8", icalendar_of(feed, language, now));
    response.set("ETag", feed_tag(feed, language));
    response.set("Referrer-Policy", "no-referrer");
    response.set("X-Robots-Tag", "noindex");
    return response;
}

http::Route feed_route(const PublicParts& parts) {
    http::Handler answer = http::queued(
        parts.queue, [parts](const http::Call& call) { return answer_feed(parts, call); });
    return {.path = "/calendar/{file}",
            .operation = "read_calendar",
            .summary = {"个人待办的 iCalendar 订阅（地址即凭证）",
                        "What a person owes, as an iCalendar feed; its address is its key"},
            .parameters = {language_parameter()},
            .response_type = "text/calendar",
            .problems = {"not_found", "too_many_requests", "busy"},
            .handler = [parts, answer = std::move(answer)](http::Call call, http::Reply reply) {
                const Elapsed wait = parts.rate.wait(call.request.peer, parts.runtime.monotonic());
                if (wait > Elapsed{}) return reply(too_many(wait, call.language));
                answer(std::move(call), std::move(reply));
            }};
}

http::Route address_route(const PublicParts& parts, const LinkMaker& links) {
    return {.path = "/api/v1/calendar",
            .operation = "read_calendar_address",
            .summary = {"本人日历订阅的地址", "The address of one's own calendar feed"},
            .permission = "own|manage|investigate",
            .response_schema = "CalendarAddress",
            .problems = {"not_found"},
            .handler = http::at_once([parts, &links](const http::Call& call) {
                const std::string url = links.calendar(caller_of(call).id, parts.runtime.wall());
                if (url.empty())
                    return problem_response(
                        http::problem("not_found", {"未设置 `--base-url`。",
                                                    "The service was started without "
                                                    "`--base-url`."}),
                        call.language);
                return http::json_response(200, {{"url", url}}).set("Cache-Control", "no-store");
            })};
}

}  // namespace

http::RouteTable calendar_routes(const PublicParts& parts, const LinkMaker& links) {
    return {feed_route(parts), address_route(parts, links)};
}

}  // namespace dutylog::server
