#include "adapters/cli/cuts.hpp"

#include <algorithm>

#include "adapters/cli/moments.hpp"
#include "adapters/cli/other_rules.hpp"
#include "adapters/cli/refusals.hpp"
#include "engine/history/other_rules.hpp"
#include "engine/history/questions.hpp"
#include "engine/history/rehearsal.hpp"

namespace dutylog::cli {

void declare_cuts(Arguments& arguments, CutOptions& into) {
    arguments
        .option("--at", "WHEN", into.at,
                {"the state on that day (24:00) or at that moment", "该日（24:00）或该时刻的状态"})
        .option("--known-at", "WHEN", into.known_at,
                {"only what was on the record by then; where it is left out, by --at",
                 "只计至该时已记录者；省略时同 --at"})
        .option("--rules-at", "WHEN", into.rules_at,
                {"a date: decided again as if only what is valid on that day (editions of tables, "
                 "definitions) had been in force; the answer is hypothetical",
                 "日期：视为始终只施行该日有效的版次与定义而重新判定；答案为假设性"})
        .options("--day-off", "DATE", into.days_off,
                 {"decided again as if that day were no working day", "视该日为休息日而重新判定"})
        .options("--workday", "DATE", into.workdays,
                 {"decided again as if that day were worked", "视该日为工作日而重新判定"});
}

namespace {

/// `--rules-at`, `--day-off` and `--workday`.
history::OtherRules other_rules(const CutOptions& options) {
    history::OtherRules other;
    if (!options.rules_at.empty()) other.valid_on = read_date("--rules-at", options.rules_at);
    const auto add = [&](const char* option, const std::vector<std::string>& dates, bool works) {
        for (const std::string& text : dates) {
            const CivilDate date = read_date(option, text);
            other.days.push_back(
                {date, date, works, {"假定的日历", "a calendar that is asked for"}});
        }
    };
    add("--day-off", options.days_off, false);
    add("--workday", options.workdays, true);
    return other;
}

/// Decides again what is known at the cut.
void decide_again(OpenedLog& log, AskedWorld& asked) {
    const Instant until = asked.as_true    ? asked.at
                          : asked.known_at ? *asked.known_at
                                           : std::max(asked.at, log.store().last_recorded());
    auto again =
        history::decide_again(history::outside_history(log.store(), asked.known_at), log.source(),
                              &log.keys(), asked.other, until, asked.as_true);
    if (!again)
        throw Failure{
            ExitCode::usage,
            around({"no answer under other rules: {}", "无法按其他规则作答：{}"}, again.error())};
    asked.hypothetical = true;
    asked.decided = std::move(asked.world);
    asked.world = std::move(again->world);
    asked.dropped = std::move(again->dropped);
}

}  // namespace

AskedWorld asked_world(Session& session, OpenedLog& log, const CutOptions& options) {
    AskedWorld asked;
    asked.at = session.now();
    const calendar::Zone& zone = log.zone();
    const auto at = read_cut_if_given("--at", options.at, zone);
    const auto known = read_cut_if_given("--known-at", options.known_at, zone);
    if (at) asked.at = *at;
    asked.known_at = known ? known : at;
    asked.as_true = known && at && *known > *at;
    if (asked.as_true)
        asked.world = history::rehearse_as_true(history::outside_history(log.store(), known),
                                                log.source(), &log.keys(), asked.at)
                          .world();
    else
        asked.world = asked.known_at ? log.world(asked.known_at) : log.now();
    asked.other = other_rules(options);
    if (!asked.other.empty()) decide_again(log, asked);
    return asked;
}

boost::json::object cuts_json(const AskedWorld& asked) {
    boost::json::object object{{"at", to_string(asked.at)}};
    if (asked.known_at) object["known_at"] = to_string(*asked.known_at);
    if (asked.as_true) object["as_true"] = true;
    if (asked.hypothetical) {
        object["hypothetical"] = true;
        object["rules"] = history::to_json(asked.other);
        object["not_possible"] = list_of(asked.dropped);
    }
    return object;
}

void tell_cuts(Console& console, const AskedWorld& asked) {
    if (asked.as_true)
        console.line(console.paint(
            Tone::faint, console.say({"Facts were taken in the order in which they were true; "
                                      "what the log recorded at the time may differ.",
                                      "事实按其为真的先后重新排列；与当时日志所记可能不同。"})));
    if (asked.hypothetical)
        console.line(console.paint(
            Tone::warn,
            console.say(phrase("Hypothetical: decided again under {}; these were not the rules in "
                               "force throughout.",
                               "假设性：按{}重新判定，实际并非一直如此。",
                               rules_words(history::to_json(asked.other), console.language())))));
    for (const history::DroppedAct& act : asked.dropped)
        console.paragraph(console.say(phrase_of(
                              act, {"Not possible under those rules: {}", "按该规则不成立：{}"})),
                          2);
}

}  // namespace dutylog::cli
