#include "adapters/server/public/calendar.hpp"

#include <algorithm>
#include <map>

#include "adapters/server/access.hpp"
#include "adapters/server/notice_words.hpp"
#include "engine/pdca/people.hpp"
#include "engine/pdca/stored.hpp"

namespace dutylog::server {

using channels::Feed;
using channels::FeedEvent;
using channels::FeedStatus;
using pdca::Cycle;
using pdca::Duty;
using pdca::StepState;

namespace {

/// How often the date of something moved, and when it was last set.
struct Moves {
    std::uint32_t times = 0;
    Instant last;
};

/// By cycle and step; an empty step stands for the cycle.
using AllMoves = std::map<std::pair<pdca::CycleNumber, std::string>, Moves>;

class MoveCounter {
public:
    explicit MoveCounter(AllMoves& moves) : moves_{moves} {}

    void take(const log::StoredEvent& stored) {
        at_ = stored.envelope.recorded;
        std::visit(
            [this](const auto& event) { on(event); },
            pdca::EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload));
    }

private:
    void on(const pdca::CycleScheduled& event) { first(event.cycle, ""); }
    void on(const pdca::StepOpened& event) { first(event.cycle, event.step); }
    void on(const pdca::DeadlineMoved& event) { moved(event.cycle, event.step); }
    void on(const pdca::StepPostponed& event) { moved(event.cycle, event.step); }
    void on(const auto&) {}

    void first(pdca::CycleNumber cycle, const std::string& step) {
        moves_[{cycle, step}].last = at_;
    }
    void moved(pdca::CycleNumber cycle, const std::string& step) {
        Moves& moves = moves_[{cycle, step}];
        ++moves.times;
        moves.last = at_;
    }

    AllMoves& moves_;
    Instant at_;
};

class FeedMaker {
public:
    FeedMaker(const pdca::World& world, log::EventStore& store, std::string person, Instant now)
        : world_{world},
          store_{store},
          person_{std::move(person)},
          now_{now},
          today_{world.rules->zone().local(now).date} {}

    std::vector<FeedEvent> events() {
        for (const auto& [stream, duty] : world_.duties) {
            for (const Cycle& cycle : duty.cycles)
                if (cycle.running()) add_open(duty, cycle);
            for (const pdca::PastCycle& past : duty.past)
                if (past.met && past.met_by.str() == person_ &&
                    past.met_on.days >= today_.days - done_kept_days)
                    add_done(duty, past);
        }
        std::ranges::stable_sort(
            found_, {}, [](const FeedEvent& event) { return std::get<CivilDate>(event.when); });
        if (found_.size() > feed_events_max) found_.resize(feed_events_max);
        for (FeedEvent& event : found_) settle_moves(event);
        return std::move(found_);
    }

private:
    struct Place {
        StreamId stream;
        pdca::CycleNumber cycle;
        std::string step;
    };

    bool owns(const Duty& duty, const Cycle& cycle,
              const definition::Definition& definition) const {
        const StepState* step = cycle.step(definition.met_by);
        if (step != nullptr && !step->owner.empty()) return step->owner.str() == person_;
        return pdca::holder(world_, *world_.rules, definition.owner, duty.subject, now_).str() ==
               person_;
    }

    void add_open(const Duty& duty, const Cycle& cycle) {
        const auto* definition = world_.pinned(duty.definition, cycle.version);
        if (definition == nullptr) return;
        if (!cycle.met && cycle.deadline.kind != pdca::DeadlineKind::none &&
            owns(duty, cycle, *definition))
            add(duty, cycle.number, "", cycle.deadline.effective(), definition->title);
        for (const StepState& step : cycle.steps)
            if (step.status == pdca::StepStatus::open && step.owner.str() == person_ &&
                step.id != definition->met_by && step.deadline.kind != pdca::DeadlineKind::none) {
                const Text title = step_title(world_, duty, cycle, step.id);
                add(duty, cycle.number, step.id, step.deadline.effective(),
                    {definition->title.zh_cn + "：" + title.zh_cn,
                     definition->title.en + ": " + title.en});
            }
    }

    void add_done(const Duty& duty, const pdca::PastCycle& past) {
        const auto* definition = world_.rule_of(duty);
        if (definition == nullptr) return;
        add(duty, past.number, "", past.due, definition->title);
        found_.back().status = FeedStatus::done;
    }

    void add(const Duty& duty, pdca::CycleNumber cycle, const std::string& step, CivilDate due,
             const Text& title) {
        FeedEvent event;
        event.uid = duty.stream.str() + "#" + std::to_string(cycle) + "@dutylog";
        if (!step.empty()) event.uid = step + "." + event.uid;
        event.when = due;
        // A person's own calendar need not say whom it is about where it is about them.
        const std::string name = shown_name(world_, duty.subject);
        const bool own = duty.subject.id == person_;
        event.summary = own ? title : Text{title.zh_cn + " – " + name, title.en + " – " + name};
        event.category = {duty.system, duty.system};
        places_[event.uid] = {duty.stream, cycle, step};
        found_.push_back(std::move(event));
    }

    /// A feed shows at most a page or two, so each of its duties is read once.
    void settle_moves(FeedEvent& event) {
        const Place& place = places_.at(event.uid);
        auto [known, fresh] = moves_.try_emplace(place.stream);
        if (fresh) {
            MoveCounter counter{known->second};
            store_.scan_stream(place.stream, 1, [&](const log::StoredEvent& stored) {
                counter.take(stored);
                return true;
            });
        }
        const Moves& moves = known->second[{place.cycle, place.step}];
        event.sequence = moves.times;
        event.modified = moves.last;
    }

    const pdca::World& world_;
    log::EventStore& store_;
    std::string person_;
    Instant now_;
    CivilDate today_;
    std::vector<FeedEvent> found_;
    std::map<std::string, Place> places_;
    std::map<StreamId, AllMoves> moves_;
};

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

Feed feed_of(const pdca::World& world, log::EventStore& store, const std::string& person,
             Instant now) {
    Feed feed;
    feed.name = {"待办事项", "Duties"};
    feed.zone = std::nullopt;  // whole days only
    feed.events = FeedMaker{world, store, person, now}.events();
    return feed;
}

http::RouteTable calendar_routes(const PublicParts& parts, const LinkMaker& links) {
    return {feed_route(parts), address_route(parts, links)};
}

}  // namespace dutylog::server
