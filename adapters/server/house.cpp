#include "adapters/server/house.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "adapters/http/openapi.hpp"
#include "adapters/server/inbox_routes.hpp"
#include "adapters/server/public/calendar.hpp"
#include "adapters/server/reads.hpp"

namespace dutylog::server {

namespace {

/// Marks of pages are good for as long as the process runs.
Bytes cursor_key(runtime::Runtime& runtime) {
    Bytes key;
    for (int i = 0; i < 4; ++i) {
        const std::uint64_t word = runtime.random("cursor");
        for (unsigned byte = 0; byte < 8; ++byte)
            key.push_back(static_cast<std::uint8_t>(word >> (8 * byte)));
    }
    return key;
}

/// Answers to questions are many and mostly dull: theirs is another word, so that they can be left
/// out.
std::string answer_line(const http::Answered& answer) {
    const bool asks = answer.route != nullptr && (answer.route->method == http::Method::get ||
                                                  answer.route->method == http::Method::head);
    return fmt::format("{} request={} operation={} status={} ms={}",
                       asks && answer.status < 400 ? "read" : "answered", answer.id,
                       answer.route == nullptr ? "-" : answer.route->operation, answer.status,
                       answer.took.micros / 1'000);
}

/// The writer's turns as `/metrics` shows them.
std::function<void(const Writer::Turn&)> watch_turns(http::Metrics& metrics) {
    const auto sizes = metrics.histogram("dutylog_batch_commands", "Commands of one commit.",
                                         {1, 2, 4, 8, 16, 32, 64, 128, 256});
    const auto times = metrics.histogram(
        "dutylog_commit_seconds", "From taking a batch of commands to its durable commit.",
        {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5});
    return [sizes, times](const Writer::Turn& turn) {
        if (turn.commands == 0) return;  // timers alone
        sizes.observe(static_cast<double>(turn.commands));
        times.observe(static_cast<double>(turn.took.micros) / 1e6);
    };
}

}  // namespace

House::House(HouseOptions options, runtime::Runtime& runtime)
    : options_{std::move(options)},
      runtime_{runtime},
      tokens_{options_.tokens},
      access_{tokens_, runtime,
              [this](const std::string& token, const std::string& operation) {
                  audit_->refused(token, operation);
              }},
      link_keys_{keys::LinkKeys::beside(options_.log)},
      links_{options_.base_url, link_keys_},
      inbound_{read_inbound_sources(options_.inbound)},
      cursors_{cursor_key(runtime)},
      refusal_lines_{options_.log_line, runtime} {
    writer_ = std::make_unique<Writer>(
        options_.log, runtime,
        [this] {
            const std::scoped_lock lock{waking_};
            if (woken_ != nullptr) {
                woken_->wake();
                audit_->record_due();
                refusal_lines_.tell_due();
                count_overdue();
            }
            if (woken_telling_ != nullptr) woken_telling_->wake();
        },
        options_.loop,
        Writer::Manner{
            .thread = options_.single_threaded ? Writer::Thread::callers : Writer::Thread::own,
            .without_keys = options_.without_keys});
    if (options_.telling)
        telling_ =
            std::make_unique<Telling>(TellingOptions{options_.log, std::move(*options_.telling),
                                                     options_.log_line, !options_.single_threaded},
                                      links_, *writer_, runtime);
    reading_ = std::make_unique<Reading>(
        options_.log, runtime, ReadingOptions{.managers = options_.managers, .committed = [this] {
                                                  return writer_->committed();
                                              }});
    queue_ =
        std::make_unique<http::WorkQueue>(options_.single_threaded ? 0 : 1, options_.questions_max);
    audit_ = std::make_unique<Audit>(
        *writer_, tokens_, runtime, [this](const std::string& token, const std::string& operation) {
            if (options_.log_line)
                options_.log_line(fmt::format("refused operation={} token={}", operation,
                                              token.empty() ? "-" : token));
        });
    desk_ = std::make_unique<Desk>(
        Desk{*queue_, *reading_, *writer_, cursors_, runtime_, *audit_, proposals_});
    aside_ = std::make_unique<Aside>(
        *desk_, runtime,
        AsideOptions{.threads = options_.single_threaded ? std::size_t{0} : 1,
                     .waiting_max = options_.long_questions_max,
                     .reading = {.managers = options_.managers}});
    feed_ = std::make_unique<EventFeed>(*queue_, *reading_);
    http::RouterOptions told{
        .language = options_.language,
        .seen = http::watch_answers(metrics_),
        .failed = [this](const http::Route& route, std::string_view id, std::string_view what) {
            if (options_.log_line)
                options_.log_line(fmt::format("failed request={} operation={} what={}", id,
                                              route.operation, what));
        }};
    told.answered = [this](const http::Answered& answer) {
        if (options_.log_line) options_.log_line(answer_line(answer));
    };
    runtime::Runtime& network = options_.network == nullptr ? runtime : *options_.network;
    router_ = std::make_unique<http::Router>(routes(), access_, network, std::move(told));
    if (!options_.server.refusal)
        options_.server.refusal = [language = options_.language](const http::Refusal& refusal) {
            return http::problem_response(http::problem_of(refusal), language);
        };
    options_.server.refusal = [this, answer = options_.server.refusal](const http::Refusal& why) {
        refusal_lines_.note(why);
        return answer(why);
    };
    server_ = std::make_unique<http::Server>(*router_, network, options_.server);
    watch();
    const std::scoped_lock lock{waking_};
    woken_ = feed_.get();
    woken_telling_ = telling_.get();
}

House::~House() {
    drain({});
    {
        const std::scoped_lock lock{waking_};
        woken_ = nullptr;
        woken_telling_ = nullptr;
    }
    audit_->record_due(true);
    refusal_lines_.tell_due(true);
    if (telling_) telling_->end();
    // Whoever still has a reply answers it or drops it while the server is there to take it.
    queue_.reset();
    aside_.reset();
    writer_.reset();
    server_.reset();
}

/// Once a minute, on the reading thread.
void House::count_overdue() {
    const Instant now = runtime_.wall();
    if (counted_ && now >= *counted_ && now - *counted_ < seconds(60)) return;
    http::WorkQueue::Task task = [this, now] { overdue_.count(reading_->now(), now); };
    if (queue_->post(task)) counted_ = now;
}

std::optional<std::string> House::first_token() {
    if (!tokens_.empty()) return {};
    Token token;
    token.person = "administrator";
    token.may = {std::begin(permissions), std::end(permissions)};
    return tokens_.make(std::move(token), runtime_);
}

bool House::step() {
    const bool served = server_->poll();
    const bool written = writer_->step();
    const bool told = telling_ && telling_->step();
    return served || written || told;
}

void House::drain(Elapsed grace) {
    feed_->end();
    server_->drain(grace);
}

http::RouteTable House::questions(const Desk& desk) {
    http::RouteTable table;
    for (http::RouteTable& more :
         std::array{duty_routes(desk), record_routes(desk), work_routes(desk), subject_routes(desk),
                    supposing_routes(desk), rules_routes(desk), table_routes(desk),
                    publishing_routes(desk), import_routes(desk)})
        std::ranges::move(more, std::back_inserter(table));
    return table;
}

http::RouteTable House::routes() {
    http::RouteTable table = http::operating_routes(health_, metrics_);
    const auto add = [&](http::RouteTable more) {
        for (http::Route& route : more) table.push_back(std::move(route));
    };
    add(with_aside(questions(*desk_), questions(aside_->desk())));
    add(order_routes(*desk_));
    add(shaped_order_routes(*desk_));
    add(token_routes(*queue_, tokens_, runtime_));
    add(feed_->routes(*desk_));
    const PublicParts open{*queue_, *reading_, *writer_, runtime_, link_keys_, public_rate_};
    add(link_routes(open));
    add(calendar_routes(open, links_));
    add(inbound_routes(open, inbound_, inbound_rate_));
    add(inbox_routes(*desk_));
    if (options_.test_clock != nullptr)
        add(test_clock_routes(*queue_, *options_.test_clock, clock_followers()));
    http::ApiInfo info{.title = "Dutylog", .version = "1", .schemas = read_schemas()};
    for (auto& [name, schema] : order_schemas()) info.schemas[name] = std::move(schema);
    for (const auto& more : {rules_schemas(), public_schemas(), inbound_schemas(), inbox_schemas()})
        for (const auto& [name, schema] : more) info.schemas[name] = schema;
    if (options_.test_clock != nullptr)
        for (const auto& [name, schema] : test_clock_schemas()) info.schemas[name] = schema;
    http::Route description = http::openapi_route({});
    table.push_back(description);  // so that it describes itself
    table.back() = http::openapi_route(http::openapi(table, info));
    return table;
}

ClockFollowers House::clock_followers() {
    return {.wake =
                [this] {
                    writer_->wake();
                    if (telling_) telling_->wake();
                },
            .settled =
                [this](Instant now) {
                    const Writer::Figures figures = writer_->figures();
                    const bool fired = figures.looked_at >= now && figures.waiting == 0 &&
                                       figures.timer_lag == Elapsed{} &&
                                       (!figures.next_timer || *figures.next_timer > now);
                    return !writer_->fault().empty() ||
                           (fired && (!telling_ || telling_->idle(now, figures.head)));
                },
            .next = [this]() -> std::optional<Instant> {
                std::optional<Instant> next = writer_->figures().next_timer;
                const auto told = telling_ ? telling_->next() : std::nullopt;
                if (told && (!next || *told < *next)) next = told;
                return next;
            }};
}

/// Those that take long beside the others, which are quick.
void House::watch_questions() {
    struct Gauges {
        http::Metrics::Gauge waiting;
        http::Metrics::Gauge under_way;
    };
    const auto gauges = [this](const char* kind) {
        return Gauges{
            metrics_.gauge("dutylog_questions_waiting", "Questions that wait.", {{"kind", kind}}),
            metrics_.gauge("dutylog_questions_under_way", "Questions that are being answered.",
                           {{"kind", kind}})};
    };
    metrics_.before_reading([this, quick = gauges("quick"), takes_long = gauges("long")] {
        quick.waiting.set(static_cast<double>(queue_->waiting()));
        quick.under_way.set(static_cast<double>(queue_->under_way()));
        takes_long.waiting.set(static_cast<double>(aside_->waiting()));
        takes_long.under_way.set(static_cast<double>(aside_->under_way()));
    });
}

/// What `/readyz` and `/metrics` ask of the parts.
void House::watch() {
    health_.add("writer", [this]() -> std::optional<Text> {
        const std::string fault = writer_->fault();
        if (fault.empty()) return {};
        return Text{"写入已停止：" + fault, "The writer has stopped: " + fault};
    });
    health_.add("clock", [this]() -> std::optional<Text> {
        if (!writer_->figures().timers_held) return {};
        return Text{"时钟跳变过大，定时已暂停；请以 decide_clock 确认或否定",
                    "The clock jumped too far and deadlines wait; confirm or reject it with "
                    "decide_clock"};
    });
    health_.add("server", [this]() -> std::optional<Text> {
        if (!server_->is_draining()) return {};
        return Text{"服务正在停止", "The service is about to stop"};
    });
    http::show(metrics_, server_->counts());
    watch_questions();
    overdue_.show(metrics_);
    writer_->watch(watch_turns(metrics_));
    if (telling_) telling_->watch(health_, metrics_);
    const auto commands = metrics_.gauge("dutylog_queue_depth", "Commands that wait.");
    const auto head = metrics_.gauge("dutylog_log_events", "Events in the log.");
    const auto lag = metrics_.gauge("dutylog_timer_lag_seconds", "How late the next timer is.");
    metrics_.before_reading([this, commands, head, lag] {
        const Writer::Figures now = writer_->figures();
        commands.set(static_cast<double>(now.waiting));
        head.set(static_cast<double>(now.head));
        lag.set(static_cast<double>(now.timer_lag.micros) / 1e6);
    });
}

}  // namespace dutylog::server
