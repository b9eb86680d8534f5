#include "adapters/config/config.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "adapters/config/duration.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace dutylog;
using namespace dutylog::config;

namespace {

/// A file, an environment and flags, read together.
struct Given {
    std::string file{};
    std::map<std::string, std::string> environment{};
    std::vector<Flag> flags{};
    std::vector<std::string_view> needed{};
    std::vector<Section> sections{};
    std::shared_ptr<test::TemporaryFolder> folder = std::make_shared<test::TemporaryFolder>();

    std::string path() const { return folder->file("plant.toml"); }
    Sources sources() const {
        Sources sources{"", environment, flags, needed, sections};
        if (file.empty()) return sources;
        std::ofstream{path()} << file;
        sources.file = path();
        return sources;
    }
    Config read() const { return Config::read(sources()); }
    /// `plant.toml:2:8 what` of each problem; empty where there is none.
    std::vector<std::string> problems() const {
        std::vector<std::string> lines;
        try {
            read();
        } catch (const BadConfiguration& bad) {
            for (const Problem& problem : bad.problems()) {
                CHECK_FALSE(problem.help.en.empty());
                CHECK_FALSE(problem.help.zh_cn.empty());
                CHECK(problem.what.en != problem.what.zh_cn);
                std::string place = to_string(problem.place);
                if (place.starts_with(path())) place.replace(0, path().size(), "plant.toml");
                lines.push_back(place + " " + problem.what.en);
            }
        }
        return lines;
    }
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("the file outweighs defaults, the environment the file, and flags the environment",
          "[config]") {
    Given given;
    CHECK(given.read().number("server.port") == 8080);
    CHECK(given.read().at("server.port").source == Source::initial);

    given.file = "[log]\nfile = \"plant.db\"\n[server]\nport = 1\n";
    const Config from_file = given.read();
    CHECK(from_file.number("server.port") == 1);
    CHECK(from_file.at("server.port").source == Source::file);
    CHECK(to_string(from_file.at("server.port").place) == given.path() + ":4:8");

    given.environment["DUTYLOG_SERVER_PORT"] = "2";
    CHECK(given.read().number("server.port") == 2);
    CHECK(to_string(given.read().at("server.port").place) == "DUTYLOG_SERVER_PORT");

    given.flags.push_back({"server.port", "--port", "3"});
    CHECK(given.read().number("server.port") == 3);
    CHECK(to_string(given.read().at("server.port").place) == "--port");
    CHECK(given.problems().empty());
}

TEST_CASE("a file's name in the configuration counts from its folder, elsewhere it is as given",
          "[config]") {
    Given given{.file =
                    "[log]\nfile = \"data/plant.db\"\n[tls]\ncertificate = \"/etc/c.pem\"\n"
                    "key = \"../k.pem\"\n",
                .environment = {{"DUTYLOG_TOKENS_FILE", "plant.tokens"}}};
    const Config config = given.read();
    CHECK(config.text("log.file") == beside(given.path(), "data/plant.db"));
    CHECK(config.text("log.file").starts_with("/"));
    CHECK(config.text("tls.certificate") == "/etc/c.pem");
    CHECK(config.text("tls.key").find("..") == std::string::npos);
    CHECK(config.text("tokens.file") == "plant.tokens");
}

TEST_CASE(
    "every setting has a default that fits, a variable of its own and words in both languages",
    "[config]") {
    std::set<std::string> variables;
    for (const Setting& setting : settings()) {
        INFO(setting.key);
        CHECK(variables.insert(variable_of(setting)).second);
        CHECK_FALSE(setting.meaning.en.empty());
        CHECK_FALSE(setting.meaning.zh_cn.empty());
        if (!setting.initial.empty())
            CHECK(fit(setting.shape, std::string{setting.initial}).has_value());
    }
    CHECK(variables.contains("DUTYLOG_LOG"));
}

TEST_CASE("each mistake is told with its place, what was expected and what was found", "[config]") {
    struct Row {
        std::string file;
        std::string problem;
    };
    const Row rows[] = {
        {"[server]\nport = 70000\n",
         "plant.toml:2:8 server.port: expected a whole number from 0 to 65535, found `70000`"},
        {"[server]\nport = -1\n",
         "plant.toml:2:8 server.port: expected a whole number from 0 to 65535, found `-1`"},
        {"[server]\nport = \"8080\"\n",
         "plant.toml:2:8 server.port: expected a whole number from 0 to 65535, found a text in "
         "quotes"},
        {"[server]\nport = 80.5\n",
         "plant.toml:2:8 server.port: expected a whole number from 0 to 65535, found a number with "
         "a fraction, a date or a time"},
        {"[server]\nport = [80]\n",
         "plant.toml:2:8 server.port: expected a whole number from 0 to 65535, found a list"},
        {"[server]\naddress = \"plant.example\"\n",
         "plant.toml:2:11 server.address: expected an IPv4 or IPv6 address, in quotes, found "
         "`plant.example`"},
        {"[server]\nidle_time = 60\n",
         "plant.toml:2:13 server.idle_time: expected a time such as \"30 s\", from 100 ms to 1 h, "
         "found a whole number"},
        {"[server]\nidle_time = \"2 h\"\n",
         "plant.toml:2:13 server.idle_time: expected a time such as \"30 s\", from 100 ms to 1 h, "
         "found `2 h`"},
        {"[log_lines]\nlevel = \"loud\"\n",
         "plant.toml:2:9 log_lines.level: expected one of \"debug\", \"info\", \"warn\", "
         "\"error\", found `loud`"},
        {"[server]\nprot = 8080\n", "plant.toml:2:1 there is no key `server.prot`"},
        {"[sever]\nport = 8080\n", "plant.toml:1:2 there is no key `sever`"},
        {"port = 8080\n", "plant.toml:1:1 there is no key `port`"},
        {"server = 8080\n", "plant.toml:1:10 server: expected a table, found a single value"},
        {"[log]\nfile = \"a\\nb\"\n",
         "plant.toml:2:8 log.file: expected the name of a file, in quotes, found a text with a "
         "line break or another control character"},
        {"[tls]\ncertificate = \"c.pem\"\n",
         "plant.toml:2:15 tls.certificate is given without tls.key"},
        {"[tls]\nkey = \"k.pem\"\n", "plant.toml:2:7 tls.key is given without tls.certificate"},
    };
    for (const Row& row : rows) {
        INFO(row.file);
        CHECK(Given{.file = row.file}.problems() == Lines{row.problem});
    }
}

TEST_CASE("all problems of all sources are told in one run, in the order of their places",
          "[config]") {
    const Given given{.file =
                          "[server]\nport = 70000\nidle_time = 5\nprot = 1\n[loop]\nbatch_max "
                          "= 0\n",
                      .environment = {{"DUTYLOG_LOOP_QUEUE_MAX", "many"},
                                      {"DUTYLOG_SERVER_PROT", "1"},
                                      {"DUTYLOG_SYNCHRONOUS", "full"}},
                      .flags = {{"server.potr", "--set", "1"}},
                      .needed = {"log.file"}};
    CHECK(
        given.problems() ==
        Lines{"--set there is no setting `server.potr`", "plant.toml log.file must be given",
              "plant.toml:2:8 server.port: expected a whole number from 0 to 65535, found `70000`",
              "plant.toml:3:13 server.idle_time: expected a time such as \"30 s\", from 100 ms to "
              "1 h, found a whole number",
              "plant.toml:4:1 there is no key `server.prot`",
              "plant.toml:6:13 loop.batch_max: expected a whole number from 1 to 100000, found "
              "`0`",
              "DUTYLOG_LOOP_QUEUE_MAX loop.queue_max: expected a whole number from 1 to 1000000, "
              "found `many`",
              "DUTYLOG_SERVER_PROT there is no setting for DUTYLOG_SERVER_PROT"});
}

TEST_CASE("a section of another part is handed to it, and its problems are told with the others",
          "[config]") {
    Given given{.file = "[server]\nport = 70000\n[channels.mail]\nhost = \"mail\"\nprot = 25\n"};
    std::string host;
    given.sections.push_back({"channels", [&](TableReader& channels) {
                                  for (auto& [name, reader] : channels.tables()) {
                                      host = name + " " + reader.needed("host");
                                      reader.whole("port", 587, 1, 65'535);
                                      reader.end();
                                  }
                                  channels.end();
                              }});
    CHECK(
        given.problems() ==
        Lines{"plant.toml:2:8 server.port: expected a whole number from 0 to 65535, found `70000`",
              "plant.toml:5:1 there is no key `channels.mail.prot`"});
    CHECK(host == "mail mail");
}

TEST_CASE("a file that is missing or no file is told as a problem of its own", "[config]") {
    for (const std::string path : {"/does/not/exist.toml", "/"}) {
        INFO(path);
        CHECK_THROWS_AS(Config::read({.file = path}), BadConfiguration);
    }
}

TEST_CASE("the annotated example loads, names every setting, and says what the defaults say",
          "[config][documents]") {
    const std::string path = DUTYLOG_SOURCE_DIR "/docs/dutylog.example.toml";
    Sources sources{.file = path};
    const Config example = Config::read(sources);
    const Config plain = Config::read({});
    std::ifstream in{path};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    for (const Value& value : plain.values()) {
        const std::string key{value.setting->key};
        const std::string name = key.substr(key.find('.') + 1);
        INFO(key);
        CHECK(text.find(name + " = ") != std::string::npos);
        if (!value.setting->initial.empty()) CHECK(example.text(key) == value.fitting.text);
    }
}

TEST_CASE("times are read and written in the units people use", "[config]") {
    struct Row {
        std::string text;
        std::int64_t micros;
        std::string shown;
    };
    const Row rows[] = {{"250 ms", 250'000, "250 ms"},   {"30s", 30'000'000, "30 s"},
                        {"5 min", 300'000'000, "5 min"}, {"120 s", 120'000'000, "2 min"},
                        {"24 h", 86'400'000'000, "1 d"}, {"0 s", 0, "0 s"}};
    for (const Row& row : rows) {
        INFO(row.text);
        const auto time = parse_duration(row.text);
        REQUIRE(time);
        CHECK(time->micros == row.micros);
        CHECK(to_text(*time) == row.shown);
    }
    for (const std::string text :
         {"", "s", "30", "30 sec", "-5 s", "1.5 h", "30  s", "99999999 d", "9999999999999999999 s"})
        CHECK_FALSE(parse_duration(text));
}
