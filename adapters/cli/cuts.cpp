#include "adapters/cli/cuts.hpp"

#include <algorithm>

#include "adapters/cli/moments.hpp"
#include "engine/history/questions.hpp"
#include "engine/history/rehearsal.hpp"

namespace dutylog::cli {

void declare_cuts(Arguments& arguments, CutOptions& into) {
    arguments
        .option("--at", "WHEN", into.at,
                {"the state on that day (24:00) or at that moment",
                 "该日（24:00）或该时刻的状态"})
        .option("--known-at", "WHEN", into.known_at,
                {"only what was on the record by then; where it is left out, by --at",
                 "只计至该时已记录者；省略时同 --at"})
        .option("--rules-at", "WHEN", into.rules_at,
                {"decided again under the rules in force then; the answer is hypothetical",
                 "按该时施行的规则重新判定；答案为假设性"});
}

namespace {

/// The bundle in force at a moment, as the history has it.
const history::OutsideAct* publication_at(const history::OutsideHistory& history, Instant at) {
    const history::OutsideAct* found = nullptr;
    for (const history::OutsideAct& act : history.acts)
        if (std::holds_alternative<pdca::PublishBundle>(act.command) && act.recorded <= at)
            found = &act;
    return found;
}

/// The history as if that bundle had been the only one, from the start on.
void use_rules_of(history::OutsideHistory& history, const pdca::PublishBundle& rules) {
    bool first = true;
    std::erase_if(history.acts, [&](history::OutsideAct& act) {
        if (!std::holds_alternative<pdca::PublishBundle>(act.command)) return false;
        if (!first) return true;
        first = false;
        act.command = rules;
        return false;
    });
}

}  // namespace

AskedWorld asked_world(Session& session, OpenedLog& log, const CutOptions& options) {
    AskedWorld asked;
    const bool plain =
        options.at.empty() && options.known_at.empty() && options.rules_at.empty();
    asked.at = session.now();
    if (plain) {
        (void)log.zone();
        asked.world = log.now();
        return asked;
    }
    const calendar::Zone& zone = log.zone();
    const auto at = read_cut_if_given("--at", options.at, zone);
    const auto known = read_cut_if_given("--known-at", options.known_at, zone);
    if (at) asked.at = *at;
    asked.known_at = known ? known : at;
    asked.as_true = known && at && *known > *at;
    if (options.rules_at.empty() && !asked.as_true) {
        asked.world = log.world(asked.known_at);
        return asked;
    }
    auto outside = history::outside_history(log.store(), asked.known_at);
    if (!options.rules_at.empty()) {
        const Instant rules_at = read_cut("--rules-at", options.rules_at, zone);
        const auto* rules = publication_at(outside, rules_at);
        if (rules == nullptr)
            throw Failure{ExitCode::usage,
                          phrase("--rules-at {0}: no rules were in force yet",
                                 "--rules-at {0}：当时尚无规则施行", options.rules_at)};
        const auto order = std::get<pdca::PublishBundle>(rules->command);
        asked.rules = order.label.empty() ? to_hex(order.bundle).substr(0, 16) : order.label;
        asked.hypothetical = true;
        use_rules_of(outside, order);
    }
    if (asked.as_true) {
        asked.world = history::rehearse_as_true(std::move(outside), log.source(), asked.at).world();
        return asked;
    }
    history::Rehearsal rehearsal{log.source()};
    for (const history::OutsideAct& act : outside.acts) rehearsal.run(act);
    rehearsal.advance(asked.known_at ? *asked.known_at
                                     : std::max(asked.at, log.store().last_recorded()));
    asked.world = rehearsal.world();
    return asked;
}

boost::json::object cuts_json(const AskedWorld& asked) {
    boost::json::object object{{"at", to_string(asked.at)}};
    if (asked.known_at) object["known_at"] = to_string(*asked.known_at);
    if (asked.as_true) object["as_true"] = true;
    if (asked.hypothetical) {
        object["hypothetical"] = true;
        object["rules"] = asked.rules;
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
            console.say(phrase("Hypothetical: decided again under the rules of {0}, which were "
                               "not those in force throughout.",
                               "假设性：按规则 {0} 重新判定，实际并非一直施行该规则。", asked.rules))));
}

}  // namespace dutylog::cli
