#include "engine/log/export.hpp"

#include "engine/log/base64.hpp"

namespace dutylog::log {

namespace {

namespace json = boost::json;

json::string text(const std::string& text) { return json::string{text}; }
json::string hex(const Digest& digest) { return text(to_hex(digest)); }

json::object effective_of(const Effective& effective) {
    return {{"precision", static_cast<std::uint64_t>(effective.precision)},
            {"at", effective.at.micros},
            {"date", effective.date.days},
            {"until", effective.until.micros},
            {"zone", text(effective.zone)}};
}

json::array rests_on_of(const std::vector<RestsOn>& list) {
    json::array array;
    for (const RestsOn& read : list)
        array.push_back(json::object{{"position", read.position}, {"content", hex(read.content)}});
    return array;
}

}  // namespace

json::object export_envelope(const Envelope& e) {
    return {{"position", e.position},
            {"stream", text(e.stream.str())},
            {"version", e.version},
            {"type", text(e.type)},
            {"schema", e.schema},
            {"recorded", e.recorded.micros},
            {"effective", effective_of(e.effective)},
            {"late_reason", text(e.late_reason)},
            {"bundle", hex(e.bundle)},
            {"actor", text(e.actor.str())},
            {"on_behalf_of", text(e.on_behalf_of.str())},
            {"command", text(e.command.str())},
            {"origin", static_cast<std::uint64_t>(e.origin)},
            {"cause", e.cause},
            {"correlation", text(e.correlation)},
            {"rests_on", rests_on_of(e.rests_on)},
            {"corrects", e.corrects},
            {"codec", e.codec},
            {"key", text(e.key)},
            {"state_hash", hex(e.state_hash)},
            {"fold_version", e.fold_version},
            {"previous_in_stream", e.previous_in_stream},
            {"previous_leaf", hex(e.previous_leaf)}};
}

std::string export_line(const StoredEvent& event) {
    json::object object = export_envelope(event.envelope);
    object["payload"] = text(to_base64(event.payload));
    object["leaf"] = hex(event.leaf);
    return json::serialize(object);
}

}  // namespace dutylog::log
