// The program behind `./dev bench`: figures of the engine beside their yardsticks.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "tests/bench/child.hpp"
#include "tests/bench/report.hpp"
#include "tests/bench/workshop.hpp"

namespace {

using namespace dutylog::bench;

struct Request {
    std::vector<std::string> only;
    std::size_t runs = 5;
    bool quick = false;
    bool list = false;
    bool markdown = false;
    std::string json;
    std::string keep;
    std::string child;
    std::string argument;
};

bool wanted(const Request& request, const Figure& figure) {
    if (request.only.empty()) return true;
    return std::ranges::any_of(request.only,
                               [&](const auto& name) { return figure.name.starts_with(name); });
}

std::vector<Figure> wanted_figures(const Request& request) {
    std::vector<Figure> figures = all_figures();
    std::erase_if(figures, [&](const Figure& figure) { return !wanted(request, figure); });
    return figures;
}

/// A figure that printed no number is a broken bench.
void require_numbers(const Figure& figure, const Sample& sample) {
    const bool numbers = std::isfinite(sample.ours) && sample.ours >= 0 &&
                         (!sample.yardstick || std::isfinite(*sample.yardstick)) &&
                         figure.yardstick.empty() == !sample.yardstick;
    if (!numbers) throw std::runtime_error{figure.name + " gave no number"};
}

Result measure(const Figure& figure, const Request& request, Workshop& shop) {
    std::vector<Sample> samples;
    while (samples.size() < request.runs) {
        samples.push_back(figure.run(shop));
        require_numbers(figure, samples.back());
    }
    return result_of(figure, samples);
}

void write_json(const std::string& path, const boost::json::object& json) {
    std::ofstream file{path};
    file << boost::json::serialize(json) << '\n';
    if (!file) throw std::runtime_error{"cannot write " + path};
}

int run(const Request& request) {
    const std::vector<Figure> figures = wanted_figures(request);
    if (figures.empty()) throw std::runtime_error{"no figure has that name; --list names them"};
    Workshop shop{request.quick, request.keep};
    const Calibration calibration = calibrate(shop);
    fmt::print("{}\n{}\nload average {:.2f}; medians of {} runs (least–most)\n", machine_line(),
               calibration_line(calibration), load_average(), request.runs);
    std::vector<Result> results;
    for (const Figure& figure : figures) {
        results.push_back(measure(figure, request, shop));
        fmt::print("{}\n", line_of(results.back()));
        std::fflush(stdout);
    }
    fmt::print("load average {:.2f} at the end\n", load_average());
    if (request.markdown) fmt::print("\n{}", markdown_of(results));
    if (!request.json.empty()) write_json(request.json, json_of(calibration, results));
    return 0;
}

int list(const Request& request) {
    for (const Figure& figure : wanted_figures(request))
        fmt::print("{:<30} {}; aim {}\n", figure.name, figure.work, aims_text(figure));
    return 0;
}

}  // namespace

int main(int count, char** words) {
    CLI::App app{"Measures the engine beside its yardsticks on this machine (docs/benchmarks.md)."};
    Request request;
    app.add_option("--only", request.only, "figures whose names begin so; may be repeated");
    app.add_option("--runs", request.runs, "runs of each figure")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    app.add_flag("--quick", request.quick, "so little work that the figures mean nothing");
    app.add_flag("--list", request.list, "name the figures and their aims");
    app.add_flag("--markdown", request.markdown, "print the table of docs/benchmarks.md as well");
    app.add_option("--json", request.json, "write everything to this file too");
    app.add_option("--keep", request.keep, "a folder that keeps the sample logs for the next run")
        ->check(CLI::ExistingDirectory);
    app.add_option("--child", request.child)->group("");
    app.add_option("--argument", request.argument)->group("");
    CLI11_PARSE(app, count, words);
    try {
        if (!request.child.empty()) return be_child(request.child, request.quick, request.argument);
        return request.list ? list(request) : run(request);
    } catch (const std::exception& error) {
        std::cerr << "bench: " << error.what() << '\n';
        return 1;
    }
}
