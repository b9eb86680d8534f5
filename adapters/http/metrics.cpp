#include "adapters/http/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace dutylog::http {

struct Metrics::Parts {
    prometheus::Registry registry;
    std::mutex mutex;
    std::vector<std::function<void()>> refreshes;
};

Metrics::Metrics() : parts_{std::make_unique<Parts>()} {}
Metrics::~Metrics() = default;

void Metrics::Counter::add(double amount) const { counter_->Increment(amount); }
void Metrics::Gauge::set(double value) const { gauge_->Set(value); }
void Metrics::Histogram::observe(double value) const { histogram_->Observe(value); }

Metrics::Counter Metrics::counter(const std::string& name, const std::string& help,
                                  const Labels& labels) {
    Counter made;
    made.counter_ =
        &prometheus::BuildCounter().Name(name).Help(help).Register(parts_->registry).Add(labels);
    return made;
}

Metrics::Gauge Metrics::gauge(const std::string& name, const std::string& help,
                              const Labels& labels) {
    Gauge made;
    made.gauge_ =
        &prometheus::BuildGauge().Name(name).Help(help).Register(parts_->registry).Add(labels);
    return made;
}

Metrics::Histogram Metrics::histogram(const std::string& name, const std::string& help,
                                      const std::vector<double>& bounds, const Labels& labels) {
    Histogram made;
    made.histogram_ = &prometheus::BuildHistogram()
                           .Name(name)
                           .Help(help)
                           .Register(parts_->registry)
                           .Add(labels, bounds);
    return made;
}

void Metrics::before_reading(std::function<void()> refresh) {
    const std::scoped_lock lock{parts_->mutex};
    parts_->refreshes.push_back(std::move(refresh));
}

std::string Metrics::text() {
    {
        const std::scoped_lock lock{parts_->mutex};
        for (const auto& refresh : parts_->refreshes) refresh();
    }
    return prometheus::TextSerializer{}.Serialize(parts_->registry.Collect());
}

void show(Metrics& metrics, const Counts& counts) {
    const auto total = [&](const char* name, const char* help,
                           const std::atomic<std::uint64_t>& count) {
        auto shown = std::make_shared<std::uint64_t>(0);
        metrics.before_reading([figure = metrics.counter(name, help), shown, &count] {
            const std::uint64_t now = count;
            figure.add(static_cast<double>(now - *shown));
            *shown = now;
        });
    };
    total("dutylog_http_connections_total", "Connections accepted.", counts.connections);
    total("dutylog_http_turned_away_total", "Connections beyond a limit.", counts.turned_away);
    total("dutylog_http_requests_total", "Requests that passed the gate.", counts.requests);
    total("dutylog_http_refusals_total", "Requests the gate refused.", counts.refusals);
    total("dutylog_http_timeouts_total", "Connections that kept us waiting.", counts.timeouts);
    total("dutylog_http_failures_total", "Requests on which the service failed.", counts.failures);
    const auto open = metrics.gauge("dutylog_http_open_connections", "Connections now.");
    metrics.before_reading([open, &counts] { open.set(static_cast<double>(counts.open)); });
}

namespace {

/// The figures of each operation, looked up once: a registry goes through all it has.
class AnswerFigures {
public:
    explicit AnswerFigures(Metrics& metrics) : metrics_{metrics} {}

    void add(const Route* route, unsigned status, Elapsed took) {
        const std::scoped_lock lock{mutex_};
        count_of(route, status).add();
        times_of(route).observe(static_cast<double>(took.micros) / 1e6);
    }

private:
    static std::string name_of(const Route* route) {
        return route == nullptr ? "none" : route->operation;
    }

    const Metrics::Counter& count_of(const Route* route, unsigned status) {
        const auto known = counts_.find({route, status});
        if (known != counts_.end()) return known->second;
        return counts_[{route, status}] = metrics_.counter(
                   "dutylog_http_answers_total", "Answers, by operation and status.",
                   {{"operation", name_of(route)}, {"status", std::to_string(status)}});
    }

    const Metrics::Histogram& times_of(const Route* route) {
        static const std::vector<double> bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                0.1,   0.25,   0.5,   1,    2.5,   10};
        const auto known = times_.find(route);
        if (known != times_.end()) return known->second;
        return times_[route] = metrics_.histogram("dutylog_http_answer_seconds",
                                                  "From the head of a request to its answer.",
                                                  bounds, {{"operation", name_of(route)}});
    }

    Metrics& metrics_;
    std::mutex mutex_;
    std::map<std::pair<const Route*, unsigned>, Metrics::Counter> counts_;
    std::map<const Route*, Metrics::Histogram> times_;
};

}  // namespace

std::function<void(const Route*, unsigned, Elapsed)> watch_answers(Metrics& metrics) {
    return [figures = std::make_shared<AnswerFigures>(metrics)](const Route* route, unsigned status,
                                                                Elapsed took) {
        figures->add(route, status, took);
    };
}

}  // namespace dutylog::http
