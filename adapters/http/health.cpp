#include "adapters/http/health.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/http/router.hpp"

namespace dutylog::http {

namespace json = boost::json;

namespace {

Response readiness(const Health& health, Language language) {
    const auto faults = health.faults();
    if (faults.empty()) {
        Response ready = text_response(200, "application/json", R"({"ready":true})");
        return ready.set("Cache-Control", "no-store");
    }
    json::array list;
    for (const Health::Fault& fault : faults)
        list.push_back({{"part", fault.part}, {"why", fault.why.in(language)}});
    Problem not_ready = problem("not_ready", faults.front().why);
    not_ready.more["ready"] = false;
    not_ready.more["faults"] = std::move(list);
    return problem_response(not_ready, language);
}

Response plain(std::string body) {
    Response response = text_response(200, "text/plain; version=0.0.4", std::move(body));
    return response.set("Cache-Control", "no-store");
}

}  // namespace

void Health::add(std::string part, Check check) {
    const std::scoped_lock lock{mutex_};
    checks_.emplace_back(std::move(part), std::move(check));
}

std::vector<Health::Fault> Health::faults() const {
    const std::scoped_lock lock{mutex_};
    std::vector<Fault> faults;
    for (const auto& [part, check] : checks_)
        if (auto why = check()) faults.push_back({part, std::move(*why)});
    return faults;
}

RouteTable operating_routes(const Health& health, Metrics& metrics) {
    RouteTable table;
    table.push_back({.path = "/livez",
                     .operation = "livez",
                     .summary = {"进程是否在运行", "Whether the process answers"},
                     .response_type = "text/plain",
                     .handler = at_once([](const Call&) { return plain("ok\n"); })});
    table.push_back({.path = "/readyz",
                     .operation = "readyz",
                     .summary = {"服务是否就绪", "Whether the service does its work"},
                     .response_schema = "Readiness",
                     .problems = {"not_ready"},
                     .handler = at_once([&health](const Call& call) {
                         return readiness(health, call.language);
                     })});
    table.push_back(
        {.path = "/metrics",
         .operation = "metrics",
         .summary = {"运行指标（Prometheus 文本格式）", "Figures, as Prometheus reads them"},
         .response_type = "text/plain",
         .handler = at_once([&metrics](const Call&) { return plain(metrics.text()); })});
    return table;
}

}  // namespace dutylog::http
