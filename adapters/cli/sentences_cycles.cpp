#include "adapters/cli/sentence.hpp"

namespace dutylog::cli {

Told Sentence::operator()(const DutyOpened&) const {
    return detail(tell_.say("the duty applies", "义务产生"));
}

Told Sentence::operator()(const DefinitionDayCame& e) const {
    return e.begins ? detail(tell_.say("{0} holds from {1}", "{0} 自 {1} 起生效", e.definition,
                                       to_string(e.day)))
                    : detail(tell_.say("{0} ended on {1}", "{0} 于 {1} 失效", e.definition,
                                       to_string(e.day)));
}

Told Sentence::operator()(const HealthChanged& e) const {
    const std::string counts =
        tell_.say("{0} overdue, {1} open findings, {2} vacant",
                  "逾期 {0}，未整改问题 {1}，空缺 {2}", e.overdue, e.findings, e.vacant);
    if (e.health == Health::failing)
        return follows(tell_.say("fails: {}", "失守：{}", counts), Tone::bad, "✗");
    if (e.health == Health::strained)
        return follows(tell_.say("strained: {}", "吃紧：{}", counts), Tone::warn, "!");
    return follows(tell_.say("sound again", "恢复正常"), Tone::good, "✓");
}

Told Sentence::operator()(const DutyEnded& e) const {
    return follows(tell_.say("the duty ends", "义务终止") + because(e.reason));
}

Told Sentence::operator()(const CycleScheduled& e) const {
    return follows(tell_.say("due {}", "期限 {}", tell_.dates(e.deadline)));
}

Told Sentence::operator()(const OccasionJoined& e) const {
    return detail(tell_.say("#{} joins the open cycle", "#{} 并入进行中的循环", e.occasion));
}

Told Sentence::operator()(const DeadlineMoved& e) const {
    return follows(tell_.say("due date moves from {0} to {1}", "期限由 {0} 变为 {1}",
                             to_string(e.before.effective()), tell_.dates(e.deadline)),
                   Tone::warn);
}

Told Sentence::operator()(const CycleOpened& e) const {
    return detail(tell_.say("cycle {} opens", "第 {} 次循环开始", e.cycle));
}

Told Sentence::operator()(const PhaseEntered& e) const {
    static constexpr const char* en[] = {"plan", "do", "check", "act"};
    static constexpr const char* zh[] = {"计划", "实施", "检查", "改进"};
    Told told = detail(tell_.say("phase {0}", "进入{1}阶段", en[e.phase & 3], zh[e.phase & 3]));
    if (e.left_out.empty()) return told;
    told.weight = Weight::consequence;
    told.text += tell_.say("; left out: {}", "；略去「{}」", steps(e.left_out));
    return told;
}

Told Sentence::operator()(const StepOpened& e) const {
    std::string text = tell_.say("to do: {0}, by {1}", "待办「{0}」，责任人 {1}", step(e.step),
                                 tell_.person(e.owner.str()));
    if (!e.role.empty()) text += tell_.say(" ({})", "（{}）", tell_.role(e.role));
    if (e.deadline.kind != DeadlineKind::none)
        text += tell_.say(", due {}", "，期限 {}", tell_.dates(e.deadline));
    return follows(std::move(text), e.vacant ? Tone::warn : Tone::faint, "·");
}

Told Sentence::operator()(const StepSatisfied& e) const {
    return detail(tell_.say("done by #{1}: {0}", "「{0}」由 #{1} 完成", step(e.step), e.fact));
}

Told Sentence::operator()(const DeadlineMet& e) const {
    if (e.assumed) return detail(tell_.say("counted as met by assumption", "按推定视为已履行"));
    if (e.days_late > 0)
        return follows(tell_.say("done {} days late", "逾期 {} 天后完成", e.days_late), Tone::warn,
                       "✓");
    return follows(tell_.say("met in time", "按期完成"), Tone::good, "✓");
}

Told Sentence::operator()(const DeadlineMissed& e) const {
    const std::string what = e.step.empty() ? "" : tell_.say("{}, ", "「{}」", step(e.step));
    if (e.tracked)
        return follows(tell_.say("late, owed by someone outside: {0}due {1}",
                                 "外部单位逾期：{0}期限 {1}", what, to_string(e.due_on)),
                       Tone::warn);
    return headline(tell_.say("BREACH: {0}due {1}, {2} [{3}]", "违规：{0}期限 {1}，{2}〔{3}〕",
                              what, to_string(e.due_on), kind_of(e.breach), basis(e.basis)),
                    Tone::bad, "✗");
}

std::string Sentence::kind_of(Breach breach) const {
    switch (breach) {
        case Breach::overdue:
            return tell_.say("not done", "未完成");
        case Breach::act_first:
            return tell_.say("the act came before it", "行为先于义务发生");
        case Breach::contradicted:
            return tell_.say("acted against it", "行为与义务相悖");
        case Breach::rejudged:
            return tell_.say("what had met it was withdrawn", "据以履行的记录已作废");
    }
    return {};
}

Told Sentence::operator()(const OwnerMissing& e) const {
    const std::string instead = e.stands_in.empty() ? tell_.say("nobody stands in", "且无人代行")
                                                    : tell_.say("{} stands in", "由 {} 代行",
                                                                tell_.person(e.stands_in.str()));
    return follows(tell_.say("VACANT: nobody is {0}; {1} for {2}", "空缺：无人担任{0}，{1}「{2}」",
                             tell_.role(e.role), instead, step(e.step)),
                   Tone::warn, "!");
}

Told Sentence::operator()(const OwnerFound& e) const {
    return follows(tell_.say("{0} is now with {1}", "「{0}」责任人为 {1}", step(e.step),
                             tell_.person(e.owner.str())));
}

Told Sentence::operator()(const CycleClosed& e) const {
    std::string carried = steps(e.carried);
    if (!carried.empty()) carried = tell_.say("; carried on: {}", "；结转：{}", carried);
    return follows(tell_.say("closed{}", "循环关闭{}", carried), Tone::good);
}

Told Sentence::operator()(const CompletionWithdrawn& e) const {
    if (e.instead != 0)
        return follows(tell_.say("met by #{1}, which corrects #{0}", "#{1} 更正 #{0}，据以履行",
                                 e.voided, e.instead));
    return follows(
        tell_.say("not met after all: #{} was withdrawn", "#{} 已作废，视为未履行", e.voided),
        Tone::warn);
}

Told Sentence::operator()(const StepReopened& e) const {
    return follows(tell_.say("open again: {0}, for #{1} was withdrawn",
                             "因 #{1} 作废，「{0}」重新打开", step(e.step), e.voided),
                   Tone::warn);
}

}  // namespace dutylog::cli
