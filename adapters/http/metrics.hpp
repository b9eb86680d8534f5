#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/http/counts.hpp"
#include "adapters/http/route.hpp"

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace dutylog::http {

using Labels = std::map<std::string, std::string>;

/// What `/metrics` shows. A figure is made once, by name and labels, and kept by whoever counts;
/// asking again for the same gives the same. Any thread may call any member.
class Metrics {
public:
    class Counter {
    public:
        void add(double amount = 1) const;

    private:
        friend Metrics;
        prometheus::Counter* counter_ = nullptr;
    };
    class Gauge {
    public:
        void set(double value) const;

    private:
        friend Metrics;
        prometheus::Gauge* gauge_ = nullptr;
    };
    class Histogram {
    public:
        void observe(double value) const;

    private:
        friend Metrics;
        prometheus::Histogram* histogram_ = nullptr;
    };

    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    Counter counter(const std::string& name, const std::string& help, const Labels& labels = {});
    Gauge gauge(const std::string& name, const std::string& help, const Labels& labels = {});
    /// @param bounds  upper bounds of the buckets, rising; the same for all labels of a name
    Histogram histogram(const std::string& name, const std::string& help,
                        const std::vector<double>& bounds, const Labels& labels = {});

    /// `refresh` is called before each reading, to set gauges that nobody keeps up to date.
    void before_reading(std::function<void()> refresh);
    /// The text form of Prometheus, version 0.0.4.
    std::string text();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// Shows what a server counts. @param counts  outlive the metrics
void show(Metrics& metrics, const Counts& counts);

/// For `RouterOptions::seen`: answers and their times, by operation and status.
std::function<void(const Route*, unsigned, Elapsed)> watch_answers(Metrics& metrics);

}  // namespace dutylog::http
