#include <algorithm>
#include <boost/json/array.hpp>
#include <memory>

#include "adapters/cli/event_lines.hpp"
#include "adapters/server/event_page.hpp"
#include "adapters/server/paging.hpp"
#include "adapters/server/reads.hpp"
#include "engine/history/questions.hpp"
#include "engine/pdca/stored.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::Reply;
using http::Route;

namespace {

/// Breaches about a subject (empty: all) that the caller may know of.
json::array breaches_within(const pdca::World& world, const Reference& about,
                            const TokenCaller& caller) {
    json::array found;
    for (const json::value& entry : history::first_missed(world)) {
        const std::string of{entry.at("of").as_string()};
        const bool known = std::ranges::any_of(world.subjects, [&](const auto& subject) {
            return subject.first.id == of &&
                   (about.empty() || world.inside(subject.first, about)) &&
                   caller.reaches(world, subject.first);
        });
        if (known) found.push_back(entry);
    }
    return found;
}

Route first_missed(const Desk& desk) {
    auto answer = [&desk](const Call& call) -> json::object {
        const Asked asked = desk.reading.asked(call);
        const Reference about = subject_parameter(call, *asked.world, "of");
        return {{"cut", asked.cut},
                {"breaches", breaches_within(*asked.world, about, caller_of(call))}};
    };
    return route_of(
        desk,
        Question{.path = "/first-missed",
                 .operation = "first_missed",
                 .summary = {"最先错过的期限：全部违规，按应履行时间排序",
                             "Which deadline was missed first: every breach, in the order they "
                             "were due"},
                 .permission = "investigate",
                 .parameters = with_clocks({about_parameter()}),
                 .schema = "Breaches",
                 .answer = std::move(answer)});
}

Route events_route(const Desk& desk, Question question, EventWanted wanted) {
    question.permission = "investigate";
    std::vector<http::Parameter> parameters{about_parameter()};
    for (http::Parameter& each : question.parameters) parameters.push_back(std::move(each));
    parameters.push_back(limit_parameter());
    parameters.push_back(cursor_parameter());
    question.parameters = with_record_clocks(std::move(parameters));
    question.schema = "Timeline";
    question.problems = {"bad_cursor"};
    Route route = route_of(desk, std::move(question));
    route.handler = on_reading_thread(
        desk, route.permission,
        [&desk, wanted = std::move(wanted)](const Call& call, const std::shared_ptr<Reply>& reply) {
            answer_event_page(desk, call, reply, wanted);
        });
    return route;
}

Route timeline(const Desk& desk) {
    return events_route(
        desk,
        {.path = "/timeline",
         .operation = "timeline",
         .summary = {"按记录先后列出经过", "What happened, in the order it was recorded"},
         .parameters = {{.name = "stream",
                         .meaning = {"只列该流", "Only this stream, such as that of a duty."}},
                        {.name = "type",
                         .meaning = {"只列该类事件", "Only events of this type."}}}},
        [](const Call& call, const log::StoredEvent& stored) {
            const std::string& stream = call.parameter("stream");
            const std::string& type = call.parameter("type");
            return (stream.empty() || stored.envelope.stream.str() == stream) &&
                   (type.empty() || stored.envelope.type == type);
        });
}

Route list_all_deliveries(const Desk& desk) {
    return events_route(
        desk,
        {.path = "/deliveries",
         .operation = "list_all_deliveries",
         .summary = {"通知的发送与送达记录",
                     "What became of notices, in the order it was recorded"},
         .parameters = {{.name = "person",
                         .meaning = {"只列通知该人者", "Only notices to this person."}}}},
        [](const Call& call, const log::StoredEvent& stored) {
            if (stored.envelope.type != pdca::DeliveryRecorded::type) return false;
            const std::string& person = call.parameter("person");
            if (person.empty()) return true;
            const auto event = pdca::EventCodec::decode(stored.envelope.type,
                                                        stored.envelope.schema, stored.payload);
            return std::get<pdca::DeliveryRecorded>(event).person == person;
        });
}

/// The event that the path names.
/// @throws http::Problem  `not_found`; `Hidden` where the caller may not know of it
log::StoredEvent event_of(const Desk& desk, const Call& call) {
    const std::string& place = call.path.at("event");
    const auto unknown = http::problem(
        "not_found", {"没有事件 #" + place + "。", "There is no event #" + place + "."});
    auto stored = desk.reading.store().at(std::stoull(place));
    if (!stored) throw unknown;
    if (!concerns(desk.reading.now(), stored->envelope.stream, {}, caller_of(call)))
        throw Hidden{unknown};
    return *std::move(stored);
}

Question about_event(const char* part, const char* operation, Text summary, const char* schema) {
    return {.path = std::string{"/timeline/{event}"} + part,
            .operation = operation,
            .summary = std::move(summary),
            .permission = "investigate",
            .parameters = {event_parameter()},
            .schema = schema,
            .problems = {"not_found"}};
}

Route read_event(const Desk& desk) {
    auto question = about_event("", "read_event", {"一个事件", "One event"}, "Event");
    question.answer = [&desk](const Call& call) {
        const log::StoredEvent stored = event_of(desk, call);
        return cli::event_json({desk.reading.now(), call.language}, stored);
    };
    return route_of(desk, std::move(question));
}

Route read_rests_on(const Desk& desk) {
    auto question =
        about_event("/rests-on", "rests_on",
                    {"还有哪些结论以此为依据", "What else rests on this event"}, "RestsOn");
    question.answer = [&desk](const Call& call) -> json::object {
        const log::Position position = event_of(desk, call).envelope.position;
        json::array known;
        for (json::value& entry : history::rests_on(desk.reading.store(), position))
            if (concerns(desk.reading.now(), StreamId{std::string{entry.at("stream").as_string()}},
                         {}, caller_of(call)))
                known.push_back(std::move(entry));
        return {{"event", position}, {"rests_on_it", std::move(known)}};
    };
    return route_of(desk, std::move(question));
}

Route read_when_known(const Desk& desk) {
    auto question =
        about_event("/known", "when_known",
                    {"何时为何人所知、告知了谁", "When it was known, by whom, and whom it reached"},
                    "WhenKnown");
    question.answer = [&desk](const Call& call) {
        const log::Position position = event_of(desk, call).envelope.position;
        return history::when_known(desk.reading.store(), desk.reading.now(), position);
    };
    return route_of(desk, std::move(question));
}

Route list_acts(const Desk& desk) {
    auto answer = [&desk](const Call& call) -> json::object {
        const Asked asked = desk.reading.asked_record(call);
        const Reference subject = subject_parameter(call, *asked.world, "of");
        if (!caller_of(call).reaches(*asked.world, subject)) throw needs("manage|investigate");
        return {{"cut", asked.cut},
                {"answers", history::gate_answers(desk.reading.store(), *asked.world, subject,
                                                  asked.known_at)}};
    };
    http::Parameter of{.name = "of", .meaning = {"对象", "The subject."}, .required = true};
    return route_of(
        desk, Question{.path = "/acts",
                       .operation = "list_acts",
                       .summary = {"闸口对某对象的答复", "What gates answered about a subject"},
                       .permission = "manage|investigate",
                       .parameters = with_record_clocks({std::move(of)}),
                       .schema = "Acts",
                       .answer = std::move(answer)});
}

}  // namespace

http::RouteTable record_routes(const Desk& desk) {
    return {first_missed(desk), timeline(desk),      list_all_deliveries(desk),
            read_event(desk),   read_rests_on(desk), read_when_known(desk),
            list_acts(desk)};
}

}  // namespace dutylog::server
