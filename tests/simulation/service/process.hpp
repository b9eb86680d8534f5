#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <vector>

#include "adapters/dispatch/courier.hpp"
#include "adapters/http/router.hpp"
#include "adapters/http/session.hpp"
#include "adapters/server/desk.hpp"
#include "adapters/server/event_feed.hpp"
#include "adapters/server/public/inbound_routes.hpp"
#include "adapters/server/public/link_maker.hpp"
#include "adapters/server/tokens.hpp"
#include "engine/runtime/command_loop.hpp"
#include "engine/runtime/command_sink.hpp"
#include "tests/simulation/service/network.hpp"
#include "tests/simulation/service/planted_service.hpp"

namespace dutylog::simulation {

/// The loop as the routes know it.
class LoopSink final : public runtime::CommandSink {
public:
    LoopSink(runtime::CommandLoop& loop, runtime::Engine& engine, ServicePlant plant)
        : loop_{loop}, engine_{engine}, plant_{plant} {}
    bool submit(runtime::Submission submission, Done done) override;
    /// Nothing is accepted any more.
    void end() { ended_ = true; }
    bool run(Job job) override {
        if (ended_) return false;
        job(engine_, loop_.now());
        return true;
    }

private:
    runtime::CommandLoop& loop_;
    runtime::Engine& engine_;
    ServicePlant plant_;
    std::uint64_t submitted_ = 0;
    bool ended_ = false;
};

/// One process of the service, from its start to its end, whichever way it ends: the engine and its
/// loop, gate and router before it, the courier behind it. Everything it does it does in `turn`, on
/// one thread.
class Process {
public:
    /// @throws StoreError  where a fault strikes
    Process(Outside& outside, log::EventStore& store);
    /// Lets go of what nobody was answered yet, while there is still somebody to let go of it, and
    /// ends the connections that are still open.
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    /// A new connection to its API.
    std::shared_ptr<Wire> connect();
    /// Takes in, decides, commits, answers, sends.
    /// @throws StoreError
    void turn();

    runtime::Engine& engine() { return engine_; }
    runtime::CommandLoop& loop() { return *loop_; }
    /// From now on people are told. @pre something was published
    void begin_telling();
    const dispatch::Courier& courier() const { return *courier_; }

private:
    http::RouteTable routes();
    dispatch::CourierParts courier_parts();
    void step_courier();
    bool submit(runtime::Submission submission, runtime::CommandSink::Done done);

    Outside& outside_;
    log::EventStore& store_;
    boost::asio::io_context io_{1};  // what waits in it goes last
    Network network_;
    runtime::Engine engine_;
    std::unique_ptr<runtime::CommandLoop> loop_;
    LoopSink sink_;
    http::WorkQueue queue_{0, 100};
    server::Reading reading_;
    http::Cursors cursors_;
    server::Tokens tokens_{"no-tokens"};
    server::Audit audit_;
    server::Proposals proposals_;
    server::Desk desk_;
    server::EventFeed feed_;
    server::LinkMaker links_;
    server::RateBound link_rate_;
    server::InboundSources sources_;
    server::RateBound inbound_rate_{server::inbound_rate};
    http::Router router_;
    PlantedService front_;
    http::Counts counts_;
    http::SessionSetting setting_;
    std::vector<std::weak_ptr<http::Session>> sessions_;
    std::unique_ptr<dispatch::Courier> courier_;
};

}  // namespace dutylog::simulation
