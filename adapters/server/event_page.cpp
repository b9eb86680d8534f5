#include "adapters/server/event_page.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <utility>

#include "adapters/cli/event_lines.hpp"
#include "adapters/server/duty_list.hpp"
#include "adapters/server/paging.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::Reply;

namespace {

/// So many events are looked at before other questions have their turn: some milliseconds.
constexpr log::Position events_at_once = 2'000;

/// A page that is being gathered.
class EventPage : public std::enable_shared_from_this<EventPage> {
public:
    EventPage(const Desk& desk, const Call& call, std::shared_ptr<Reply> reply, EventWanted wanted)
        : desk_{desk},
          call_{std::make_shared<const Call>(call)},
          reply_{std::move(reply)},
          wanted_{std::move(wanted)} {
        const Asked asked = desk.reading.asked_events(call);
        cut_ = asked.cut;
        known_at_ = asked.known_at;
        if (!call.parameter("true_at").empty()) true_at_ = asked.at;
        about_ = subject_parameter(call, *asked.world, "of");
        page_ = page_asked(desk.cursors, call.operation, call);
        next_ = page_.after.empty() ? 1 : std::stoull(page_.after) + 1;
        end_ = asked.world->head + 1;
    }

    /// Looks at a slice; then it answers, or goes on later.
    void go_on() {
        look(std::min(end_, next_ + events_at_once));
        if (next_ < end_)
            after_others(desk_, call_, reply_, [page = shared_from_this()] { page->go_on(); });
        else
            (*reply_)(http::json_response(200, answer()));
    }

private:
    void look(log::Position until) {
        const pdca::World& world = desk_.reading.now();
        const cli::Narrator narrator{world, call_->language};
        desk_.reading.store().scan(next_, [&](const log::StoredEvent& stored) {
            const log::Envelope& envelope = stored.envelope;
            if (envelope.position >= until) return false;
            if (known_at_ && envelope.recorded > *known_at_) {
                end_ = envelope.position;
                return false;
            }
            if (is_asked_for(world, stored)) {
                more_ = events_.size() == page_.limit;
                if (more_) {
                    end_ = envelope.position;
                    return false;
                }
                events_.push_back(cli::event_json(narrator, stored));
                last_ = envelope.position;
            }
            return true;
        });
        next_ = until;
    }

    bool is_asked_for(const pdca::World& world, const log::StoredEvent& stored) const {
        const log::Envelope& envelope = stored.envelope;
        return (!true_at_ || envelope.effective.at <= *true_at_) &&
               concerns(world, envelope.stream, about_, caller_of(*call_)) &&
               wanted_(*call_, stored);
    }

    json::object answer() {
        json::object page{{"cut", std::move(cut_)}, {"events", std::move(events_)}};
        if (more_) page["next"] = desk_.cursors.mark(page_.list, std::to_string(last_));
        return page;
    }

    const Desk& desk_;
    std::shared_ptr<const Call> call_;
    std::shared_ptr<Reply> reply_;
    EventWanted wanted_;
    json::object cut_;
    std::optional<Instant> known_at_;
    std::optional<Instant> true_at_;
    Reference about_;
    PageAsked page_;
    log::Position next_ = 1;  ///< to be looked at
    log::Position end_ = 1;   ///< not to be looked at any more
    log::Position last_ = 0;  ///< of the page
    json::array events_;
    bool more_ = false;
};

}  // namespace

void answer_event_page(const Desk& desk, const Call& call, const std::shared_ptr<Reply>& reply,
                       const EventWanted& wanted) {
    std::make_shared<EventPage>(desk, call, reply, wanted)->go_on();
}

}  // namespace dutylog::server
