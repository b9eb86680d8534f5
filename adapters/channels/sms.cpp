#include "adapters/channels/sms.hpp"

namespace dutylog::channels {

std::map<std::string, std::string> sms_values(const notice::Message& message,
                                              const std::string& mobile) {
    const Language language = message.language;
    std::map<std::string, std::string> values;
    for (const auto& [name, value] : message.values) values[name] = value.in(language);
    const std::string link = message.actions.empty() ? "" : message.actions.front().url;
    const std::string_view comma = language == Language::en ? ", " : "，";
    values["title"] = message.title.in(language);
    values["lead"] = message.lead.in(language);
    values["text"] =
        values["title"] + std::string{comma} + values["lead"] + (link.empty() ? "" : " " + link);
    values["link"] = link;
    values["id"] = message.id;
    values["mobile"] = mobile;
    return values;
}

}  // namespace dutylog::channels
