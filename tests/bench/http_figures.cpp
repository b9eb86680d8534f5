#include <fmt/format.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>

#include "adapters/server/writer.hpp"
#include "adapters/sqlite/store.hpp"
#include "engine/log/derived_keys.hpp"
#include "tests/bench/employer.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/http_client.hpp"
#include "tests/bench/receiver.hpp"
#include "tests/bench/sample_logs.hpp"
#include "tests/bench/served.hpp"
#include "tests/bench/stopwatch.hpp"
#include "tests/bench/workshop.hpp"
#include "tests/bench/wrk.hpp"

namespace dutylog::bench {

namespace {

constexpr std::size_t connections = 64;

/// A log with so many assets of which nothing is known yet.
void make_assets(const std::string& path, std::uint64_t count) {
    sqlite::SqliteStore store{path};
    log::DerivedKeys keys{"bench"};
    runtime::Engine engine{store, keys, {{bench_publication().bundle, bench_rules()}}};
    Employer employer;
    found(engine, employer, count, monday);
    engine.save_snapshot();
    store.settle();
}

/// A fact that opens a duty, as the client sends it.
std::string order_request(const Served& served, std::uint64_t number) {
    const std::string body = fmt::format(
        R"({{"command":"record_fact","by":"omar","fact":"order","of":"asset/a{0}","value":{{"number":{0}}}}})",
        number + 1);
    return fmt::format(
        "POST /api/v1/commands HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {}\r\n"
        "Idempotency-Key: order-{}\r\nContent-Type: application/json\r\n"
        "Content-Length: {}\r\n\r\n{}",
        served.token(), number, body.size(), body);
}

/// The same commands straight to the writer, as many on their way.
class Straight {
public:
    Straight(server::Writer& writer, std::uint64_t count) : writer_{writer}, count_{count} {}

    double seconds() {
        return seconds_of([&] {
            for (std::size_t i = 0; i < connections; ++i) give();
            std::unique_lock lock{mutex_};
            done_.wait(lock, [&] { return answered_ == count_; });
        });
    }

private:
    std::optional<runtime::Submission> next() {
        const std::scoped_lock lock{mutex_};
        if (next_ == count_) return std::nullopt;
        ++next_;
        return employer_.order(next_, next_, monday);
    }

    void give() {
        auto command = next();
        if (!command) return;
        const bool taken =
            writer_.submit(std::move(*command), [this](const runtime::Answer& answer) {
                require_accepted(answer);
                give();
                const std::scoped_lock lock{mutex_};
                if (++answered_ == count_) done_.notify_one();
            });
        if (!taken) throw std::runtime_error{"the writer takes no more"};
    }

    server::Writer& writer_;
    std::uint64_t count_;
    Employer employer_{"straight"};
    std::mutex mutex_;
    std::uint64_t next_ = 0;
    std::condition_variable done_;
    std::uint64_t answered_ = 0;
};

Sample commands(Workshop& shop) {
    const std::uint64_t count = shop.amount(20'000, 100);
    const std::string paths[]{shop.new_file(), shop.new_file()};
    for (const std::string& path : paths) make_assets(path, count);
    double ours = 0, plain = 0;
    {
        const Served served{paths[0], monday};
        ours = ask_over(served.port(), connections, count,
                        [&](std::uint64_t number) { return order_request(served, number); });
    }
    {
        ClockOfThatDay clock{monday};
        server::Writer writer{paths[1], clock, {}};
        plain = Straight{writer, count}.seconds();
    }
    for (const std::string& path : paths) remove_log(path);
    const auto all = static_cast<double>(count);
    return {all / ours, all / plain};
}

/// One duty, again and again, from the service and from a bare server with the same answer.
struct Gets {
    Load ours;
    Load plain;
};

Gets get(Workshop& shop, unsigned clients) {
    const std::string path = "/api/v1/duties/promise-kept/asset/a77";
    const unsigned seconds = shop.quick() ? 1 : 4;
    const SampleLog log = waiting_duties(shop);
    const Served served{log.path, monday};
    const FastReceiver bare{1, served.ask(path)};
    Gets gets;
    gets.ours =
        wrk(served.port(), path, "Authorization: Bearer " + served.token(), clients, seconds);
    gets.plain = wrk(bare.ports().front(), path, {}, clients, seconds);
    return gets;
}

/// One run for the figures that stand beside each other.
const Gets& gets(Workshop& shop, unsigned clients, bool anew) {
    static std::map<unsigned, Gets> last;
    if (anew || !last.contains(clients)) last[clients] = get(shop, clients);
    return last[clients];
}

Figure get_figure(unsigned clients) {
    return {fmt::format("http_get c={}", clients),
            "requests/s",
            "one duty of 100,000 asked over HTTP, under wrk",
            "a bare Beast server answering the same bytes, under wrk",
            "",
            {{Aim::Kind::ratio_at_least, 0.5}},
            [=](Workshop& shop) -> Sample {
                const Gets& found = gets(shop, clients, true);
                return {found.ours.per_second, found.plain.per_second};
            }};
}

}  // namespace

std::vector<Figure> http_figures() {
    return {{"http_commands c=64",
             "commands/s",
             "facts that open a duty, over 64 kept connections, answered after their commit",
             "the same commands given to the writer without HTTP, 64 on their way",
             "",
             {{Aim::Kind::ratio_at_least, 0.6}},
             commands},
            get_figure(1),
            get_figure(64),
            {"http_get_p99 c=64",
             "ms",
             "99th percentile of the answers of `http_get c=64`",
             "that of the bare server",
             "",
             {{Aim::Kind::ratio_at_most, 3}},
             [](Workshop& shop) -> Sample {
                 const Gets& found = gets(shop, 64, false);
                 return {found.ours.p99_ms, found.plain.p99_ms};
             }}};
}

}  // namespace dutylog::bench
