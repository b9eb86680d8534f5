#include "adapters/dispatch/channels_config.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "adapters/config/config.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace dutylog;
using namespace dutylog::dispatch;
using Lines = std::vector<std::string>;

namespace {

constexpr const char* secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";

/// A configuration with its files of secrets.
class Given {
public:
    explicit Given(std::string toml) : toml_{std::move(toml)} { with("hook.secret", secret); }

    Given& with(const std::string& name, const std::string& text, mode_t mode = 0600) {
        std::ofstream{folder_.file(name)} << text;
        chmod(folder_.file(name).c_str(), mode);
        return *this;
    }
    /// What is wrong with it, in order.
    Lines problems() {
        try {
            read();
        } catch (const config::BadConfiguration& bad) {
            Lines lines;
            for (const config::Problem& problem : bad.problems()) {
                CHECK_FALSE(problem.what.zh_cn.empty());
                CHECK_FALSE(problem.help.en.empty());
                lines.push_back(std::to_string(problem.place.line) + ": " + problem.what.en);
            }
            return lines;
        }
        return {};
    }
    Setup read() {
        Setup setup;
        std::ofstream{folder_.file("plant.toml")} << toml_;
        config::Sources sources;
        sources.file = folder_.file("plant.toml");
        const auto section = [&](const char* name, auto reads) {
            sources.sections.push_back(
                {name, [&setup, reads](config::TableReader& reader) { reads(reader, setup); }});
        };
        section("telling", read_telling);
        section("channels", read_channels);
        section("people", read_people);
        section("roles", read_roles);
        config::Config::read(sources);
        return setup;
    }

private:
    std::string toml_;
    test::TemporaryFolder folder_;
};

const std::string hook = R"([channels.hook]
kind = "webhook"
url = "https://receiver.example/duties"
secret_file = "hook.secret"
)";

bool has_problem(const Lines& problems, const std::string& words) {
    INFO(problems.size());
    for (const std::string& line : problems) {
        UNSCOPED_INFO(line);
        if (line.find(words) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("channels and people are read with what each needs", "[dispatch][config]") {
    const Setup setup = Given{hook + R"(owner = "ana"
[channels.post]
kind = "mail"
host = "mail.example"
from = "duty@plant.example"
[people.mei]
channels = ["hook", "post"]
language = "en"
slots = ["08:30", "15:00"]
quiet = []
mail = "mei@plant.example"
[people.mei.users]
hook = "u-1"
[roles.anybody]
channels = ["post"]
)"}
                            .read();
    CHECK(setup.contacts.channels.at("hook").at_once);
    CHECK(setup.contacts.channels.at("hook").owner == "ana");
    CHECK(setup.contacts.channels.at("post").order_by_person);
    CHECK(std::get<channels::WebhookEndpoint>(setup.routes.at("hook")).secrets.size() == 1);
    const auto& mail = std::get<MailRoute>(setup.routes.at("post"));
    CHECK(mail.relay.port == 587);
    CHECK(mail.sender.domain == "plant.example");
    const auto& mei = setup.contacts.of("mei", "OHM");
    CHECK(mei.channels == Lines{"hook", "post"});
    CHECK(mei.times.slots == std::vector<notice::MinuteOfDay>{8 * 60 + 30, 15 * 60});
    CHECK_FALSE(mei.times.quiet.has_value());
    CHECK(setup.addressee("mei").users.at("hook") == "u-1");
    CHECK(setup.contacts.of("zoe", "OHM").channels == Lines{"post"});
}

TEST_CASE("what is wrong with a channel or a person is told with its line", "[dispatch][config]") {
    struct Case {
        std::string toml;
        std::string problem;
    };
    const Case cases[] = {
        {"[channels.x]\nkind = \"pigeon\"\n", "2: channels.x.kind"},
        {"[channels.x]\nurl = \"https://a.example/\"\n", "kind"},
        {"[channels.x]\nkind = \"webhook\"\nurl = \"http://a.example/\"\nsecret_file = "
         "\"hook.secret\"\n",
         "3: "},
        {"[channels.x]\nkind = \"webhook\"\nurl = \"https://a.example/\"\nsecret_file = "
         "\"nothing\"\n",
         "cannot be read"},
        {"[channels.x]\nkind = \"webhook\"\nurl = \"https://a.example/\"\nsecret_file = "
         "\"open.secret\"\n",
         "chmod 600"},
        {"[channels.x]\nkind = \"webhook\"\nurl = \"https://a.example/\"\nsecret_file = "
         "\"bad.secret\"\n",
         "neither whsec_"},
        {"[channels.x]\nkind = \"mail\"\nhost = \"m\"\nfrom = \"Duty <duty@example>\"\n",
         "expected an address"},
        {hook + "colour = \"red\"\n", "5: there is no key `channels.hook.colour`"},
        {hook + "[people.mei]\nchannels = [\"hok\"]\n",
         "6: people.mei.channels: there is no channel `hok`"},
        {hook + "[people.mei]\nslots = [\"9:00\"]\n", "expected a time as 09:00"},
        {hook + "[people.mei]\nslots = [\"23:00\"]\n", "a slot lies in quiet hours"},
        {hook + "[people.mei]\nmail = \"mei\"\n", "expected an address"},
        {"[telling]\nnetworks = [\"everything\"]\n", "2: "},
    };
    for (const Case& each : cases) {
        INFO(each.toml);
        Given given{each.toml};
        given.with("open.secret", secret, 0644).with("bad.secret", "hunter2-hunter2\n");
        const Lines problems = given.problems();
        CHECK(has_problem(problems, each.problem));
        CHECK_FALSE(has_problem(problems, "hunter2"));
    }
}

TEST_CASE("a receiver inside is reached where the configuration says so", "[dispatch][config]") {
    const std::string inside = R"([telling]
networks = ["10.2.0.0/16"]
plain_hosts = ["hooks.plant.lan"]
[channels.x]
kind = "webhook"
url = "http://hooks.plant.lan/duties"
secret_file = "hook.secret"
)";
    CHECK(Given{inside}.problems().empty());
}
