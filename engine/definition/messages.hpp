#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/text.hpp"
#include "engine/definition/diagnostic.hpp"

namespace dutylog::definition {

/// The same words in English and in Chinese.
struct Words {
    std::string_view en;
    std::string_view zh_cn;

    std::string_view in(Language language) const { return language == Language::en ? en : zh_cn; }
    bool empty() const { return en.empty(); }
};

/// Whether `# allow CODE: reason` may set a diagnostic aside.
enum class Allow : std::uint8_t { never, with_reason };

/// One code of the catalogue: its words, and its page (`dutylog explain`). A template names its
/// arguments in braces: "step `{name}` does not exist". `help` is shown where all its arguments are
/// given; a `suggestion` among the arguments is offered before it.
struct Message {
    std::string_view code;  ///< never used again for something else
    std::string_view name;  ///< in words, for tools that show rules: `unknown-step`
    Severity severity = Severity::error;
    Allow allow = Allow::never;
    Words text;              ///< the problem in one sentence
    Words label;             ///< what stands under the caret
    Words help;              ///< how to mend it, in one sentence
    Words meaning;           ///< the page: what the rule is, and why
    std::string_view wrong;  ///< an example that has the problem …
    std::string_view right;  ///< … and the same, mended
};

/// Every code, in order.
/// @see docs/how-to/add-a-diagnostic.md for what a new one needs
std::span<const Message* const> catalogue();

/// @returns null where no message has the code
const Message* find_message(std::string_view code);

/// The parts of a diagnostic in words of one language.
std::string message_of(const Diagnostic& problem, Language language);
std::string label_of(const Diagnostic& problem, Language language);
/// Sentences that help, the likeliest first; may be none.
std::vector<std::string> help_of(const Diagnostic& problem, Language language);
std::string note_text(Note note, Language language);

/// Words an argument stands for: `@a-list` is "a list". Other arguments stand for themselves.
std::string_view term(std::string_view argument, Language language);

/// The page of a code: meaning, wrong and right example, how to mend it; Markdown.
/// @returns nothing for an unknown code
std::string explain(std::string_view code, Language language);

/// The codes of one group each; one file a group.
std::span<const Message> reading_messages();     // DL00xx
std::span<const Message> name_messages();        // DL0101 to DL0116
std::span<const Message> structure_messages();   // DL0117 to DL0135
std::span<const Message> library_messages();     // DL0136 to DL0150
std::span<const Message> grammar_messages();     // DL0201 to DL0213
std::span<const Message> expression_messages();  // DL0220 to DL0245
std::span<const Message> people_messages();      // DL03xx
std::span<const Message> time_messages();        // DL04xx
std::span<const Message> table_messages();       // DL05xx

}  // namespace dutylog::definition
