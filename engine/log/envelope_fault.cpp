#include <string_view>

#include "engine/log/envelope_codec.hpp"
#include "engine/log/utf8.hpp"

namespace dutylog::log {

namespace {

using namespace envelope_limits;

std::string too_large(const char* field, std::size_t size, std::size_t max) {
    return std::string{field} + " holds " + std::to_string(size) + ", at most " +
           std::to_string(max) + " may be";
}

}  // namespace

std::string envelope_fault(const Envelope& e) {
    const struct {
        const char* field;
        std::string_view text;
        std::size_t max;
    } texts[] = {{"stream", e.stream.str(), stream_max},
                 {"type", e.type, type_max},
                 {"effective.zone", e.effective.zone, zone_max},
                 {"late_reason", e.late_reason, late_reason_max},
                 {"actor", e.actor.str(), name_max},
                 {"on_behalf_of", e.on_behalf_of.str(), name_max},
                 {"command", e.command.str(), name_max},
                 {"correlation", e.correlation, name_max},
                 {"key", e.key, name_max}};
    for (const auto& [field, text, max] : texts) {
        if (text.size() > max) return too_large(field, text.size(), max);
        if (!is_utf8(text)) return std::string{field} + " is not UTF-8";
    }
    if (e.rests_on.size() > rests_on_max)
        return too_large("rests_on", e.rests_on.size(), rests_on_max);
    Position last = 0;
    for (const RestsOn& read : e.rests_on) {
        if (read.position <= last) return "rests_on is not sorted and unique";
        last = read.position;
    }
    return {};
}

}  // namespace dutylog::log
