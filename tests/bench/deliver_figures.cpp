#include <fmt/format.h>

#include <atomic>
#include <thread>

#include "adapters/clock/system_runtime.hpp"
#include "adapters/dispatch/courier.hpp"
#include "adapters/server/writer.hpp"
#include "adapters/sqlite/reader.hpp"
#include "tests/bench/employer.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/receiver.hpp"
#include "tests/bench/stopwatch.hpp"
#include "tests/bench/workshop.hpp"

namespace dutylog::bench {

namespace {

constexpr std::size_t connections = 64;

/// Runs as fast as the machine's clock, from a moment of the log on.
class LogClock final : public runtime::Runtime {
public:
    explicit LogClock(Instant start) : start_{start} {}
    Instant wall() override { return start_ + monotonic(); }
    Elapsed monotonic() override { return {system_.monotonic().micros - since_.micros}; }
    std::uint64_t random(std::string_view stream) override { return system_.random(stream); }

private:
    clock::SystemRuntime system_;
    Elapsed since_ = system_.monotonic();
    Instant start_;
};

std::string teller(std::uint64_t number) { return fmt::format("p{}", number); }

/// `people` who are told of the assets in turn, where it is not the principal who is told of all.
void share_out(runtime::Engine& engine, Employer& employer, std::uint64_t assets,
               std::uint64_t people) {
    std::vector<runtime::Submission> commands;
    for (std::uint64_t number = 0; number < people; ++number)
        commands.push_back(employer.worker(teller(number), monday));
    for (std::uint64_t asset = 1; asset <= assets; ++asset)
        commands.push_back(employer.principal_of(asset, teller(asset % people), monday));
    run_all(engine, commands, monday);
}

/// A log in which somebody is to be told of each of so many overdue promises.
/// @param people  who are told in turn; 1: the principal of all
/// @returns the time of its last event
Instant plan(const std::string& path, std::uint64_t count, std::uint64_t people) {
    sqlite::SqliteStore store{path};
    keys::KeyFile keys{keys::KeyFile::beside(path)};
    runtime::Engine engine{store, keys, {{bench_publication().bundle, bench_rules()}}};
    Employer employer;
    found(engine, employer, count, monday);
    if (people > 1) share_out(engine, employer, count, people);
    std::vector<runtime::Submission> promises;
    for (std::uint64_t asset = 1; asset <= count; ++asset)
        promises.push_back(employer.promise(asset, asset, monday));
    run_all(engine, promises, monday);
    const Instant told = monday + hours(14 * 24);
    while (engine.fire(told, 1'000) != 0) {
    }
    engine.save_snapshot();
    return told;
}

/// A receiver for each person, or one for everybody.
dispatch::Setup setup(const std::vector<std::uint16_t>& ports) {
    dispatch::Setup setup;
    setup.allowed.networks = {*notice::parse_ip_network("127.0.0.0/8")};
    setup.allowed.plain_hosts = {"127.0.0.1"};
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const std::string name = fmt::format("hook{}", i);
        setup.contacts.channels[name] = {.name = name, .at_once = true};
        if (ports.size() == 1) setup.contacts.channels[name].attempts_at_once = connections;
        setup.contacts.people[teller(i)].channels = {name};
        setup.routes[name] = channels::WebhookEndpoint{
            .url = notice::Secret{fmt::format("http://127.0.0.1:{}/{}", ports[i], name)},
            .secrets = {notice::WebhookSharedKey{Bytes(32, 7)}}};
    }
    setup.contacts.anybody.channels = {"hook0"};
    return setup;
}

double deliver(const std::string& path, Instant now, dispatch::Setup setup, std::uint64_t count) {
    LogClock clock{now};
    std::atomic<dispatch::Courier*> woken{nullptr};
    sqlite::SqliteReader store{path};
    runtime::PublishedRules rules{store};
    rules.keep(bench_publication().bundle, bench_rules());
    auto lookout = std::make_unique<dispatch::Lookout>(
        dispatch::LogView{store, [&store] { store.refresh(); },
                          [&rules](const Digest& bundle) { return rules.find(bundle); }, nullptr});
    std::unique_ptr<dispatch::Courier> courier;
    server::Writer writer{path, clock, [&woken] {
                              if (dispatch::Courier* one = woken) one->wake();
                          }};
    const Stopwatch watch;
    courier = std::make_unique<dispatch::Courier>(dispatch::CourierParts{
        .lookout = std::move(lookout),
        .setup = std::move(setup),
        .links = {},
        .runtime = clock,
        .submit =
            [&writer](runtime::Submission submission, runtime::CommandLoop::Done done) {
                return writer.submit(std::move(submission), std::move(done));
            },
        .log_line = {},
        .limits = {.attempts_max = connections}});
    woken = courier.get();
    for (;;) {
        const auto figures = courier->figures();
        if (!courier->fault().empty() || figures.failed > 0)
            throw std::runtime_error{"a delivery failed: " + courier->fault()};
        if (figures.sent >= count && figures.waiting == 0 && figures.unrecorded == 0) break;
        std::this_thread::sleep_for(std::chrono::microseconds{200});
    }
    const double seconds = watch.seconds();
    woken = nullptr;
    courier->end();
    return seconds;
}

Sample measure(Workshop& shop, std::size_t endpoints) {
    const std::uint64_t count = shop.amount(20'000, 100);
    const std::string paths[]{shop.new_file(), shop.new_file()};
    const FastReceiver receivers{endpoints};
    const Instant now = plan(paths[0], count, endpoints);
    const double ours = deliver(paths[0], now, setup(receivers.ports()), count);
    const double plain =
        post_plainly(receivers.ports(), std::string(500, 'x'), count, connections, paths[1]);
    for (const std::string& path : paths) remove_log(path);
    return {static_cast<double>(count) / ours, static_cast<double>(count) / plain};
}

Figure figure_for(std::string name, const std::string& receivers, std::size_t endpoints) {
    return {std::move(name),
            "deliveries/s",
            "signed webhooks to " + receivers +
                ", 64 on their way over kept connections, until each is on the record as sent and "
                "delivered",
            "a bare Beast client posting 500 bytes over kept connections, 64 on their way, each "
            "marked in plain SQLite",
            "",
            {{Aim::Kind::ratio_at_least, 0.5}},
            [=](Workshop& shop) { return measure(shop, endpoints); }};
}

}  // namespace

std::vector<Figure> deliver_figures() {
    return {figure_for("webhook_deliver", "one fast receiver", 1),
            figure_for("webhook_deliver_200", "200 fast receivers", 200)};
}

}  // namespace dutylog::bench
