#include "adapters/server/event_feed.hpp"

#include <boost/json/serialize.hpp>

#include "adapters/cli/event_lines.hpp"
#include "adapters/http/parameters.hpp"
#include "adapters/server/access.hpp"
#include "adapters/server/answering.hpp"
#include "adapters/server/duty_list.hpp"

namespace dutylog::server {

namespace {

/// So many events are read before other questions have their turn.
constexpr std::size_t events_at_once = 500;

}  // namespace

http::RouteTable EventFeed::routes(const Desk& desk) {
    return {{.path = "/api/v1/events",
             .operation = "follow_events",
             .summary = {"持续接收新事件（SSE）", "Follow events as they are recorded (SSE)"},
             .permission = "investigate",
             .parameters = {{.name = "after",
                             .meaning = {"从该位置之后开始；`Last-Event-ID` 优先",
                                         "Begin after this position; `Last-Event-ID` goes first."},
                             .type = http::ParameterType::integer}},
             .response_type = "text/event-stream",
             .problems = {"busy"},
             .handler = asking(desk, "investigate",
                               [this](const http::Call& call) { return subscribe(call); })}};
}

http::Response EventFeed::subscribe(const http::Call& call) {
    const std::string_view last = call.request.head.field("last-event-id");
    log::Position after = reading_.now().head;
    if (!call.parameter("after").empty())
        after = static_cast<log::Position>(call.integer("after", 0));
    if (!last.empty()) {
        const auto position = http::read_integer(last);
        if (!position || *position < 0)
            throw http::problem("bad_parameter",
                                {"`Last-Event-ID` 应为位置。", "`Last-Event-ID` is a position."},
                                "Last-Event-ID");
        after = static_cast<log::Position>(*position);
    }
    http::Response response = http::text_response(200, "text/event-stream", "");
    response.set("Cache-Control", "no-store");
    response.events = std::make_shared<http::EventStream>();
    response.events->on_room([this] { wake(); });
    {
        const std::scoped_lock lock{mutex_};
        subscriptions_.push_back({response.events, after + 1, call.language, caller_of(call)});
    }
    wake();
    return response;
}

void EventFeed::wake() {
    {
        const std::scoped_lock lock{mutex_};
        if (ended_ || scheduled_ || subscriptions_.empty()) return;
        scheduled_ = true;
        ++posting_;
    }
    // Outside the lock: a queue without threads pumps here and now.
    http::WorkQueue::Task task = [this] { pump(); };
    const bool taken = queue_.post(task);
    const std::scoped_lock lock{mutex_};
    // Where the queue is full, the writer wakes us again within a second.
    if (!taken) scheduled_ = false;
    if (--posting_ == 0) posted_.notify_all();
}

void EventFeed::end() {
    std::list<Subscription> all;
    {
        std::unique_lock lock{mutex_};
        ended_ = true;
        posted_.wait(lock, [this] { return posting_ == 0; });
        all.swap(subscriptions_);
    }
    for (Subscription& one : all) one.stream->end();
}

/// On the reading thread.
void EventFeed::pump() {
    std::list<Subscription> mine;
    {
        const std::scoped_lock lock{mutex_};
        scheduled_ = false;
        mine.swap(subscriptions_);
    }
    const pdca::World& world = reading_.now();
    bool more = false;
    for (auto one = mine.begin(); one != mine.end();) {
        const log::Position before = one->next;
        const bool stays = feed(*one, world);
        more = more || (stays && one->next >= before + events_at_once);
        one = stays ? std::next(one) : mine.erase(one);
    }
    bool ended = false;
    {
        const std::scoped_lock lock{mutex_};
        ended = ended_;
        if (!ended) subscriptions_.splice(subscriptions_.end(), mine);
    }
    for (Subscription& one : mine) one.stream->end();
    if (more && !ended) wake();
}

bool EventFeed::feed(Subscription& one, const pdca::World& world) {
    const cli::Narrator narrator{world, one.language};
    bool reads = true;
    std::size_t count = 0;
    reading_.store().scan(one.next, [&](const log::StoredEvent& stored) {
        if (count++ == events_at_once) return false;
        const log::Position position = stored.envelope.position;
        if (concerns(world, stored.envelope.stream, {}, one.caller)) {
            const auto offer =
                one.stream->offer({std::to_string(position), stored.envelope.type,
                                   boost::json::serialize(cli::event_json(narrator, stored))});
            reads = offer != http::EventStream::Offer::gone;
            if (offer != http::EventStream::Offer::taken) return false;
        }
        one.next = position + 1;
        return true;
    });
    return reads;
}

}  // namespace dutylog::server
