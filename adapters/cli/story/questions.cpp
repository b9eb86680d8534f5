#include "adapters/cli/story/questions.hpp"

#include <boost/json/array.hpp>

#include "adapters/cli/answers.hpp"
#include "engine/scenario/typed.hpp"

namespace dutylog::cli {

using definition::Node;

namespace {

std::string text_of(const Node& node, std::string_view key) {
    const Node* found = node.find(key);
    return found == nullptr || !found->is_scalar() ? std::string{} : found->text;
}

/// `by: wang, complete: do.service …` without what is already said.
std::string pairs(const Node& node) {
    std::string text;
    for (const auto& entry : node.entries) {
        if (entry.value.is_mapping())
            text += (text.empty() ? "" : ", ") + entry.key.text + " {" + pairs(entry.value) + "}";
        else
            text += (text.empty() ? "" : ", ") + entry.key.text + " " + entry.value.text;
    }
    return text;
}

std::string change_words(const Narrator& narrator, const Node& change) {
    if (const Node* id = change.find("drop"))
        return narrator.say("{} had not happened", "{} 没有发生", id->text);
    if (const Node* id = change.find("move"))
        return narrator.say("{0} had been on {1}", "{0} 发生在 {1}", id->text,
                            text_of(change, "at"));
    if (const Node* id = change.find("replace")) {
        const Node* with = change.find("with");
        return narrator.say("{0} had said {1}", "{0} 改为 {1}", id->text,
                            with == nullptr ? "" : pairs(*with));
    }
    if (const Node* duty = change.find("assume"))
        return narrator.say("{0} counted as met {1}", "「{0}」视为已履行{1}",
                            narrator.duty(duty->text),
                            text_of(change, "until").empty()
                                ? ""
                                : narrator.say("up to {}", "至 {}", text_of(change, "until")));
    const Node* line = change.find("add");
    return narrator.say("also: {}", "另有：{}", pairs(line == nullptr ? change : *line));
}

/// One date, or several.
std::string dates_of(const Node& node) {
    std::string text = node.text;
    for (const Node& each : node.items) text += (text.empty() ? "" : ", ") + each.text;
    return text;
}

/// The duty a question names, with its subject.
std::string duty_words(const Narrator& narrator, const Node& node) {
    const std::string duty = narrator.duty(text_of(node, "duty"));
    const std::string of = text_of(node, "of");
    return of.empty() ? duty : narrator.say("{0}, {1}", "{0}（{1}）", duty, of);
}

}  // namespace

std::string question_words(const Narrator& n, const scenario::Question& question) {
    const Node& node = *question.node;
    const std::string& ask = question.ask;
    const std::string on = text_of(node, "on");
    std::string words;
    if (ask == "first-missed")
        words = n.say("Which deadline was missed first?", "最先错过的是哪个期限？");
    else if (ask == "told")
        words = n.say("Who had been told of: {}?", "谁被告知过「{}」？", duty_words(n, node));
    else if (ask == "state")
        words = n.say("How does it stand: {}?", "「{}」状态如何？", duty_words(n, node));
    else if (ask == "open")
        words = n.say("Which duties are open: {0} {1}?", "{0} {1} 有哪些未了义务？",
                      text_of(node, "of"), text_of(node, "upon"));
    else if (ask == "when-known")
        words =
            n.say("When was {} known, and by whom?", "{} 何时为何人所知？", text_of(node, "fact"));
    else if (ask == "edition")
        words = n.say("Which edition of {0} holds on {1}?", "{1} 适用「{0}」的哪个版次？",
                      text_of(node, "table"), text_of(node, "date"));
    else if (ask == "explain")
        words = n.say("Why this date: {}?", "「{}」为何是这一日期？", duty_words(n, node));
    else if (ask == "rests-on")
        words = n.say("What rests on {}?", "哪些结论以 {} 为依据？", text_of(node, "fact"));
    else if (ask == "signals")
        words = n.say("Are there signs of false records: {}?", "有无虚假记录的疑点：{}？",
                      duty_words(n, node));
    else if (ask == "gate")
        words = n.say("What did the gates answer to {0} of {1}?", "闸口对 {1} 的「{0}」作何答复？",
                      n.fact(text_of(node, "act")), text_of(node, "of"));
    else if (ask == "what-if")
        words = n.say("Which breaches remain, if", "假如");
    else
        words = ask;
    if (ask == "what-if") {
        std::string changes;
        if (const Node* list = node.find("change"))
            for (const Node& change : list->items)
                changes += (changes.empty() ? " " : n.say("; ", "；")) + change_words(n, change);
        return words + changes + n.say("?", "，哪些违规依然存在？");
    }
    if (!on.empty()) words += n.say(" – on {}", "——{}", on);
    if (const std::string known = text_of(node, "known_at"); !known.empty())
        words += n.say(", as known on {}", "，依 {} 所知", known);
    if (const std::string rules = text_of(node, "rules_at"); !rules.empty())
        words += n.say(", under the rules valid on {}", "，按 {} 有效的规则", rules);
    if (const Node* calendar = node.find("calendar"); calendar != nullptr) {
        if (const Node* off = calendar->find("off"))
            words += n.say(", with {} off", "，视 {} 为休息日", dates_of(*off));
        if (const Node* work = calendar->find("work"))
            words += n.say(", with {} worked", "，视 {} 为工作日", dates_of(*work));
    }
    return words;
}

namespace {

/// What the state of a duty rests on: the events of its cycle that were known.
void add_events(const Narrator& narrator, const Played& played, const scenario::Question& question,
                boost::json::value& found) {
    if (question.ask != "state" || !found.is_object()) return;
    if (found.as_object().contains("rules")) return;  // of a made-up history there are none to name
    const auto* cycle = found.as_object().if_contains("cycle");
    const auto* definition = narrator.world().rules->definition(text_of(*question.node, "duty"));
    const auto subject = scenario::Typed{narrator.world()}.subject(text_of(*question.node, "of"));
    if (cycle == nullptr || definition == nullptr || !subject) return;
    const StreamId stream =
        pdca::duty_stream(definition->id, narrator.world().ancestor(*subject, definition->subject));
    std::optional<Instant> known_at;
    const std::string known = text_of(*question.node, "known_at");
    const std::string cut = known.empty() ? text_of(*question.node, "on") : known;
    if (const auto date = parse_civil_date(cut))
        known_at = narrator.world().rules->zone().day_end(*date);
    boost::json::array events;
    for (const log::Position position :
         events_of_cycle(played.player.engine().store(), stream,
                         cycle->to_number<pdca::CycleNumber>(), known_at))
        events.emplace_back(position);
    found.as_object()["events"] = std::move(events);
}

}  // namespace

void tell_answers(Console& console, const Narrator& narrator, const Played& played) {
    if (played.answers.empty()) return;
    console.line();
    console.line(console.paint(Tone::strong, narrator.say("Questions and answers", "问与答")));
    for (std::size_t i = 0; i < played.answers.size(); ++i) {
        const scenario::Question& question = played.scenario.questions[i];
        scenario::Answered answer = played.answers[i];
        const bool agrees = answer.differences.empty();
        console.print("  " + console.paint(agrees ? Tone::good : Tone::bad, agrees ? "✓ " : "✗ "));
        console.paragraph(question_words(narrator, question), 4);
        add_events(narrator, played, question, answer.found);
        for (const std::string& line : answer_lines(console, narrator, answer.ask, answer.found)) {
            console.print("      ");
            console.paragraph(line, 8);
        }
        for (const std::string& assumption : answer.assumptions) {
            console.print("      ");
            console.paragraph(
                console.paint(Tone::faint, narrator.say("assumed: {}", "假定：{}", assumption)), 8);
        }
        for (const std::string& difference : answer.differences) {
            console.print("      ");
            console.paragraph(
                console.paint(Tone::bad, narrator.say("differs: {}", "不符：{}", difference)), 8);
        }
    }
}

}  // namespace dutylog::cli
