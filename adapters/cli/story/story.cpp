#include "adapters/cli/story/story.hpp"

#include <map>

#include "adapters/cli/answers.hpp"
#include "adapters/cli/story/days.hpp"
#include "adapters/cli/story/questions.hpp"
#include "adapters/cli/story/setting.hpp"
#include "engine/history/questions.hpp"

namespace dutylog::cli {

namespace {

/// Of lines that stand for one act on many days the first is told, with how many there are.
void leave_repeats_out(const Narrator& narrator, const scenario::Player& player,
                       DaysToTell& which) {
    struct Repeat {
        log::Position first = 0;
        std::size_t more = 0;
        CivilDate last;
    };
    std::map<const scenario::StoryLine*, Repeat> repeats;
    for (const scenario::PlayedLine& played : player.played()) {
        if (played.line->every.empty() || played.answer.first == 0) continue;
        Repeat& repeat = repeats[played.line];
        repeat.last = narrator.local_day(played.recorded);
        if (repeat.first == 0) {
            repeat.first = played.answer.first;
            continue;
        }
        ++repeat.more;
        which.left_unsaid.insert(played.answer.first);
    }
    for (const auto& [line, repeat] : repeats)
        if (repeat.more > 0)
            which.remarks[repeat.first] =
                narrator.say("(and {0} times more, the last on {1})",
                             "（其后另有 {0} 次，末次 {1}）", repeat.more, to_string(repeat.last));
}

log::Position first_of_story(const scenario::Player& player) {
    log::Position first = 0;
    for (const scenario::PlayedLine& played : player.played())
        if (played.answer.first != 0 && (first == 0 || played.answer.first < first))
            first = played.answer.first;
    return first;
}

std::string title_of(const scenario::Scenario& scenario, Language language) {
    const definition::Node* title = scenario.yaml.root.find("title");
    const definition::Node* chinese = title == nullptr ? nullptr : title->find("zh-CN");
    if (language == Language::zh_cn && chinese != nullptr) return chinese->text;
    return scenario.title.empty() ? scenario.id : scenario.title;
}

void tell_head(Console& console, const Narrator& narrator, const Played& played) {
    const scenario::Scenario& scenario = played.scenario;
    console.line(console.paint(Tone::strong, title_of(scenario, narrator.language())));
    console.paragraph(
        console.paint(
            Tone::faint,
            narrator.say("{0}; rules: {1}; from {2} to {3}; #N is the place of an event "
                         "in the log",
                         "{0}；规则：{1}；{2} 至 {3}；#N 为事件在日志中的位置", scenario.file,
                         narrator.world().rules->library().title.in(narrator.language()),
                         scenario.clock.substr(0, 10),
                         to_string(narrator.local_day(Instant{played.player.end().micros - 1})))),
        0);
    console.line();
}

void tell_breaches(Console& console, const Narrator& narrator) {
    const boost::json::array breaches = history::first_missed(narrator.world());
    console.line();
    console.line(console.paint(
        Tone::strong,
        narrator.say("Breaches, in the order in which they were due", "违规（按应履行时间排序）")));
    std::size_t number = 0;
    for (const std::string& line : answer_lines(console, narrator, "first-missed", breaches)) {
        console.print(fmt::format("  {:>2}. ", ++number));
        console.paragraph(line, 8);
    }
}

void tell_problems(Console& console, const Narrator& narrator, const Played& played) {
    if (played.problems.empty()) return;
    console.line();
    console.line(console.paint(
        Tone::bad, narrator.say("It did not go as the scenario says", "经过与案例所述不符")));
    for (const scenario::Problem& problem : played.problems) {
        console.print("  ");
        console.paragraph(fmt::format("{}:{}: {}", problem.file, problem.line, problem.message), 4);
    }
}

void tell_count(Console& console, const Narrator& narrator, const Played& played) {
    std::size_t agree = 0;
    for (const scenario::Answered& answer : played.answers) agree += answer.differences.empty();
    const log::TreeHead head = played.player.engine().store().head();
    console.line();
    console.paragraph(
        narrator.say("{0} of {1} answers are as expected. The log has {2} events; its tree head is "
                     "{3}.",
                     "{1} 个问题中 {0} 个答案符合预期。日志共 {2} 个事件，树头为 {3}。", agree,
                     played.answers.size(), head.size, to_hex(head.root).substr(0, 16)),
        0);
}

}  // namespace

void tell_story(Session& session, const Played& played) {
    Console& console = session.console;
    const Narrator narrator{played.player.engine().world(), console.language()};
    tell_head(console, narrator, played);
    tell_setting(console, narrator, played.scenario);
    DaysToTell which;
    const log::Position first = first_of_story(played.player);
    which.after = first == 0 ? 0 : first - 1;
    leave_repeats_out(narrator, played.player, which);
    console.print(console.paint(Tone::strong, narrator.say("What happened", "经过")));
    console.line();
    tell_days(console, narrator, played.player.engine().store(), which);
    tell_breaches(console, narrator);
    tell_answers(console, narrator, played);
    tell_problems(console, narrator, played);
    tell_count(console, narrator, played);
}

}  // namespace dutylog::cli
