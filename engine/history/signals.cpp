#include <map>

#include "engine/history/questions.hpp"
#include "engine/pdca/stored.hpp"

namespace dutylog::history {

using namespace pdca;  // NOLINT

namespace json = boost::json;

namespace {

/// I4: this many equal readings in a row of a quantity that is never quite still.
constexpr std::size_t equal_in_a_row_min = 5;
/// I6: this many readings are needed before "too smooth" can be said.
constexpr std::size_t smooth_readings_min = 8;

struct Reading {
    Value value;
    log::Position position;
    CivilDate on;
};

std::optional<Decimal> amount_of(const Value& value) {
    if (const auto* quantity = value.as<Quantity>()) return quantity->amount;
    if (const auto* number = value.as<Decimal>()) return *number;
    return std::nullopt;
}

bool measured(const Value& value) {
    return value.as<Quantity>() != nullptr || value.as<Decimal>() != nullptr;
}

json::object signal(const char* pattern, const std::string& field,
                    const std::vector<Reading>& readings, std::size_t from, std::size_t count) {
    const Reading& first = readings[from];
    const Reading& last = readings[from + count - 1];
    return {{"pattern", pattern},         {"field", field}, {"from", to_string(first.on)},
            {"to", to_string(last.on)},   {"count", count}, {"event", first.position},
            {"last_event", last.position}};
}

/// The longest run of one reading, told once.
void copied(const std::string& field, const std::vector<Reading>& readings, json::array& found) {
    std::size_t best = 0;
    std::size_t best_at = 0;
    std::size_t start = 0;
    for (std::size_t i = 1; i <= readings.size(); ++i) {
        if (i < readings.size() && readings[i].value == readings[start].value) continue;
        if (i - start > best) {
            best = i - start;
            best_at = start;
        }
        start = i;
    }
    if (best >= equal_in_a_row_min) found.push_back(signal("I4", field, readings, best_at, best));
}

/// No spread at all over many readings lies below the repeatability of any instrument.
void too_smooth(const std::string& field, const std::vector<Reading>& readings,
                json::array& found) {
    std::size_t start = 0;
    for (std::size_t i = 1; i <= readings.size(); ++i) {
        const bool same =
            i < readings.size() && amount_of(readings[i].value) == amount_of(readings[start].value);
        if (same) continue;
        if (i - start >= smooth_readings_min)
            found.push_back(signal("I6", field, readings, start, i - start));
        start = i;
    }
}

}  // namespace

json::array signals(log::EventStore& store, const StreamId& stream,
                    std::optional<Instant> known_at) {
    json::array found;
    std::map<std::string, std::vector<Reading>> readings;
    store.scan_stream(stream, 1, [&](const log::StoredEvent& stored) {
        const log::Envelope& envelope = stored.envelope;
        if (known_at && envelope.recorded > *known_at) return false;
        const Event event = EventCodec::decode(envelope.type, envelope.schema, stored.payload);
        if (const auto* raised = std::get_if<SignalRaised>(&event))
            found.push_back(json::object{{"pattern", raised->pattern},
                                         {"days", raised->measure},
                                         {"severity", raised->severity},
                                         {"says", raised->detail},
                                         {"event", envelope.position},
                                         {"about", raised->about}});
        if (const auto* done = std::get_if<StepCompleted>(&event))
            if (const auto* form = done->form.as<Record>())
                for (const Field& field : form->fields())
                    if (measured(field.value))
                        readings[field.name].push_back(
                            {field.value, envelope.position, envelope.effective.date});
        return true;
    });
    for (const auto& [field, list] : readings) {
        copied(field, list, found);
        too_smooth(field, list, found);
    }
    return found;
}

}  // namespace dutylog::history
