#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Text of people inside the markup of a channel: it must never become markup itself.
namespace dutylog::channels {

/// For services that have no dependable escape: every character that can be markup, and `@`, is
/// replaced by the wide character of the same look.
std::string without_markup(std::string_view text);
/// `&` `<` `>` `"` `'` as entities, for HTML and XML.
std::string html_escaped(std::string_view text);
/// `&` `<` `>` as entities: all that Slack asks for.
std::string slack_escaped(std::string_view text);
/// Numbers of characters in place of markup, as cards of Feishu read them.
std::string feishu_escaped(std::string_view text);
/// An address as it can stand between the round brackets of a Markdown link.
std::string link_target(std::string_view url);
/// Every byte but `A-Z a-z 0-9 - _ . ~` as `%XX` (RFC 3986).
std::string percent_encoded(std::string_view text);

/// A message in lines, of which the ones in the middle can be left out.
struct LinedText {
    std::string head;                ///< with its own line ends
    std::vector<std::string> lines;  ///< each with its own line end
    std::string tail;
    std::string left_out = "…\n";  ///< stands in place of lines that did not fit
};

/// Head, as many lines as fit, tail: at most `bytes_max` in all. Where head and tail alone are too
/// long, the head is cut.
std::string fitted(const LinedText& text, std::size_t bytes_max);

}  // namespace dutylog::channels
