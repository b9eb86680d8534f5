#include "tests/simulation/service/process.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <iterator>

#include "adapters/http/problem.hpp"
#include "adapters/server/access.hpp"
#include "adapters/server/orders.hpp"
#include "adapters/server/public/link_routes.hpp"
#include "adapters/server/reads.hpp"
#include "tests/simulation/broken.hpp"
#include "tests/simulation/service/fact_sender.hpp"
#include "tests/simulation/service/host_end.hpp"
#include "tests/simulation/service/link_reader.hpp"

namespace dutylog::simulation {

namespace asio = boost::asio;

namespace {

/// Whoever asks has a token that may do everything; tokens have tests of their own.
class Everybody final : public http::Access {
public:
    std::expected<std::shared_ptr<const http::Caller>, http::Problem> check(
        const http::Route&, const http::Head&, const http::Peer&) override {
        auto caller = std::make_shared<server::TokenCaller>();
        caller->id = "records";
        caller->token.id = "sim";
        caller->token.person = "records";
        caller->token.may = {std::begin(server::permissions), std::end(server::permissions)};
        return caller;
    }
};

Everybody everybody;

http::Response refusal(const http::Refusal& refusal) {
    return http::problem_response(http::problem_of(refusal), Language::en);
}

/// Breakers open after two failures in a row, so that they do in short histories too.
notice::dispatch::DispatchLimits limits_of(ServicePlant plant) {
    notice::dispatch::DispatchLimits limits;
    limits.breaker.failures_max = 2;
    if (plant == ServicePlant::breaker_stays_open)
        limits.breaker.pause = limits.breaker.pause_max = hours(24 * 365 * 10);
    if (plant == ServicePlant::critical_alone) {
        limits.critical_spacing = {};
        limits.late_min = hours(24 * 365 * 10);
    }
    return limits;
}

/// Marks of pages are good for one process.
Bytes cursor_key(const Outside& outside) {
    return Bytes(32, static_cast<std::uint8_t>(outside.starts));
}

}  // namespace

bool LoopSink::submit(runtime::Submission submission, Done done) {
    if (ended_) return false;
    std::string id = submission.meta.id.str();
    const bool again = (plant_ == ServicePlant::link_works_twice && id.starts_with("link-")) ||
                       (plant_ == ServicePlant::facts_twice && id.starts_with("in-"));
    if (again) submission.meta.id = CommandId{id + "/" + std::to_string(++submitted_)};
    return loop_.submit(std::move(submission), std::move(done));
}

Process::Process(Outside& outside, log::EventStore& store)
    : outside_{outside},
      store_{store},
      network_{outside},
      engine_{store, outside.keys, outside.rules},
      loop_{std::make_unique<runtime::CommandLoop>(outside.clocks, engine_)},
      sink_{*loop_, engine_, outside.plant},
      reading_{outside.log_path, outside.clocks, {{}, outside.file_layer, outside.rules}},
      cursors_{cursor_key(outside)},
      audit_{sink_, tokens_, outside.clocks},
      desk_{queue_, reading_, sink_, cursors_, outside.clocks, audit_, proposals_},
      feed_{queue_, reading_},
      links_{"http://dutylog.test", link_keys()},
      sources_{{"laboratory", laboratory()}},
      router_{routes(), everybody, outside.clocks},
      front_{router_, outside},
      setting_{front_, outside.clocks, {}, {}, seconds(15), counts_, refusal} {}

Process::~Process() {
    feed_.end();
    sink_.end();
    loop_.reset();
    for (const auto& each : sessions_)
        if (const auto session = each.lock()) session->kill();
    io_.restart();
    io_.poll();
}

http::RouteTable Process::routes() {
    const server::PublicParts open{queue_,          reading_,    sink_,
                                   outside_.clocks, link_keys(), link_rate_};
    http::RouteTable table;
    for (http::RouteTable& more :
         std::array{server::order_routes(desk_), server::duty_routes(desk_),
                    server::record_routes(desk_), feed_.routes(desk_), server::link_routes(open),
                    server::inbound_routes(open, sources_, inbound_rate_)})
        std::ranges::move(more, std::back_inserter(table));
    return table;
}

std::shared_ptr<Wire> Process::connect() {
    auto wire = std::make_shared<Wire>(io_.get_executor());
    const auto session = std::make_shared<http::Session>(std::make_unique<HostEnd>(wire),
                                                         http::Peer{"192.0.2.1"}, setting_);
    sessions_.push_back(session);
    asio::co_spawn(
        io_, [session]() -> asio::awaitable<void> { co_await session->run(); }, asio::detached);
    return wire;
}

void Process::begin_telling() { courier_ = std::make_unique<dispatch::Courier>(courier_parts()); }

dispatch::CourierParts Process::courier_parts() {
    dispatch::CourierParts parts{
        .lookout = std::make_unique<dispatch::Lookout>(dispatch::LogView{
            store_, [] {}, [this](const Digest& bundle) { return engine_.rules().find(bundle); },
            &outside_.keys}),
        .setup = outside_.setup,
        .links = [this](auto purpose, const auto& notice, const auto& person,
                        Instant now) { return links_.link(purpose, notice, person, now); },
        .runtime = outside_.clocks,
        .submit = [this](auto submission,
                         auto done) { return submit(std::move(submission), std::move(done)); },
        .log_line = {}};
    parts.own_thread = false;
    parts.limits = limits_of(outside_.plant);
    parts.transport = [this](channels::HttpRequest request) {
        return network_.send(std::move(request));
    };
    parts.mail_transport = [this](const channels::SmtpRelay& relay, channels::Mail mail) {
        return network_.send_mail(relay, std::move(mail));
    };
    return parts;
}

bool Process::submit(runtime::Submission submission, runtime::CommandSink::Done done) {
    if (outside_.plant == ServicePlant::report_twice) {
        runtime::Submission again = submission;
        again.meta.id = CommandId{again.meta.id.str() + "/again"};
        loop_->submit(std::move(again), {});
    }
    return loop_->submit(std::move(submission), std::move(done));
}

void Process::step_courier() {
    if (courier_ == nullptr) return;
    courier_->wake();
    for (int steps = 0; steps < 50 && courier_->step(); ++steps) continue;
    require(courier_->fault().empty(), "the courier goes on: " + courier_->fault());
}

void Process::turn() {
    io_.restart();
    io_.poll();
    loop_->turn();
    step_courier();
    io_.poll();
    loop_->turn();
    feed_.wake();
    io_.poll();
    const Elapsed now = outside_.clocks.monotonic();
    network_.look_at(now);
    std::erase_if(sessions_, [](const auto& session) { return session.expired(); });
    for (const auto& each : sessions_)
        if (const auto session = each.lock()) session->look_at(now);
    io_.poll();
}

}  // namespace dutylog::simulation
