#include "adapters/channels/dingtalk_text.hpp"

#include "adapters/channels/markup.hpp"

namespace dutylog::channels {

namespace {

std::string link(const std::string& label, const std::string& url) {
    return "[" + without_markup(label) + "](" + link_target(url) + ")";
}

std::string item_line(const notice::Item& item, Language language) {
    std::string line = "- **" + without_markup(item.state.in(language)) + "** ";
    const std::string what = item.what.in(language);
    line += item.url.empty() ? without_markup(what) : link(what, item.url);
    if (!item.due.empty()) line += " " + item.due;
    return line + "\n";
}

}  // namespace

std::string dingtalk_markdown(const notice::Message& message, bool shortened, bool with_links,
                              const std::string& tail, std::size_t bytes_max) {
    const Language language = message.language;
    LinedText text;
    text.head = "### " + without_markup(message.title.in(language)) + "\n> " +
                without_markup(message.lead.in(language)) + "\n\n";
    if (!shortened) {
        for (const notice::Item& item : message.items)
            text.lines.push_back(item_line(item, language));
        for (const notice::Line& line : message.lines)
            text.lines.push_back("- " + without_markup(line_text(line, language)) + "\n");
    }
    if (with_links && !message.actions.empty())
        text.tail =
            "\n" + link(message.actions.front().label.in(language), message.actions.front().url);
    text.tail += tail;
    return fitted(text, bytes_max);
}

}  // namespace dutylog::channels
