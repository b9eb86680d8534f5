#include "adapters/channels/markup.hpp"

#include <algorithm>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include "engine/notice/plain_text.hpp"

namespace dutylog::channels {

namespace {

struct Replacement {
    char from;
    std::string_view to;
};

template <std::size_t n>
std::string replaced(std::string_view text, const Replacement (&table)[n]) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        const auto* const found = std::find_if(std::begin(table), std::end(table),
                                               [&](const Replacement& r) { return r.from == c; });
        if (found == std::end(table))
            result += c;
        else
            result.append(found->to);
    }
    return result;
}

}  // namespace

std::string without_markup(std::string_view text) {
    static constexpr Replacement table[] = {
        {'<', "＜"}, {'>', "＞"}, {'[', "［"}, {']', "］"}, {'*', "＊"},  {'_', "＿"}, {'`', "｀"},
        {'#', "＃"}, {'!', "！"}, {'|', "｜"}, {'~', "～"}, {'\\', "＼"}, {'@', "＠"}, {'&', "＆"}};
    return replaced(text, table);
}

std::string html_escaped(std::string_view text) {
    static constexpr Replacement table[] = {
        {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    return replaced(text, table);
}

std::string slack_escaped(std::string_view text) {
    static constexpr Replacement table[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}};
    return replaced(text, table);
}

std::string feishu_escaped(std::string_view text) {
    static constexpr Replacement table[] = {
        {'&', "&#38;"},  {'<', "&#60;"},  {'>', "&#62;"},  {'[', "&#91;"}, {']', "&#93;"},
        {'*', "&#42;"},  {'_', "&#95;"},  {'`', "&#96;"},  {'#', "&#35;"}, {'!', "&#33;"},
        {'~', "&#126;"}, {'|', "&#124;"}, {'\\', "&#92;"}, {'(', "&#40;"}, {')', "&#41;"}};
    return replaced(text, table);
}

std::string link_target(std::string_view url) {
    static constexpr Replacement table[] = {{'(', "%28"}, {')', "%29"}, {' ', "%20"}, {'<', "%3C"},
                                            {'>', "%3E"}, {'"', "%22"}, {'|', "%7C"}};
    return replaced(url, table);
}

std::string percent_encoded(std::string_view text) {
    return boost::urls::encode(text, boost::urls::unreserved_chars);
}

std::string fitted(const LinedText& text, std::size_t bytes_max) {
    if (text.head.size() + text.tail.size() > bytes_max) {
        const std::size_t head_max = bytes_max - std::min(bytes_max, text.tail.size() + 1);
        return head_max < 3 ? text.tail
                            : notice::clip_bytes(text.head, head_max) + "\n" + text.tail;
    }
    std::size_t all = text.head.size() + text.tail.size();
    for (const std::string& line : text.lines) all += line.size();
    const std::size_t room = all <= bytes_max ? bytes_max : bytes_max - text.left_out.size();
    std::string result = text.head;
    for (const std::string& line : text.lines) {
        if (result.size() + line.size() + text.tail.size() > room) break;
        result += line;
    }
    if (all > bytes_max && result.size() + text.left_out.size() + text.tail.size() <= bytes_max)
        result += text.left_out;
    return result + text.tail;
}

}  // namespace dutylog::channels
