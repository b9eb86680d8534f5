#include <algorithm>

#include "engine/history/questions.hpp"
#include "engine/history/words.hpp"
#include "engine/pdca/stored.hpp"

namespace dutylog::history {

using namespace pdca;  // NOLINT

namespace json = boost::json;

namespace {

/// Calls `visit(event, envelope)` for the stored events up to the cut.
template <class Visit>
void each(log::EventStore& store, std::optional<Instant> known_at, Visit visit) {
    store.scan(1, [&](const log::StoredEvent& stored) {
        if (known_at && stored.envelope.recorded > *known_at) return false;
        visit(EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload),
              stored.envelope);
        return true;
    });
}

template <class Visit>
void each_of(log::EventStore& store, const StreamId& stream, std::optional<Instant> known_at,
             Visit visit) {
    store.scan_stream(stream, 1, [&](const log::StoredEvent& stored) {
        if (known_at && stored.envelope.recorded > *known_at) return false;
        visit(EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload),
              stored.envelope);
        return true;
    });
}

std::string day_of(const World& world, Instant at) {
    return to_string(world.rules->zone().local(at).date);
}

json::object& person_entry(json::object& answer, const std::string& person) {
    json::value& entry = answer[person];
    if (!entry.is_object()) entry = json::object{{"events", json::array{}}};
    return entry.as_object();
}

}  // namespace

json::object told(log::EventStore& store, const World& world, const StreamId& duty,
                  std::optional<Instant> known_at) {
    json::object answer;
    each_of(store, duty, known_at, [&](const Event& event, const log::Envelope& envelope) {
        if (const auto* notice = std::get_if<NoticePlanned>(&event)) {
            for (const Recipient& to : notice->to) {
                json::object& entry = person_entry(answer, to.person);
                entry["planned"] = day_of(world, envelope.recorded);
                entry["events"].as_array().push_back(envelope.position);
            }
        } else if (const auto* delivery = std::get_if<DeliveryRecorded>(&event)) {
            json::object& entry = person_entry(answer, delivery->person);
            entry[word_of(delivery->outcome)] = day_of(world, envelope.recorded);
            entry["events"].as_array().push_back(envelope.position);
        }
    });
    return answer;
}

json::object when_known(log::EventStore& store, const World& world, log::Position fact) {
    json::object answer;
    const auto stored = store.at(fact);
    if (!stored) return answer;
    const log::Envelope& envelope = stored->envelope;
    answer["on"] = day_of(world, envelope.recorded);
    answer["at"] = to_string(envelope.recorded);
    answer["true_on"] = to_string(envelope.effective.date);
    answer["by"] = envelope.actor.str();
    answer["event"] = envelope.position;
    json::array people;
    json::array opened;
    store.scan(fact + 1, [&](const log::StoredEvent& next) {
        if (next.envelope.cause != fact) return false;
        const Event event =
            EventCodec::decode(next.envelope.type, next.envelope.schema, next.payload);
        if (const auto* notice = std::get_if<NoticePlanned>(&event))
            for (const Recipient& to : notice->to) people.emplace_back(to.person);
        if (std::holds_alternative<CycleScheduled>(event))
            opened.emplace_back(next.envelope.stream.str());
        return true;
    });
    answer["told"] = std::move(people);
    answer["opened"] = std::move(opened);
    return answer;
}

json::array rests_on(log::EventStore& store, log::Position record) {
    std::set<log::Position> within{record};
    json::array found;
    store.scan(record + 1, [&](const log::StoredEvent& stored) {
        const log::Envelope& envelope = stored.envelope;
        const bool reads =
            std::any_of(envelope.rests_on.begin(), envelope.rests_on.end(),
                        [&](const log::RestsOn& read) { return within.contains(read.position); });
        if (!reads && !within.contains(envelope.cause)) return true;
        within.insert(envelope.position);
        const Event event = EventCodec::decode(envelope.type, envelope.schema, stored.payload);
        found.push_back(json::object{{"event", envelope.position},
                                     {"stream", envelope.stream.str()},
                                     {"type", envelope.type},
                                     {"says", sentence_of(event)}});
        return true;
    });
    return found;
}

json::object over_time(const World& world, const std::string& fact, const std::string& field,
                       const Reference& what, CivilDate from, CivilDate to) {
    json::object answer;
    for (const auto& [id, subject] : world.subjects) {
        const auto entries = subject.facts.find(fact);
        if (entries == subject.facts.end()) continue;
        std::int32_t days = 0;
        for (std::size_t i = 0; i < entries->second.size(); ++i) {
            const registry::FactEntry& entry = entries->second[i];
            const auto* named = entry.value[field].as<Reference>();
            const auto* gone = entry.value["ended"].as<bool>();
            if (!entry.in_use() || named == nullptr || *named != what || (gone && *gone)) continue;
            CivilDate last = to;
            for (std::size_t next = i + 1; next < entries->second.size(); ++next)
                if (entries->second[next].in_use()) {
                    last = std::min(last, entries->second[next].effective.date.plus_days(-1));
                    break;
                }
            const CivilDate first = std::max(from, entry.effective.date);
            if (first <= last) days += last.days - first.days + 1;
        }
        if (days > 0) answer[id.id] = days;
    }
    return answer;
}

json::array gate_answers(log::EventStore& store, const World& world, const Reference& subject,
                         std::optional<Instant> known_at) {
    json::array found;
    const auto add = [&](const std::string& act, const char* outcome,
                         const std::vector<GateClosed>& gates, const log::Envelope& envelope,
                         const std::string& because) {
        json::array members;
        json::array said;
        for (const GateClosed& gate : gates) {
            for (const std::string& member : gate.members) members.emplace_back(member);
            said.emplace_back(gate.basis + ": " + gate.detail);
        }
        found.push_back(json::object{{"act", act},
                                     {"outcome", outcome},
                                     {"members", std::move(members)},
                                     {"says", std::move(said)},
                                     {"by", envelope.actor.str()},
                                     {"on", day_of(world, envelope.recorded)},
                                     {"event", envelope.position}});
        if (!because.empty()) found.back().as_object()["because"] = because;
    };
    each_of(store, subject_stream(subject), known_at,
            [&](const Event& event, const log::Envelope& envelope) {
                if (const auto* e = std::get_if<ActRefused>(&event))
                    add(e->act, "refused", e->gates, envelope, "");
                else if (const auto* p = std::get_if<ActPermitted>(&event))
                    add(p->act, p->flags.empty() ? "permitted" : "flagged", p->flags, envelope, "");
                else if (const auto* o = std::get_if<GateOverridden>(&event))
                    add(o->act, "overridden", o->gates, envelope, o->reason);
            });
    return found;
}

json::array timeline(log::EventStore& store, const World& world, const std::string& prefix,
                     std::optional<Instant> known_at) {
    json::array found;
    each(store, known_at, [&](const Event& event, const log::Envelope& envelope) {
        if (!envelope.stream.str().starts_with(prefix)) return;
        found.push_back(json::object{{"event", envelope.position},
                                     {"recorded", to_string(envelope.recorded)},
                                     {"on", day_of(world, envelope.recorded)},
                                     {"true_on", to_string(envelope.effective.date)},
                                     {"stream", envelope.stream.str()},
                                     {"type", envelope.type},
                                     {"by", envelope.actor.str()},
                                     {"says", sentence_of(event)}});
    });
    return found;
}

}  // namespace dutylog::history
