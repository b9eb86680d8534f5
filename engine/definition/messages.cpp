#include "engine/definition/messages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dutylog::definition {

namespace {

std::vector<const Message*> build_catalogue() {
    std::vector<const Message*> all;
    for (const std::span<const Message> group :
         {reading_messages(), name_messages(), structure_messages(), library_messages(),
          grammar_messages(), expression_messages(), people_messages(), time_messages(),
          table_messages()})
        for (const Message& message : group) all.push_back(&message);
    return all;
}

const std::vector<const Message*>& stored_catalogue() {
    static const std::vector<const Message*> all = build_catalogue();
    return all;
}

/// Fills `{name}` in; `{{` and `}}` are braces. @returns nothing where an argument is missing
bool fill(std::string& out, std::string_view pattern, const Diagnostic& problem,
          Language language) {
    while (!pattern.empty()) {
        const std::size_t brace = pattern.find_first_of("{}");
        out += pattern.substr(0, brace);
        if (brace == std::string_view::npos) return true;
        if (pattern.substr(brace).starts_with("{{") || pattern[brace] == '}') {
            out += pattern[brace];
            pattern.remove_prefix(std::min(brace + 2, pattern.size()));
            continue;
        }
        const std::size_t close = pattern.find('}', brace);
        if (close == std::string_view::npos) return false;
        const std::string* value = problem.argument(pattern.substr(brace + 1, close - brace - 1));
        if (value == nullptr) return false;
        out += value->starts_with('@') ? term(*value, language) : *value;
        pattern.remove_prefix(close + 1);
    }
    return true;
}

std::string filled(std::string_view pattern, const Diagnostic& problem, Language language) {
    std::string out;
    return fill(out, pattern, problem, language) ? out : std::string{pattern};
}

constexpr std::array suggestions{
    Words{"did you mean `{suggestion}` (line {suggestion_line})?",
          "是否想写 `{suggestion}`（第 {suggestion_line} 行）？"},
    Words{"did you mean `{suggestion}`?", "是否想写 `{suggestion}`？"},
};

struct PageWords {
    std::string_view severity_error, severity_warning, wrong, right, mend, allow;
};

constexpr PageWords page_en{
    "error", "warning",        "Wrong",
    "Right", "How to mend it", "May be set aside with a reason: `# allow {}: reason`."};
constexpr PageWords page_zh{"错误",     "警告",     "错误示例",
                            "正确示例", "如何修改", "有理由时可以放行：`# allow {}: 理由`。"};

}  // namespace

std::span<const Message* const> catalogue() { return stored_catalogue(); }

const Message* find_message(std::string_view code) {
    const auto& all = stored_catalogue();
    const auto at = std::ranges::lower_bound(all, code, {}, &Message::code);
    return at != all.end() && (*at)->code == code ? *at : nullptr;
}

std::string message_of(const Diagnostic& problem, Language language) {
    return filled(find_message(problem.code)->text.in(language), problem, language);
}

std::string label_of(const Diagnostic& problem, Language language) {
    return filled(find_message(problem.code)->label.in(language), problem, language);
}

std::vector<std::string> help_of(const Diagnostic& problem, Language language) {
    std::vector<std::string> out;
    for (const Words& pattern : suggestions) {
        std::string line;
        if (out.empty() && fill(line, pattern.in(language), problem, language)) out.push_back(line);
    }
    const Message* message = find_message(problem.code);
    std::string line;
    if (!message->help.empty() && fill(line, message->help.in(language), problem, language))
        out.push_back(line);
    return out;
}

std::string note_text(Note note, Language language) {
    static constexpr std::array<Words, 7> notes{{
        {"the first one is here", "第一处在这里"},
        {"it is declared here", "在这里声明"},
        {"the owner is named here", "责任人写在这里"},
        {"the finding is made here", "问题在这里提出"},
        {"the other one is here", "另一处在这里"},
        {"the limit comes from here", "上限出自这里"},
        {"this one may be meant", "可能指这一处"},
    }};
    return std::string{notes.at(static_cast<std::size_t>(note)).in(language)};
}

std::string explain(std::string_view code, Language language) {
    const Message* message = find_message(code);
    if (message == nullptr) return {};
    const PageWords& words = language == Language::en ? page_en : page_zh;
    std::string out = fmt::format(
        "# {} {}\n\n{}: {}\n\n{}\n", message->code, message->name,
        message->severity == Severity::error ? words.severity_error : words.severity_warning,
        message->text.in(language), message->meaning.in(language));
    if (!message->wrong.empty())
        out += fmt::format("\n{}:\n\n```\n{}\n```\n", words.wrong, message->wrong);
    if (!message->right.empty())
        out += fmt::format("\n{}:\n\n```\n{}\n```\n", words.right, message->right);
    if (!message->help.empty())
        out += fmt::format("\n{}: {}\n", words.mend, message->help.in(language));
    if (message->allow == Allow::with_reason)
        out += "\n" + fmt::format(fmt::runtime(words.allow), message->code) + "\n";
    return out;
}

}  // namespace dutylog::definition
