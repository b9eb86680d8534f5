#include "tests/bench/service_figures.hpp"

#include <malloc.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "adapters/sqlite/store.hpp"
#include "tests/bench/child.hpp"
#include "tests/bench/employer.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/sample_logs.hpp"
#include "tests/bench/served.hpp"
#include "tests/bench/stopwatch.hpp"
#include "tests/bench/workshop.hpp"

namespace dutylog::bench {

namespace {

constexpr Elapsed downtime = hours(24 * 90);
constexpr double drained_seconds_max = 600;

/// `VmRSS`, `VmHWM` of this process in megabytes.
double memory_mb(const std::string& name) {
    std::ifstream status{"/proc/self/status"};
    for (std::string word; status >> word;)
        if (double kilobytes = 0; word == name + ":" && status >> kilobytes)
            return kilobytes / 1024;
    throw std::runtime_error{"no " + name + " in /proc/self/status"};
}

/// The numbers of the child that drains, of the last run; each of its figures shows one.
struct Drained {
    double seconds = 0;
    double answer_ms = 0;
    double memory_mb = 0;
};

Drained drain(Workshop& shop) {
    const std::string path = shop.new_file();
    write_promises(path, shop.amount(100'000, 100));
    const auto numbers = run_child("serve-overdue", shop.quick(), {}, path);
    remove_log(path);
    return {numbers.at(0), numbers.at(1), numbers.at(2)};
}

/// Drains once for the figures that stand beside each other.
const Drained& drained(Workshop& shop, bool anew) {
    static std::optional<Drained> last;
    if (anew || !last) last = drain(shop);
    return *last;
}

Sample at_rest(Workshop& shop) {
    return {run_child("serve-at-rest", shop.quick(), {}, many_short_duties(shop).path).at(0)};
}

}  // namespace

std::vector<double> serve_overdue_child(const std::string& path) {
    const Stopwatch watch;
    const Served served{path, monday + downtime};
    std::atomic<bool> ending{false};
    std::vector<double> times;
    std::thread client{[&] {
        while (!ending) {
            times.push_back(
                seconds_of([&] { (void)served.ask("/api/v1/duties/promise-kept/asset/a1"); }));
            std::this_thread::sleep_for(std::chrono::milliseconds{5});
        }
    }};
    const double before = served.metric("dutylog_log_events");
    do {
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
        if (watch.seconds() > drained_seconds_max) throw std::runtime_error{"never drained"};
    } while (served.metric("dutylog_timer_lag_seconds") > 0);
    const double took = watch.seconds();
    ending = true;
    client.join();
    if (served.metric("dutylog_log_events") < before || times.empty())
        throw std::runtime_error{"nothing was asked while it drained"};
    return {took, quantile(times, 0.99) * 1e3, memory_mb("VmHWM")};
}

std::vector<double> serve_at_rest_child(const std::string& path) {
    Instant last;
    {
        sqlite::SqliteStore store{path};
        last = store.last_recorded();
    }
    const Served served{path, last};
    (void)served.ask("/api/v1/duties?limit=1");
    std::this_thread::sleep_for(std::chrono::seconds{1});
    malloc_trim(0);
    const double memory = memory_mb("VmRSS");
    std::remove((path + ".tokens").c_str());
    std::remove((path + ".links").c_str());
    return {memory};
}

std::vector<Figure> service_figures() {
    const std::string work = "100,000 deadlines overdue after 90 days of downtime: ";
    return {{"overdue_100k_drained",
             "s",
             work + "from opening the log until each is on the record",
             "",
             "",
             {{Aim::Kind::at_most, 15}},
             [](Workshop& shop) { return Sample{drained(shop, true).seconds}; }},
            {"overdue_100k_answer",
             "ms",
             work + "99th percentile of a question over HTTP meanwhile",
             "",
             "",
             {{Aim::Kind::at_most, 250}},
             [](Workshop& shop) { return Sample{drained(shop, false).answer_ms}; }},
            {"overdue_100k_memory",
             "MB",
             work + "most memory of the service",
             "",
             "",
             {{Aim::Kind::at_most, 300}},
             [](Workshop& shop) { return Sample{drained(shop, false).memory_mb}; }},
            {"service_1m_resident",
             "MB",
             "memory of the service at rest over 1 million events of many short duties",
             "",
             "",
             {{Aim::Kind::at_most, 120}},
             at_rest}};
}

}  // namespace dutylog::bench
