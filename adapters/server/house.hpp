#pragma once

#include <memory>
#include <optional>
#include <string>

#include "adapters/http/cursor.hpp"
#include "adapters/http/health.hpp"
#include "adapters/http/server.hpp"
#include "adapters/server/access.hpp"
#include "adapters/server/aside.hpp"
#include "adapters/server/desk.hpp"
#include "adapters/server/event_feed.hpp"
#include "adapters/server/orders.hpp"
#include "adapters/server/overdue.hpp"
#include "adapters/server/public/inbound_routes.hpp"
#include "adapters/server/public/link_maker.hpp"
#include "adapters/server/refusal_lines.hpp"
#include "adapters/server/telling.hpp"
#include "adapters/server/test_clock.hpp"

namespace dutylog::server {

struct HouseOptions {
    std::string log;
    std::string tokens;                       ///< the file of tokens
    std::vector<InboundOption> inbound = {};  ///< other systems that send facts
    std::string base_url = {};  ///< where people reach the service; empty: messages have no links
    std::optional<dispatch::Setup> telling = {};  ///< how people are told; nothing: nobody is
    TestClock* test_clock = nullptr;              ///< the runtime's, where it can be moved
    runtime::Runtime* network = nullptr;  ///< whose clock connections live by; null: the runtime
    http::ServerOptions server = {};
    runtime::LoopLimits loop = {};
    bool without_keys = false;            ///< starts though the file of keys is missing
    std::set<std::string> managers = {};  ///< roles that manage; empty: the principal ones
    std::size_t questions_max = 1'000;    ///< waiting for the reading thread
    std::size_t long_questions_max = 16;  ///< waiting for the thread of those that take long
    bool single_threaded = false;         ///< everything is done in `step`, one thing at a time
    Language language = Language::zh_cn;
    std::function<void(std::string_view line)> log_line = {};  ///< what the operator should read
};

/// The service over one log: writer, readers, routes and server, put together.
class House {
public:
    /// @throws StoreError, LogLocked, DecodeError, CorruptStream, std::runtime_error
    House(HouseOptions options, runtime::Runtime& runtime);
    /// Takes no more, answers what it has, and closes the log.
    ~House();

    http::Server& server() { return *server_; }
    Tokens& tokens() { return tokens_; }
    const LinkMaker& links() const { return links_; }
    /// Makes a token that may do everything, where there is none yet. @returns its text
    std::optional<std::string> first_token();
    /// Serves until `drain`. Several threads may call it.
    void run() { server_->run(); }
    /// One turn of a house with a single thread. @returns whether there was anything to do
    bool step();
    void drain(Elapsed grace);
    /// Why the writer has stopped; empty while it works.
    std::string fault() const { return writer_->fault(); }
    const Writer& writer() const { return *writer_; }

private:
    http::RouteTable routes();
    http::RouteTable questions(const Desk& desk);
    ClockFollowers clock_followers();
    void watch();
    void watch_questions();
    void count_overdue();

    HouseOptions options_;
    runtime::Runtime& runtime_;
    Tokens tokens_;
    TokenAccess access_;
    keys::LinkKeys link_keys_;
    LinkMaker links_;
    RateBound public_rate_;
    InboundSources inbound_;
    RateBound inbound_rate_{inbound_rate};
    http::Cursors cursors_;
    RefusalLines refusal_lines_;
    http::Health health_;
    http::Metrics metrics_;
    std::unique_ptr<http::Router> router_;
    std::unique_ptr<http::Server> server_;
    std::mutex waking_;
    EventFeed* woken_ = nullptr;  ///< told by the writer of its turns; null at both ends of life
    std::unique_ptr<Writer> writer_;
    std::unique_ptr<Telling> telling_;
    Telling* woken_telling_ = nullptr;
    std::unique_ptr<Reading> reading_;
    std::unique_ptr<http::WorkQueue> queue_;
    std::unique_ptr<Audit> audit_;
    Proposals proposals_;
    Overdue overdue_;
    std::optional<Instant> counted_;  ///< used by the writer's thread only
    std::unique_ptr<Desk> desk_;
    std::unique_ptr<Aside> aside_;
    std::unique_ptr<EventFeed> feed_;
};

}  // namespace dutylog::server
