#include "adapters/channels/mail_text.hpp"

#include "adapters/channels/markup.hpp"

namespace dutylog::channels {

namespace {

using notice::Message;

std::string_view colour_of(notice::Severity severity) {
    switch (severity) {
        case notice::Severity::info:
            return "#1d5fa8";
        case notice::Severity::warning:
            return "#a85b00";
        case notice::Severity::critical:
            return "#b3261e";
    }
    return "#1d5fa8";
}

std::string item_words(const notice::Item& item, Language language) {
    std::string words = item.state.in(language) + " | " + item.what.in(language);
    return item.due.empty() ? words : words + " | " + item.due;
}

std::string html_link(const std::string& label, const std::string& url) {
    return "<a href=\"" + html_escaped(url) + "\">" + html_escaped(label) + "</a>";
}

std::string html_lines(const Message& message) {
    if (message.lines.empty()) return {};
    std::string html = "<table role=\"presentation\" cellpadding=\"4\">\n";
    for (const notice::Line& line : message.lines)
        html += "<tr><td style=\"color:#555\">" + html_escaped(line.name.in(message.language)) +
                "</td><td>" + html_escaped(line.value.in(message.language)) + "</td></tr>\n";
    return html + "</table>\n";
}

std::string html_items(const Message& message) {
    if (message.items.empty()) return {};
    std::string html = "<ul>\n";
    for (const notice::Item& item : message.items) {
        const std::string what = item.what.in(message.language);
        html += "<li><strong style=\"color:" + std::string{colour_of(item.severity)} + "\">" +
                html_escaped(item.state.in(message.language)) + "</strong> " +
                (item.url.empty() ? html_escaped(what) : html_link(what, item.url)) + " " +
                item.due + "</li>\n";
    }
    return html + "</ul>\n";
}

std::string html_actions(const Message& message) {
    if (message.actions.empty()) return {};
    std::string html = "<p>";
    for (const notice::Action& action : message.actions) {
        if (html.size() > 3) html += " &nbsp; ";
        html += html_link(action.label.in(message.language), action.url);
    }
    return html + "</p>\n";
}

}  // namespace

std::string mail_plain(const Message& message) {
    const Language language = message.language;
    std::string text = message.title.in(language) + "\n" + message.lead.in(language) + "\n\n";
    for (const notice::Item& item : message.items) {
        text += "- " + item_words(item, language) + "\n";
        if (!item.url.empty()) text += "  " + item.url + "\n";
    }
    for (const notice::Line& line : message.lines) text += line_text(line, language) + "\n";
    if (!message.actions.empty()) text += "\n";
    for (const notice::Action& action : message.actions)
        text += action.label.in(language) + ": " + action.url + "\n";
    return text;
}

std::string mail_html(const Message& message) {
    const Language language = message.language;
    const std::string title = html_escaped(message.title.in(language));
    std::string html = "<!DOCTYPE html>\n<html lang=\"";
    html += language == Language::en ? "en" : "zh-CN";
    html += "\"><head><meta charset=\"utf-8\"><title>" + title + "</title></head>\n<body>\n";
    html += "<h1 style=\"font-size:1.2em\">" + title + "</h1>\n";
    html += "<p style=\"color:" + std::string{colour_of(message.severity)} + "\"><strong>" +
            html_escaped(message.lead.in(language)) + "</strong></p>\n";
    html += html_items(message) + html_lines(message) + html_actions(message);
    return html + "</body></html>\n";
}

}  // namespace dutylog::channels
