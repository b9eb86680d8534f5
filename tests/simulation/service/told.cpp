#include "tests/simulation/service/told.hpp"

#include <boost/json.hpp>

#include "engine/notice/message.hpp"
#include "engine/pdca/stored.hpp"

namespace dutylog::simulation {

namespace json = boost::json;
using pdca::NoticePlanned;

namespace {

json::object data_of(const Taken& taken) { return json::parse(taken.body).at("data").as_object(); }

}  // namespace

Plans::Plans(log::EventStore& store) {
    store.scan(1, [&](const log::StoredEvent& stored) {
        if (stored.envelope.type != NoticePlanned::type) return true;
        const auto event = std::get<NoticePlanned>(
            pdca::EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload));
        for (const pdca::Recipient& to : event.to) {
            const Told told{event.notice, to.person};
            plans_[told] = {stored.envelope.position, stored.envelope.recorded,
                            stored.envelope.stream};
            by_message_[notice::message_id(event.notice, to.person)] = told;
        }
        return true;
    });
}

std::vector<Told> Plans::told_by(const Taken& taken) const {
    std::vector<Told> told;
    if (taken.id.empty()) return told;
    if (taken.is_mail) {
        const auto found = by_message_.find(taken.id);
        if (found != by_message_.end()) told.push_back(found->second);
        return told;
    }
    const json::object data = data_of(taken);
    const auto add = [&](const json::object& each, const json::value& person) {
        told.emplace_back(json::value_to<std::string>(each.at("notice")),
                          json::value_to<std::string>(person));
    };
    if (const auto* all = data.if_contains("notices"))
        for (const json::value& each : all->as_array()) add(each.as_object(), data.at("person"));
    else if (data.contains("notice"))
        add(data, data.at("person"));
    return told;
}

bool is_digest(const Taken& taken) { return !taken.is_mail && data_of(taken).contains("notices"); }

std::string due_in(const Taken& taken) {
    if (taken.is_mail) {
        const std::size_t begin = taken.body.find("\r\nSubject:");
        std::size_t end = taken.body.find("\r\n", begin + 2);
        while (taken.body.compare(end, 3, "\r\n ") == 0) end = taken.body.find("\r\n", end + 2);
        return taken.body.substr(begin, end - begin);
    }
    const json::object data = data_of(taken);
    const auto* due = data.if_contains("due");
    return due == nullptr ? json::serialize(data) : json::value_to<std::string>(*due);
}

}  // namespace dutylog::simulation
