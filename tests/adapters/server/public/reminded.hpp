#pragma once

#include <chrono>

#include "adapters/sqlite/reader.hpp"
#include "engine/pdca/stored.hpp"
#include "tests/adapters/server/museum.hpp"

namespace dutylog::test {

/// A museum whose fans are due soon: mei was reminded, and after her work omar, who measures.
class Reminded : public Museum {
public:
    Reminded() {
        furnish();
        restart_at(24 * 79);  // the last week of May
        await_notice("the duty", "mei");
    }

    void restart_at(std::int64_t hour) {
        close();
        clock.move(hours(hour));
        open();
    }

    /// Lets mei do her step, and brings the day on which the next one is due.
    void serviced() {
        REQUIRE(order({{"command", "complete_step"},
                       {"by", "mei"},
                       {"duty", "fan-maintenance"},
                       {"of", "EF-07"},
                       {"step", "do.service"}},
                      "service")
                    .status == 200);
        restart_at(24 * 7 + 8);
        await_notice("check.speed", "omar");
    }

    /// Waits until somebody is told of a step, and keeps the notice's id.
    void await_notice(const std::string& step, const std::string& person) {
        for (int i = 0; i < 200; ++i) {
            const auto planned = events<pdca::NoticePlanned>();
            for (const pdca::NoticePlanned& each : planned)
                if (!each.to.empty() && each.to.front().person == person) {
                    notice = each.notice;
                    return;
                }
            std::this_thread::sleep_for(std::chrono::milliseconds{10});
        }
        FAIL("nobody was told of " << step);
    }

    template <class Event>
    std::vector<Event> events() const {
        sqlite::SqliteReader store{log};
        std::vector<Event> found;
        store.scan(1, [&](const log::StoredEvent& stored) {
            if (stored.envelope.type == Event::type)
                found.push_back(std::get<Event>(pdca::EventCodec::decode(
                    stored.envelope.type, stored.envelope.schema, stored.payload)));
            return true;
        });
        return found;
    }

    std::string path(notice::LinkPurpose purpose, const std::string& person) {
        const std::string url = house->links().link(purpose, notice, person, clock.wall());
        const std::string base = "https://duty.example.com";
        REQUIRE(url.starts_with(base));
        return url.substr(base.size());
    }
    std::string get(const std::string& path) const {
        RawClient client{port};
        client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nAccept-Language: en\r\n\r\n");
        return client.read_answer();
    }
    std::string post(const std::string& path, const std::string& form = "",
                     const std::string& type = "application/x-www-form-urlencoded") const {
        RawClient client{port};
        client.send("POST " + path +
                    " HTTP/1.1\r\nHost: a\r\nAccept-Language: en\r\nContent-Type: " + type +
                    "\r\nContent-Length: " + std::to_string(form.size()) + "\r\n\r\n" + form);
        return client.read_answer();
    }

    std::string notice;
};

}  // namespace dutylog::test
