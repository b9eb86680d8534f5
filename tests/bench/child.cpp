#include "tests/bench/child.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "tests/bench/service_figures.hpp"
#include "tests/bench/workshop.hpp"

namespace dutylog::bench {

std::vector<double> run_child(const std::string& name, bool quick, const std::string& environment,
                              const std::string& argument) {
    const std::string command =
        fmt::format("env {} '{}' --child {} {} --argument '{}'", environment,
                    std::filesystem::read_symlink("/proc/self/exe").string(), name,
                    quick ? "--quick" : "", argument);
    const std::unique_ptr<FILE, int (*)(FILE*)> output{popen(command.c_str(), "r"), pclose};
    if (!output) throw std::runtime_error{"cannot run " + command};
    std::vector<double> numbers;
    for (double number = 0; std::fscanf(output.get(), "%lf", &number) == 1;)
        numbers.push_back(number);
    if (numbers.empty()) throw std::runtime_error{command + " printed no number"};
    return numbers;
}

int be_child(const std::string& name, bool quick, const std::string& argument) {
    Workshop shop{quick};
    std::vector<double> numbers;
    if (name == "slow-syncs") numbers = slow_syncs_child(shop);
    if (name == "open") numbers = open_child(argument);
    if (name == "serve-overdue") numbers = serve_overdue_child(argument);
    if (name == "serve-at-rest") numbers = serve_at_rest_child(argument);
    if (name == "deadline-lag") numbers = deadline_lag_child(argument, quick);
    for (const double number : numbers) std::printf("%.9g\n", number);
    return numbers.empty() ? 1 : 0;
}

std::string slow_sync_environment() {
    return "LD_PRELOAD='" DUTYLOG_SYNC_SHIM "' DUTYLOG_SYNC_DELAY_US=1000";
}

}  // namespace dutylog::bench
