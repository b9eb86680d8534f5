#include "adapters/server/house_options.hpp"

#include <iterator>
#include <sstream>

namespace dutylog::server {

namespace {

http::ServerOptions server_options(const config::Config& config) {
    http::ServerOptions options;
    options.request.body_bytes_max = config.count("server.body_bytes_max");
    http::ConnectionLimits& limits = options.connection;
    limits.first_byte_time = config.time("server.first_byte_time");
    limits.head_time = config.time("server.head_time");
    limits.body_time = config.time("server.body_time");
    limits.idle_time = config.time("server.idle_time");
    limits.write_time = config.time("server.write_time");
    limits.connections_max = config.count("server.connections_max");
    limits.per_address_max = config.count("server.connections_per_address_max");
    return options;
}

std::set<std::string> words_of(const std::string& text) {
    std::istringstream words{text};
    return {std::istream_iterator<std::string>{words}, {}};
}

runtime::LoopLimits loop_limits(const config::Config& config) {
    return {.queue_max = config.count("loop.queue_max"),
            .batch_max = config.count("loop.batch_max"),
            .timers_per_turn = config.count("loop.timers_per_turn")};
}

/// What another part reads of its own section.
template <class Read>
auto section_of(const config::Config& config, const std::string& name, Read read) {
    std::vector<config::Problem> problems;
    config::TableReader reader{config.section(name), name, problems};
    auto found = read(reader);
    if (!problems.empty()) throw config::BadConfiguration{std::move(problems)};
    return found;
}

}  // namespace

std::vector<InboundOption> read_inbound(config::TableReader& section) {
    std::vector<InboundOption> systems;
    for (auto& [name, reader] : section.tables()) {
        systems.push_back({name, reader.needed_file("mapping"), reader.needed_file("secret_file")});
        reader.end();
    }
    return systems;
}

std::optional<dispatch::Setup> read_telling(const config::Config& config) {
    dispatch::Setup setup;
    std::vector<config::Problem> problems;
    for (const auto& [name, read] : telling_sections) {
        config::TableReader reader{config.section(name), name, problems};
        read(reader, setup);
    }
    if (!problems.empty()) throw config::BadConfiguration{std::move(problems)};
    if (setup.routes.empty()) return std::nullopt;
    return setup;
}

HouseOptions house_options(const config::Config& config, Language language) {
    const std::string& log = config.text("log.file");
    const std::string& tokens = config.text("tokens.file");
    const std::string& named = config.text("server.language");
    HouseOptions options;
    options.log = log;
    options.tokens = tokens.empty() ? log + ".tokens" : tokens;
    options.managers = words_of(config.text("tokens.managers"));
    options.base_url = config.text("links.base_url");
    options.inbound = section_of(config, "inbound", read_inbound);
    options.telling = read_telling(config);
    options.server = server_options(config);
    options.loop = loop_limits(config);
    options.questions_max = config.count("loop.questions_max");
    options.long_questions_max = config.count("loop.long_questions_max");
    options.language = named.empty() ? language : named == "en" ? Language::en : Language::zh_cn;
    return options;
}

}  // namespace dutylog::server
