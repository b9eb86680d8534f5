#include "tests/bench/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tests/bench/stopwatch.hpp"

namespace dutylog::bench {

namespace {

Spread spread_of(const std::vector<double>& values) {
    const auto [least, most] = std::ranges::minmax(values);
    return {quantile(values, 0.5), least, most};
}

template <class Part>
std::optional<Spread> spread_of(const std::vector<Sample>& samples, Part part) {
    std::vector<double> values;
    for (const Sample& sample : samples)
        if (const std::optional<double> value = part(sample)) values.push_back(*value);
    if (values.empty()) return std::nullopt;
    return spread_of(values);
}

std::optional<double> ratio_of(const Sample& sample) {
    if (!sample.yardstick) return std::nullopt;
    return sample.ours / *sample.yardstick;
}

bool met(const Aim& aim, const Result& result) {
    switch (aim.kind) {
        case Aim::Kind::ratio_at_least:
            return result.ratio && result.ratio->median >= aim.bound;
        case Aim::Kind::ratio_at_most:
            return result.ratio && result.ratio->median <= aim.bound;
        case Aim::Kind::at_least:
            return result.ours.median >= aim.bound;
        case Aim::Kind::at_most:
            break;
    }
    return result.ours.median <= aim.bound;
}

/// Three digits that count, thousands apart: `12,300`, `0.0123`.
std::string number_text(double value) {
    if (value == 0) return "0";
    const double step = std::pow(10, std::floor(std::log10(std::abs(value))) - 2);
    if (value < 1000) return fmt::format("{:.3g}", value);
    std::string text = fmt::format("{:.0f}", std::round(value / step) * step);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

std::string spread_text(const Spread& spread) {
    return fmt::format("{} ({}–{})", number_text(spread.median), number_text(spread.least),
                       number_text(spread.most));
}

std::string optional_text(const std::optional<Spread>& spread) {
    return spread ? spread_text(*spread) : "–";
}

std::string ratio_text(const Result& result) {
    return result.ratio ? fmt::format("{:.3g}", result.ratio->median) : "–";
}

std::string verdict(const Result& result) {
    if (result.figure->aims.empty()) return "no aim";
    return result.met ? "met" : "NOT met";
}

std::string aim_text(const Aim& aim, const std::string& unit) {
    switch (aim.kind) {
        case Aim::Kind::ratio_at_least:
            return fmt::format("≥ {} ×", aim.bound);
        case Aim::Kind::ratio_at_most:
            return fmt::format("≤ {} ×", aim.bound);
        case Aim::Kind::at_least:
            return fmt::format("≥ {} {}", number_text(aim.bound), unit);
        case Aim::Kind::at_most:
            break;
    }
    return fmt::format("≤ {} {}", number_text(aim.bound), unit);
}

boost::json::value json_of(const std::optional<Spread>& spread) {
    if (!spread) return nullptr;
    return {{"median", spread->median}, {"min", spread->least}, {"max", spread->most}};
}

boost::json::object json_of(const Result& result) {
    const Figure& figure = *result.figure;
    return {{"figure", figure.name},
            {"unit", figure.unit},
            {"work", figure.work},
            {"runs", result.runs},
            {"ours", json_of(std::optional{result.ours})},
            {"yardstick", json_of(result.yardstick)},
            {"yardstick_is", figure.yardstick},
            {"beside", json_of(result.beside)},
            {"beside_is", figure.beside},
            {"ratio", json_of(result.ratio)},
            {"aim", aims_text(figure)},
            {"met", result.met}};
}

}  // namespace

Result result_of(const Figure& figure, const std::vector<Sample>& samples) {
    Result result;
    result.figure = &figure;
    result.runs = samples.size();
    result.ours = *spread_of(samples, [](const Sample& s) { return std::optional{s.ours}; });
    result.yardstick = spread_of(samples, [](const Sample& s) { return s.yardstick; });
    result.beside = spread_of(samples, [](const Sample& s) { return s.beside; });
    result.ratio = spread_of(samples, ratio_of);
    for (const Aim& aim : figure.aims) result.met = result.met && met(aim, result);
    return result;
}

std::string aims_text(const Figure& figure) {
    std::string text;
    for (const Aim& aim : figure.aims)
        text += (text.empty() ? "" : ", ") + aim_text(aim, figure.unit);
    return text.empty() ? "–" : text;
}

std::string line_of(const Result& result) {
    std::string line = fmt::format("{:<30} ours {} {}", result.figure->name,
                                   spread_text(result.ours), result.figure->unit);
    if (result.yardstick)
        line += fmt::format(" | yardstick {} | ratio {}", spread_text(*result.yardstick),
                            ratio_text(result));
    if (result.beside)
        line += fmt::format(" | {} {}", result.figure->beside, spread_text(*result.beside));
    return line + fmt::format(" | aim {} | {}", aims_text(*result.figure), verdict(result));
}

std::string calibration_line(const Calibration& c) {
    return fmt::format(
        "calibration: fdatasync {:.0f} µs (p99 {:.0f}), SQLite scans {} rows/s, {} million rounds/s"
        " of arithmetic, SHA-256 {} MB/s",
        c.sync_us, c.sync_p99_us, number_text(c.scan_rows), number_text(c.arithmetic),
        number_text(c.sha256_mb));
}

std::string markdown_of(const std::vector<Result>& results) {
    std::string text =
        "| figure | unit | ours | yardstick | ratio | aim | met |\n|---|---|---|---|---|---|---|\n";
    for (const Result& result : results)
        text += fmt::format("| `{}` | {} | {} | {} | {} | {} | {} |\n", result.figure->name,
                            result.figure->unit, spread_text(result.ours),
                            optional_text(result.yardstick), ratio_text(result),
                            aims_text(*result.figure), verdict(result));
    return text;
}

boost::json::object json_of(const Calibration& c, const std::vector<Result>& results) {
    boost::json::array figures;
    for (const Result& result : results) figures.push_back(json_of(result));
    return {{"machine", machine_line()},
            {"calibration",
             {{"fdatasync_us", c.sync_us},
              {"fdatasync_p99_us", c.sync_p99_us},
              {"scan_rows_per_s", c.scan_rows},
              {"arithmetic_million_rounds_per_s", c.arithmetic},
              {"sha256_mb_per_s", c.sha256_mb}}},
            {"figures", std::move(figures)}};
}

}  // namespace dutylog::bench
