#include "adapters/cli/other_rules.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <vector>

namespace dutylog::cli {

namespace json = boost::json;

namespace {

std::vector<std::string> texts(const json::object& object, std::string_view name) {
    std::vector<std::string> found;
    const json::value* list = object.if_contains(name);
    if (list == nullptr || !list->is_array()) return found;
    for (const json::value& each : list->get_array()) found.emplace_back(each.as_string());
    return found;
}

std::string joined(const std::vector<std::string>& parts, Language language) {
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : language == Language::en ? ", " : "、") + part;
    return text;
}

/// Of two lists of editions what is in the first alone; all of it where they are the same.
std::vector<std::string> telling(const std::vector<std::string>& from,
                                 const std::vector<std::string>& other) {
    std::vector<std::string> own;
    for (const std::string& name : from)
        if (std::ranges::find(other, name) == other.end()) own.push_back(name);
    return own.empty() ? from : own;
}

/// Whether the date after rolling, or the enforced one, moved just as the one before it did.
bool says_nothing_more(const json::object& date, const json::array& dates) {
    const json::object& first = dates.front().as_object();
    const auto& name = date.at("date").as_string();
    return (name == "effective" || name == "enforced") && name != first.at("date").as_string() &&
           date.at("here") == first.at("here") && date.at("decided") == first.at("decided");
}

/// `due 2026-09-10, effective 2026-09-10`, of one side of a difference.
std::string dates_words(const Narrator& narrator, const StreamId& duty, const json::array& dates,
                        std::string_view side) {
    std::vector<std::string> parts;
    for (const json::value& each : dates) {
        if (says_nothing_more(each.as_object(), dates)) continue;
        const std::string name{each.at("date").as_string()};
        const json::value& date = each.at(side);
        std::string what = word_for(name, narrator.language());
        if (name != "due" && name != "effective" && name != "enforced")
            what = narrator.step(duty, name);
        parts.push_back(date.is_null() ? narrator.say("{} not open", "「{}」未开启", what)
                                       : what + " " + std::string{date.as_string()});
    }
    return joined(parts, narrator.language());
}

std::string in_brackets(const Narrator& narrator, const std::vector<std::string>& editions) {
    if (editions.empty()) return {};
    return narrator.say(" ({})", "（{}）", joined(editions, narrator.language()));
}

}  // namespace

std::string rules_words(const json::object& asked, Language language) {
    const auto say = [&](std::string_view en, std::string_view zh_cn, const std::string& what) {
        return fmt::format(fmt::runtime(language == Language::en ? en : zh_cn), what);
    };
    std::vector<std::string> parts;
    if (const json::value* day = asked.if_contains("valid_on"))
        parts.push_back(
            say("the rules valid on {}", " {} 有效的规则", std::string{day->as_string()}));
    else
        parts.push_back(say("the rules of the time{}", "当时的规则{}", ""));
    if (const auto off = texts(asked, "off"); !off.empty())
        parts.push_back(say("{} off", "{} 休息", joined(off, language)));
    if (const auto work = texts(asked, "work"); !work.empty())
        parts.push_back(say("{} worked", "{} 上班", joined(work, language)));
    return joined(parts, language);
}

std::string difference_words(const Narrator& narrator, const json::object& difference) {
    const StreamId duty{std::string{difference.at("duty").as_string()}};
    const auto decided = texts(difference, "decided");
    const auto here = texts(difference, "here");
    const std::string rules = rules_words(difference.at("asked").as_object(), narrator.language()) +
                              in_brackets(narrator, telling(here, decided));
    const std::string before = in_brackets(narrator, telling(decided, here));
    const json::array& dates = difference.at("dates").as_array();
    if (!dates.empty())
        return narrator.say("Under {0}: {1}; as decided{2}: {3}.", "按{0}：{1}；按原判定{2}：{3}。",
                            rules, dates_words(narrator, duty, dates, "here"), before,
                            dates_words(narrator, duty, dates, "decided"));
    const json::value& due = difference.at("due");
    const std::string which =
        due.is_null() ? std::string{}
                      : narrator.say(": due {}", "：期限 {}", std::string{due.as_string()});
    return narrator.say("Under {0} every date is as decided{1}{2}.",
                        "按{0}，各日期均与原判定{1}相同{2}。", rules, before, which);
}

}  // namespace dutylog::cli
