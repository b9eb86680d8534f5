#pragma once

#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>

#include "adapters/http/event_stream.hpp"
#include "adapters/http/router.hpp"
#include "adapters/server/access.hpp"
#include "adapters/server/desk.hpp"
#include "adapters/server/reading.hpp"

namespace dutylog::server {

/// `GET /api/v1/events`: every event after its commit, in the order of the log, for as long as it
/// is read. A client that comes back gives the position it has seen as `Last-Event-ID`; each stream
/// is read from the log from its own place, so that nothing is skipped and nothing comes twice.
class EventFeed {
public:
    /// @param queue  with a thread of its own
    EventFeed(http::WorkQueue& queue, Reading& reading) : queue_{queue}, reading_{reading} {}

    http::RouteTable routes(const Desk& desk);
    /// There may be new events. From any thread.
    void wake();
    /// Ends all streams; after it nothing is posted to the queue any more.
    void end();

private:
    struct Subscription {
        std::shared_ptr<http::EventStream> stream;
        log::Position next = 1;
        Language language = Language::en;
        TokenCaller caller;
    };

    http::Response subscribe(const http::Call& call);
    void pump();
    /// @returns false where nobody reads any more
    bool feed(Subscription& one, const pdca::World& world);

    http::WorkQueue& queue_;
    Reading& reading_;
    std::mutex mutex_;
    std::list<Subscription> subscriptions_;
    std::condition_variable posted_;
    int posting_ = 0;  ///< tasks on their way into the queue
    bool scheduled_ = false;
    bool ended_ = false;
};

}  // namespace dutylog::server
