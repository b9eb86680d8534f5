#include "adapters/channels/inbox.hpp"

namespace dutylog::channels {

namespace {

namespace json = boost::json;

json::object both(const Text& text) {
    return {{"zh-CN", text.in(Language::zh_cn)}, {"en", text.in(Language::en)}};
}

std::string_view name_of(notice::Severity severity) {
    switch (severity) {
        case notice::Severity::info:
            return "info";
        case notice::Severity::warning:
            return "warning";
        case notice::Severity::critical:
            return "critical";
    }
    return "info";
}

json::array items_of(const notice::Message& message) {
    json::array items;
    for (const notice::Item& item : message.items) {
        json::object one{{"what", both(item.what)}, {"state", both(item.state)}};
        if (!item.due.empty()) one["due"] = item.due;
        if (!item.url.empty()) one["url"] = item.url;
        one["severity"] = name_of(item.severity);
        items.push_back(std::move(one));
    }
    return items;
}

}  // namespace

json::object inbox_entry(const notice::Message& message, Instant at) {
    json::array lines;
    for (const notice::Line& line : message.lines)
        lines.push_back(json::object{{"name", both(line.name)}, {"value", both(line.value)}});
    json::array actions;
    for (const notice::Action& action : message.actions)
        actions.push_back(json::object{{"label", both(action.label)}, {"url", action.url}});
    json::object entry;
    entry["id"] = message.id;
    entry["kind"] = notice::stable_word(message.kind);
    entry["severity"] = name_of(message.severity);
    entry["at"] = to_string(at);
    entry["title"] = both(message.title);
    entry["lead"] = both(message.lead);
    entry["lines"] = std::move(lines);
    if (!message.items.empty()) entry["items"] = items_of(message);
    entry["actions"] = std::move(actions);
    if (!message.thread.empty()) entry["thread"] = message.thread;
    return entry;
}

}  // namespace dutylog::channels
