#include "tests/bench/wrk.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace dutylog::bench {

namespace {

std::string output_of(const std::string& command) {
    const std::unique_ptr<FILE, int (*)(FILE*)> output{popen(command.c_str(), "r"), pclose};
    if (!output) throw std::runtime_error{"cannot run " + command};
    std::string all;
    std::array<char, 4096> piece{};
    while (const std::size_t count = std::fread(piece.data(), 1, piece.size(), output.get()))
        all.append(piece.data(), count);
    return all;
}

/// The text behind a word of the report.
const char* behind(const std::string& report, const std::string& word) {
    const auto at = report.find(word);
    if (at == std::string::npos) throw std::runtime_error{"wrk said no " + word + ": " + report};
    return report.c_str() + at + word.size();
}

/// `812.00us`, `1.23ms`, `1.01s`.
double milliseconds(const char* text) {
    char* unit = nullptr;
    const double number = std::strtod(text, &unit);
    if (*unit == 'u') return number / 1e3;
    return *unit == 's' ? number * 1e3 : number;
}

}  // namespace

Load wrk(std::uint16_t port, const std::string& path, const std::string& field,
         unsigned connections, unsigned seconds) {
    const std::string more = field.empty() ? "" : fmt::format("-H '{}' ", field);
    const std::string report =
        output_of(fmt::format("wrk -t1 -c{} -d{}s --latency {}http://127.0.0.1:{}{} 2>&1",
                              connections, seconds, more, port, path));
    if (report.find("Non-2xx") != std::string::npos)
        throw std::runtime_error{"not every answer is a success: " + report};
    return {std::strtod(behind(report, "Requests/sec:"), nullptr),
            milliseconds(behind(report, "99%"))};
}

}  // namespace dutylog::bench
