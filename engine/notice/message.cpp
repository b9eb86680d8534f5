#include "engine/notice/message.hpp"

#include "engine/core/digest.hpp"

namespace dutylog::notice {

std::string line_text(const Line& line, Language language) {
    const std::string_view colon = language == Language::en ? ": " : "：";
    return line.name.in(language) + std::string{colon} + line.value.in(language);
}

const Text& word_of(Severity severity) {
    static const Text info{"提示", "Note"};
    static const Text warning{"注意", "Attention"};
    static const Text critical{"紧急", "Urgent"};
    switch (severity) {
        case Severity::info:
            return info;
        case Severity::warning:
            return warning;
        case Severity::critical:
            return critical;
    }
    return info;
}

std::string_view stable_word(Kind kind) {
    switch (kind) {
        case Kind::reminder:
            return "reminder";
        case Kind::escalation:
            return "escalation";
        case Kind::assignment:
            return "assignment";
        case Kind::decision:
            return "decision";
        case Kind::gate:
            return "gate";
        case Kind::vacancy:
            return "vacancy";
        case Kind::undelivered:
            return "undelivered";
        case Kind::channel:
            return "channel_off";
        case Kind::digest:
            return "digest";
        case Kind::urge:
            return "urge";
        case Kind::signature:
            return "signature";
        case Kind::more_time_granted:
            return "more_time_granted";
        case Kind::more_time_refused:
            return "more_time_refused";
    }
    return "reminder";
}

std::string message_id(const std::string& notice, const std::string& person) {
    // The length keeps two pairs apart that are the same when written one after the other.
    const std::string both = std::to_string(notice.size()) + ":" + notice + person;
    return "ntc_" + to_hex(sha256(both)).substr(0, 32);
}

}  // namespace dutylog::notice
