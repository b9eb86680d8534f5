#include "adapters/cli/sentence.hpp"

namespace dutylog::cli {

Told Sentence::operator()(const StepCompleted& e) const {
    std::string text = tell_.say("done: {0}", "完成「{0}」", step(e.step));
    if (!e.outcome.empty()) text += tell_.say(", outcome {}", "，结果 {}", e.outcome);
    const std::string form = tell_.values("", e.form);
    if (!form.empty()) text += tell_.say(" ({})", "（{}）", form);
    for (const std::string& warning : e.warnings)
        text += tell_.say("; warning: {}", "；警告：{}", warning);
    return headline(std::move(text));
}

Told Sentence::operator()(const StepReturned& e) const {
    return headline(tell_.say("sent back: {0}", "退回「{0}」", step(e.step)) + because(e.reason),
                    Tone::warn);
}

Told Sentence::operator()(const StepApproved& e) const {
    if (e.role.empty())
        return headline(tell_.say("signed: {}", "签署「{}」", step(e.step)), Tone::good);
    return headline(
        tell_.say("approved: {0}, as {1}", "批准「{0}」（{1}）", step(e.step), tell_.role(e.role)));
}

Told Sentence::operator()(const StepReassigned& e) const {
    return headline(tell_.say("{0} is given to {1}", "「{0}」转交 {1}", step(e.step),
                              tell_.person(e.owner.str())) +
                    because(e.reason));
}

Told Sentence::operator()(const StepPostponed& e) const {
    return headline(tell_.say("{0} is postponed to {1}", "「{0}」延期至 {1}", step(e.step),
                              tell_.dates(e.deadline)) +
                    approved_by(e.approver) + because(e.reason));
}

Told Sentence::operator()(const StepsLeftOut& e) const {
    return headline(tell_.say("left out: {0}", "略去「{0}」", steps(e.steps)) +
                        approved_by(e.approver) + because(e.reason),
                    Tone::warn);
}

std::string Sentence::steps(const std::vector<std::string>& ids) const {
    std::string list;
    for (const std::string& id : ids)
        list += (list.empty() ? "" : tell_.say(", ", "、")) + step(id);
    return list;
}

Told Sentence::operator()(const FindingRaised& e) const {
    if (e.finding.empty())
        return detail(tell_.say("{0}: nothing found", "{0}：未发现问题", step(e.step)));
    const std::string severity = e.severity.empty() ? "" : " (" + e.severity + ")";
    return headline(tell_.say("finding: {0}{1}", "发现问题：{0}{1}", finding(e.finding), severity) +
                        because(e.note),
                    Tone::warn, "!");
}

std::string Sentence::finding(const std::string& id) const {
    if (const auto* definition = tell_.definition_of(envelope_.stream))
        for (const auto& each : definition->steps)
            for (const auto& spec : each.findings)
                if (spec.id == id && !spec.title.empty()) return spec.title.in(tell_.language());
    return id;
}

Told Sentence::operator()(const MeasureVerified& e) const {
    return headline(tell_.say("{0}: {1}", "「{0}」{1}", step(e.step),
                              e.effective ? tell_.say("verified effective", "验证有效")
                                          : tell_.say("found without effect", "验证无效")) +
                        because(e.note),
                    e.effective ? Tone::good : Tone::warn);
}

Told Sentence::operator()(const MeasureCarried& e) const {
    return headline(tell_.say("carried on: {0}", "结转「{0}」", step(e.step)) +
                    approved_by(e.approver) + because(e.reason));
}

Told Sentence::operator()(const CycleSuspended& e) const {
    return headline(tell_.say("suspended", "中止") + because(e.reason), Tone::warn);
}

Told Sentence::operator()(const CycleResumed&) const {
    return headline(tell_.say("resumed", "恢复"));
}

Told Sentence::operator()(const CycleCancelled& e) const {
    return headline(tell_.say("cancelled", "取消") + approved_by(e.approver) + because(e.reason),
                    Tone::warn);
}

Told Sentence::operator()(const CycleMigrated& e) const {
    return headline(tell_.say("moved to another version", "改用另一版本") +
                    approved_by(e.approver));
}

}  // namespace dutylog::cli
