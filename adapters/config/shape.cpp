#include "adapters/config/shape.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "adapters/config/duration.hpp"

namespace dutylog::config {

namespace {

using Fit = std::expected<Fitting, Text>;

std::unexpected<Text> instead(const Shape& shape, const Text& found) {
    const Text expected = expectation(shape);
    return std::unexpected{words(fmt::format("expected {}, found {}", expected.en, found.en),
                                 fmt::format("应为{}，实为{}", expected.zh_cn, found.zh_cn))};
}

Text quoted(const std::string& text) {
    const std::string shown = fmt::format("`{}`", text);
    return words(shown, " " + shown);
}

bool is_address(const std::string& text) {
    unsigned char bytes[16];
    return inet_pton(AF_INET, text.c_str(), bytes) == 1 ||
           inet_pton(AF_INET6, text.c_str(), bytes) == 1;
}

Fit fit_number(const Shape& shape, std::int64_t number) {
    if (number < shape.least || number > shape.most)
        return instead(shape, quoted(std::to_string(number)));
    return Fitting{std::to_string(number), number};
}

Fit fit_time(const Shape& shape, const std::string& text) {
    const auto time = parse_duration(text);
    if (!time || time->micros < shape.least || time->micros > shape.most)
        return instead(shape, quoted(text));
    return Fitting{to_text(*time), time->micros};
}

/// Where a text stands in the file, or in place of every other kind outside it.
Fit fit_words(const Shape& shape, const std::string& text) {
    const bool one_line = std::ranges::none_of(text, [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
    });
    if (!one_line)
        return instead(shape, words("a text with a line break or another control character",
                                    "含换行或其他控制字符的文本"));
    if (shape.kind == Kind::address && !is_address(text)) return instead(shape, quoted(text));
    if (shape.kind == Kind::choice && std::ranges::find(shape.choices, text) == shape.choices.end())
        return instead(shape, quoted(text));
    return Fitting{text};
}

Text kind_of(const Node& node) {
    static const Text names[] = {
        words("a text in quotes", "加引号的文本"),
        words("a whole number", "整数"),
        words("true or false", "true 或 false"),
        words("a number with a fraction, a date or a time", "小数、日期或时刻"),
        words("a list", "列表"),
        words("a table", "表")};
    return names[node.value.index()];
}

}  // namespace

Text expectation(const Shape& shape) {
    switch (shape.kind) {
        case Kind::text:
            return words("a text in quotes", "加引号的文本");
        case Kind::file:
            return words("the name of a file, in quotes", "加引号的文件名");
        case Kind::address:
            return words("an IPv4 or IPv6 address, in quotes", "加引号的 IPv4 或 IPv6 地址");
        case Kind::whole:
            return words(fmt::format("a whole number from {} to {}", shape.least, shape.most),
                         fmt::format(" {} 至 {} 的整数", shape.least, shape.most));
        case Kind::time: {
            const std::string least = to_text({shape.least});
            const std::string most = to_text({shape.most});
            return words(fmt::format("a time such as \"30 s\", from {} to {}", least, most),
                         fmt::format("形如 \"30 s\" 的时长，{} 至 {}", least, most));
        }
        case Kind::truth:
            return words("true or false", " true 或 false");
        case Kind::choice:
            break;
    }
    std::string choices;
    for (const std::string_view choice : shape.choices)
        choices += fmt::format("{}\"{}\"", choices.empty() ? "" : ", ", choice);
    return words("one of " + choices, "以下之一：" + choices);
}

std::expected<Fitting, Text> fit(const Shape& shape, const Node& node) {
    if (const auto* whole = std::get_if<std::int64_t>(&node.value); whole != nullptr)
        if (shape.kind == Kind::whole) return fit_number(shape, *whole);
    if (const auto* truth = std::get_if<bool>(&node.value); truth != nullptr)
        if (shape.kind == Kind::truth) return Fitting{*truth ? "true" : "false", *truth ? 1 : 0};
    if (const auto* text = std::get_if<std::string>(&node.value); text != nullptr) {
        if (shape.kind == Kind::time) return fit_time(shape, *text);
        if (shape.kind != Kind::whole && shape.kind != Kind::truth) return fit_words(shape, *text);
    }
    return instead(shape, kind_of(node));
}

std::expected<Fitting, Text> fit(const Shape& shape, const std::string& text) {
    if (shape.kind == Kind::time) return fit_time(shape, text);
    if (shape.kind == Kind::truth) {
        if (text == "true" || text == "false") return Fitting{text, text == "true" ? 1 : 0};
        return instead(shape, quoted(text));
    }
    if (shape.kind != Kind::whole) return fit_words(shape, text);
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return instead(shape, quoted(text));
    return fit_number(shape, number);
}

}  // namespace dutylog::config
