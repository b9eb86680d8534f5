#include "adapters/channels/teams.hpp"

#include "adapters/channels/markup.hpp"
#include "engine/notice/plain_text.hpp"

namespace dutylog::channels {

namespace {

namespace json = boost::json;

constexpr std::size_t value_bytes_max = 600;
constexpr std::size_t items_bytes_max = 20'000;

std::string clean(const std::string& text) {
    return notice::clip_bytes(without_markup(text), value_bytes_max);
}

json::object block(const std::string& text) {
    return {{"type", "TextBlock"}, {"text", text}, {"wrap", true}};
}

std::string_view colour_of(notice::Severity severity) {
    switch (severity) {
        case notice::Severity::info:
            return "Accent";
        case notice::Severity::warning:
            return "Warning";
        case notice::Severity::critical:
            return "Attention";
    }
    return "Accent";
}

/// The name as it stands in the text and, letter for letter, in the entity.
std::string called(const notice::Mention& mention) {
    return "<at>" + without_markup(mention.name) + "</at>";
}

bool is_called(const notice::Mention& mention) {
    return !mention.email.empty() && !mention.name.empty();
}

json::array entities(const notice::Message& message, const Attempt& attempt) {
    json::array list;
    if (attempt.without_mentions) return list;
    for (const notice::Mention& mention : message.mentions)
        if (is_called(mention))
            list.push_back(json::object{
                {"type", "mention"},
                {"text", called(mention)},
                {"mentioned",
                 json::object{{"id", mention.email}, {"name", without_markup(mention.name)}}}});
    return list;
}

json::object title_block(const notice::Message& message) {
    json::object title = block(clean(message.title.in(message.language)));
    title["weight"] = "Bolder";
    title["size"] = "Large";
    title["style"] = "heading";
    return title;
}

json::object lead_block(const notice::Message& message, const Attempt& attempt) {
    std::string text = clean(message.lead.in(message.language));
    if (!attempt.without_mentions)
        for (const notice::Mention& mention : message.mentions)
            if (is_called(mention)) text += " · " + called(mention);
    json::object lead = block(text);
    lead["color"] = colour_of(message.severity);
    return lead;
}

json::object fact_set(const notice::Message& message) {
    json::array facts;
    for (const notice::Line& line : message.lines)
        facts.push_back(json::object{{"title", clean(line.name.in(message.language))},
                                     {"value", clean(line.value.in(message.language))}});
    return {{"type", "FactSet"}, {"facts", std::move(facts)}};
}

void add_items(json::array& body, const notice::Message& message) {
    std::size_t used = 0;
    for (const notice::Item& item : message.items) {
        const std::string what = clean(item.what.in(message.language));
        std::string text = "**" + clean(item.state.in(message.language)) + "** ";
        text += item.url.empty() ? what : "[" + what + "](" + link_target(item.url) + ")";
        if (!item.due.empty()) text += " " + item.due;
        used += text.size();
        if (used > items_bytes_max) return;
        body.push_back(block(text));
    }
}

json::array actions_of(const notice::Message& message) {
    json::array actions;
    for (const notice::Action& action : message.actions)
        actions.push_back(json::object{{"type", "Action.OpenUrl"},
                                       {"title", action.label.in(message.language)},
                                       {"url", action.url}});
    return actions;
}

json::object card(const notice::Message& message, const Attempt& attempt) {
    json::array body;
    body.push_back(title_block(message));
    body.push_back(lead_block(message, attempt));
    if (!attempt.shortened) {
        add_items(body, message);
        if (!message.lines.empty()) body.push_back(fact_set(message));
    }
    json::object content;
    content["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json";
    content["type"] = "AdaptiveCard";
    content["version"] = "1.4";
    content["msteams"] = json::object{{"width", "Full"}, {"entities", entities(message, attempt)}};
    content["body"] = std::move(body);
    content["actions"] = actions_of(message);
    return content;
}

}  // namespace

HttpRequest teams_request(const TeamsWorkflow& workflow, const notice::Message& message,
                          const Attempt& attempt) {
    json::object attachment;
    attachment["contentType"] = "application/vnd.microsoft.card.adaptive";
    attachment["contentUrl"] = nullptr;
    attachment["content"] = card(message, attempt);
    const json::object body{{"type", "message"},
                            {"attachments", json::array{std::move(attachment)}}};
    return json_request(workflow.url.reveal(), json::serialize(body));
}

Outcome judge_teams(const HttpAnswer& answer) {
    if (answer.status == 202 || answer.status == 200) return sent();
    const std::string detail = detail_of("HTTP", answer.status, answer.body);
    switch (answer.status) {
        case 400:
            return rejected("parameter", detail);
        case 401:
        case 403:
            return broken("signature", detail);
        case 404:
        case 410:
            return broken("workflow_gone", detail);
        case 413:
            return again(Repair::shorten, "too_long", detail);
        default:
            return *failed_status(answer);
    }
}

}  // namespace dutylog::channels
