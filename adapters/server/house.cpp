#include "adapters/server/house.hpp"

#include <fmt/format.h>

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

}  // namespace

House::House(HouseOptions options, runtime::Runtime& runtime)
    : options_{std::move(options)},
      runtime_{runtime},
      tokens_{options_.tokens},
      access_{tokens_, runtime,
              [this](const std::string& token, const std::string& operation) {
                  if (options_.log_line)
                      options_.log_line(fmt::format("refused operation={} token={}", operation,
                                                    token.empty() ? "-" : token));
              }},
      link_keys_{keys::LinkKeys::beside(options_.log)},
      links_{options_.base_url, link_keys_},
      inbound_{read_inbound_sources(options_.inbound)},
      cursors_{cursor_key(runtime)} {
    writer_ = std::make_unique<Writer>(
        options_.log, runtime,
        [this] {
            if (EventFeed* feed = woken_) feed->wake();
            if (Telling* telling = woken_telling_) telling->wake();
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
    reading_ = std::make_unique<Reading>(options_.log, runtime);
    queue_ =
        std::make_unique<http::WorkQueue>(options_.single_threaded ? 0 : 1, options_.questions_max);
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
    server_ = std::make_unique<http::Server>(*router_, network, options_.server);
    watch();
    woken_ = feed_.get();
    woken_telling_ = telling_.get();
}

House::~House() {
    drain({});
    woken_ = nullptr;
    woken_telling_ = nullptr;
    if (telling_) telling_->end();
    // Whoever still has a reply answers it or drops it while the server is there to take it.
    queue_.reset();
    writer_.reset();
    server_.reset();
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

http::RouteTable House::routes() {
    http::RouteTable table = http::operating_routes(health_, metrics_);
    const auto add = [&](http::RouteTable more) {
        for (http::Route& route : more) table.push_back(std::move(route));
    };
    const Desk desk{*queue_, *reading_, cursors_};
    add(duty_routes(desk));
    add(record_routes(desk));
    add(order_routes(*queue_, *reading_, *writer_, runtime_));
    add(token_routes(*queue_, tokens_, runtime_));
    add(feed_->routes());
    const PublicParts open{*queue_, *reading_, *writer_, runtime_, link_keys_, public_rate_};
    add(link_routes(open));
    add(calendar_routes(open, links_));
    add(inbound_routes(open, inbound_, inbound_rate_));
    add(inbox_routes(desk, *writer_, runtime_));
    if (options_.test_clock != nullptr)
        add(test_clock_routes(*queue_, *options_.test_clock, clock_followers()));
    http::ApiInfo info{.title = "Dutylog", .version = "1", .schemas = read_schemas()};
    for (auto& [name, schema] : order_schemas()) info.schemas[name] = std::move(schema);
    for (const auto& more : {public_schemas(), inbound_schemas(), inbox_schemas()})
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
    if (telling_) telling_->watch(health_, metrics_);
    const auto commands = metrics_.gauge("dutylog_queue_depth", "Commands that wait.");
    const auto questions = metrics_.gauge("dutylog_questions_waiting", "Questions that wait.");
    const auto head = metrics_.gauge("dutylog_log_events", "Events in the log.");
    const auto lag = metrics_.gauge("dutylog_timer_lag_seconds", "How late the next timer is.");
    metrics_.before_reading([this, commands, questions, head, lag] {
        const Writer::Figures now = writer_->figures();
        commands.set(static_cast<double>(now.waiting));
        questions.set(static_cast<double>(queue_->waiting()));
        head.set(static_cast<double>(now.head));
        lag.set(static_cast<double>(now.timer_lag.micros) / 1e6);
    });
}

}  // namespace dutylog::server
