#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/text.hpp"

namespace dutylog::notice {

enum class Kind : std::uint8_t {
    reminder,           ///< before the deadline, or on it
    escalation,         ///< after it
    assignment,         ///< somebody has become the owner
    decision,           ///< somebody is asked to approve
    gate,               ///< an act was refused, or let pass with a flag
    vacancy,            ///< a step has no owner
    undelivered,        ///< somebody else could not be reached
    channel,            ///< a channel or endpoint needs its administrator
    digest,             ///< several of the above for one person
    urge,               ///< somebody asks to hurry
    signature,          ///< somebody is asked to sign
    more_time_granted,  ///< to who asked for more time
    more_time_refused,
};

/// `reminder`, `escalation`, …: the word that programs know a kind by. It never changes.
std::string_view stable_word(Kind kind);

/// Colour and word: blue, orange, red.
enum class Severity : std::uint8_t { info, warning, critical };

/// One line of a message: `截止：2026-11-30`.
struct Line {
    Text name;
    Text value;
    friend bool operator==(const Line&, const Line&) = default;
};

struct Action {
    Text label;
    std::string url;
    friend bool operator==(const Action&, const Action&) = default;
};

/// Somebody to be called by name, as the channels know them; what is empty is not known.
struct Mention {
    std::string name;
    std::string user;  ///< id in the channel
    std::string mobile;
    std::string email;
    friend bool operator==(const Mention&, const Mention&) = default;
};

/// One duty of a digest.
struct Item {
    Text what;   ///< `在岗期间职业健康检查 – 张三`
    Text state;  ///< `已逾期 2 天`
    std::string due;
    std::string url;
    Severity severity = Severity::info;
    friend bool operator==(const Item&, const Item&) = default;
};

/// What is told, before it is put into the form of a channel. All text is plain, of one line each,
/// and in both languages; `language` is the reader's. There is no place in it for a result, a
/// diagnosis or a dose: those stay behind the link.
struct Message {
    std::string id;  ///< stays the same on every attempt; a `webhook-id`, at most 50 bytes
    Kind kind = Kind::reminder;
    Severity severity = Severity::info;
    Language language = Language::zh_cn;
    Text title;    ///< `职业健康检查将到期`
    Text lead;     ///< `第 2 次提醒，还剩 7 天`
    Text subject;  ///< of a mail: `[还剩 7 天] 职业健康检查 – 张三 – 2026-11-30`
    std::vector<Line> lines;
    std::vector<Item> items;      ///< of a digest
    std::vector<Action> actions;  ///< the first one opens the duty
    std::vector<Mention> mentions;
    /// Single values for templates that others have approved (SMS): `item`, `name`, `due`, `days`,
    /// `ordinal`, `owner`; a digest has `count`.
    std::map<std::string, Text> values;
    std::string thread;  ///< id of the first message of the series; empty for that one itself

    friend bool operator==(const Message&, const Message&) = default;
};

/// `截止：2026-11-30`, `Due: 2026-11-30`
std::string line_text(const Line& line, Language language);
/// The words that double the colour: `提示`, `注意`, `紧急`.
const Text& word_of(Severity severity);

/// The id of what goes to one person because of one notice of the log: the same whenever it is
/// asked for.
std::string message_id(const std::string& notice, const std::string& person);

}  // namespace dutylog::notice
