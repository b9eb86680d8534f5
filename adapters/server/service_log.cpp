#include "adapters/server/service_log.hpp"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>

namespace dutylog::server {

namespace {

constexpr std::string_view names[] = {"debug", "info", "warn", "error"};
constexpr int priorities[] = {7, 6, 4, 3};  ///< of syslog

std::size_t index_of(LogLevel level) { return static_cast<std::size_t>(level); }

bool is_plain(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char letter) {
        return static_cast<unsigned char>(letter) > 0x20 && letter != 0x7f && letter != '"';
    });
}

/// Nothing in a value can end the line or pass for another field.
std::string quoted(std::string_view text) {
    if (is_plain(text)) return std::string{text};
    return boost::json::serialize(boost::json::string{text.data(), text.size()});
}

std::string time_of(Instant at) {
    std::string text = to_string(Instant{at.micros / 1'000 * 1'000});
    const std::size_t dot = text.find('.');
    const std::string digits = dot == std::string::npos ? "" : text.substr(dot + 1);
    text = text.substr(0, dot == std::string::npos ? text.size() - 1 : dot);
    return fmt::format("{}.{:0<3}Z", text,
                       digits.substr(0, digits.size() - (dot != std::string::npos)));
}

LogLevel level_of(std::string_view event) {
    if (event == "failed") return LogLevel::error;
    if (event == "read") return LogLevel::debug;
    const bool warns = event == "refused" || event == "gate_refused" || event == "not_sent" ||
                       event == "channel_off";
    return warns ? LogLevel::warn : LogLevel::info;
}

}  // namespace

struct ServiceLog::Sink {
    explicit Sink(std::ostream& out)
        : logger{"dutylog", std::make_shared<spdlog::sinks::ostream_sink_mt>(out, true)} {
        logger.set_pattern("%v", spdlog::pattern_time_type::utc);
        logger.set_level(spdlog::level::trace);
    }
    spdlog::logger logger;
};

ServiceLog::ServiceLog(LogLineOptions options, runtime::Runtime& clock, std::ostream& out)
    : options_{options}, clock_{clock}, sink_{std::make_unique<Sink>(out)} {}

ServiceLog::~ServiceLog() = default;

void ServiceLog::tell(LogLevel level, std::string_view event, const std::vector<Field>& fields) {
    if (level < options_.least) return;
    const std::string time = time_of(clock_.wall());
    const std::string_view name = names[index_of(level)];
    std::string text;
    if (options_.priorities) text = fmt::format("<{}>", priorities[index_of(level)]);
    if (options_.json) {
        boost::json::object object{
            {"time", time}, {"level", std::string{name}}, {"event", std::string{event}}};
        for (const auto& [key, value] : fields)
            object[boost::json::string_view{key.data(), key.size()}] = value;
        text += boost::json::serialize(object);
    } else {
        text += fmt::format("{} {} {}", time, name, event);
        for (const auto& [key, value] : fields) text += fmt::format(" {}={}", key, quoted(value));
    }
    sink_->logger.info(spdlog::string_view_t{text});
}

void ServiceLog::line(std::string_view text) {
    const std::string_view event = text.substr(0, text.find(' '));
    std::string_view rest = text.substr(std::min(text.size(), event.size() + 1));
    std::vector<Field> fields;
    while (!rest.empty()) {
        const std::size_t equals = rest.find('=');
        if (equals == std::string_view::npos || rest.find(' ') < equals) {
            fields.emplace_back("what", rest);
            break;
        }
        const std::string_view key = rest.substr(0, equals);
        rest.remove_prefix(equals + 1);
        const std::size_t end = key == "what" ? rest.size() : std::min(rest.find(' '), rest.size());
        fields.emplace_back(key, rest.substr(0, end));
        rest.remove_prefix(std::min(rest.size(), end + 1));
    }
    tell(level_of(event), event, fields);
}

LogLineOptions log_line_options(const config::Config& config) {
    LogLineOptions options;
    const auto found = std::ranges::find(names, config.text("log_lines.level"));
    options.least = static_cast<LogLevel>(found - std::begin(names));
    options.json = config.text("log_lines.format") == "json";
    options.priorities = std::getenv("JOURNAL_STREAM") != nullptr;
    return options;
}

}  // namespace dutylog::server
