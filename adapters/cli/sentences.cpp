#include "adapters/cli/narrator.hpp"

#include "engine/history/words.hpp"
#include "engine/pdca/sealing.hpp"

namespace dutylog::cli {

namespace {

using namespace pdca;  // NOLINT: every event is named here

/// One overload for each event.
struct Sentence {
    const Narrator& tell;
    const log::Envelope& envelope;

    Told headline(std::string text, Tone tone = Tone::plain, std::string mark = "") const {
        return {Weight::headline, tone, std::move(mark), duty(), std::move(text)};
    }
    Told follows(std::string text, Tone tone = Tone::plain, std::string mark = "→") const {
        return {Weight::consequence, tone, std::move(mark), duty(), std::move(text)};
    }
    Told detail(std::string text) const {
        return {Weight::detail, Tone::faint, "·", duty(), std::move(text)};
    }
    /// The duty whose stream it is; nothing for the streams of subjects and of the log.
    std::string duty() const {
        return tell.world().duty(envelope.stream) == nullptr ? std::string{}
                                                             : tell.duty(envelope.stream);
    }
    std::string step(const std::string& id) const { return tell.step(envelope.stream, id); }
    std::string because(const std::string& reason) const {
        return reason.empty() ? reason : tell.say(" – {}", "——{}", reason);
    }
    std::string approved_by(const ActorId& approver) const {
        if (approver.empty()) return {};
        return tell.say(", approved by {}", "，批准人{}", tell.person(approver.str()));
    }
    /// What is written of a duty's own definition: for the basis of its breaches.
    std::string basis(const std::string& obligation) const {
        const auto* definition = tell.definition_of(envelope.stream);
        return tell.basis(definition == nullptr ? "" : definition->id, obligation);
    }

    std::string gates(const std::vector<GateClosed>& closed) const {
        std::string text;
        for (const GateClosed& gate : closed)
            text += (text.empty() ? "" : tell.say("; ", "；")) + gate.detail +
                    (gate.basis.empty()
                         ? ""
                         : tell.say(" [{}]", "〔{}〕", tell.basis(gate.definition, gate.basis)));
        return text;
    }
    std::string about(const std::string& fact, const Reference& subject, const Value& value) const {
        const std::string values = tell.values(fact, value);
        return tell.say("{0}, {1}", "{0}（{1}）", tell.fact(fact), tell.subject(subject)) +
               (values.empty() ? "" : tell.say(": ", "：") + values);
    }

    // ---- the log's own

    Told operator()(const BundlePublished& e) const {
        return headline(tell.say("definitions published: {0}", "发布定义：{0}", e.label) +
                        approved_by(e.approver));
    }
    Told operator()(const RecordVoided& e) const {
        std::string list;
        for (const Position position : e.positions)
            list += (list.empty() ? "#" : ", #") + std::to_string(position);
        return headline(tell.say("withdrawn: {}", "作废记录：{}", list) + because(e.reason),
                        Tone::warn);
    }
    Told operator()(const CommandRefused& e) const {
        return headline(tell.say("refused ({0}): {1}", "被拒绝（{0}）：{1}", e.reason, e.detail),
                        Tone::warn, "!");
    }
    Told operator()(const AssumptionRecorded& e) const {
        const std::string which = e.definition == "*"
                                      ? tell.say("every duty not named", "未另行说明的全部义务")
                                      : tell.duty(e.definition);
        if (!e.forever && e.until == CivilDate{})
            return headline(tell.say("nothing assumed of {}", "对「{}」不作推定", which));
        const std::string until =
            e.forever ? std::string{} : tell.say(" up to {}", "至 {} 止", to_string(e.until));
        return headline(tell.say("assumed met{1}: {0}", "推定已履行{1}：{0}", which, until) +
                        because(e.reason));
    }
    Told operator()(const ClockJumped& e) const {
        return headline(tell.say("the clock jumped from {0} to {1}{2}", "时钟由 {0} 跳至 {1}{2}",
                                 to_string(e.expected), to_string(e.found),
                                 e.adopted ? "" : tell.say(", not adopted", "，未采用")),
                        Tone::warn, "!");
    }
    Told operator()(const ClockDecided& e) const {
        return headline((e.confirmed ? tell.say("the clock is confirmed", "确认时钟无误")
                                     : tell.say("the clock is rejected", "否认时钟")) +
                        because(e.reason));
    }

    Told operator()(const SealedFieldsAsked& e) const {
        return detail(tell.say("{0} answers from sealed fields of {1} are kept",
                               "留存 {1} 的封存字段判定结果 {0} 项", e.questions.size(),
                               tell.subject(subject_of_key(e.key))));
    }

    // ---- subjects, facts, gates

    /// What the library calls the kind of a subject.
    std::string kind(const Reference& subject) const {
        const auto* rules = tell.world().rules.get();
        if (rules == nullptr) return subject.kind;
        const auto found = rules->library().kinds.find(subject.kind);
        const bool titled = found != rules->library().kinds.end() && !found->second.title.empty();
        return titled ? found->second.title.in(tell.language()) : subject.kind;
    }
    Told operator()(const PersonErased& e) const {
        return headline(tell.say("the key of {0} {1} is erased", "已删除{0} {1} 的密钥",
                                 kind(e.subject), e.subject.id) +
                            because(e.reason),
                        Tone::warn);
    }

    Told operator()(const SubjectAdded& e) const {
        return headline(
            tell.say("added: {0} {1}", "新增{0}：{1}", kind(e.subject), tell.subject(e.subject)));
    }
    Told operator()(const FactRecorded& e) const {
        std::string text = about(e.fact, e.subject, e.value);
        if (envelope.corrects != 0)
            text += tell.say(" (corrects #{})", "（更正 #{}）", envelope.corrects);
        return headline(std::move(text));
    }
    Told operator()(const ActRefused& e) const {
        return headline(tell.say("REFUSED: {0}", "拒绝：{0}", about(e.act, e.subject, e.value)) +
                            because(gates(e.gates)),
                        Tone::warn, "!");
    }
    Told operator()(const ActPermitted& e) const {
        const std::string act = about(e.act, e.subject, e.value);
        if (e.flags.empty())
            return headline(tell.say("permitted: {}", "准许：{}", act), Tone::good, "✓");
        return headline(
            tell.say("permitted with a flag: {}", "准许并提示：{}", act) + because(gates(e.flags)),
            Tone::warn, "!");
    }
    Told operator()(const GateOverridden& e) const {
        return headline(
            tell.say("OVERRIDDEN: {}", "强制放行：{}", about(e.act, e.subject, e.value)) +
                because(e.reason) + because(gates(e.gates)),
            Tone::bad, "✗");
    }
    Told operator()(const GateBreached& e) const {
        return headline(tell.say("BREACH: {0} of {1} past a closed gate: {2} [{3}]",
                                 "违规：{1}「{0}」越过关闭的闸口：{2}〔{3}〕", tell.fact(e.act),
                                 to_string(e.due_on), e.detail, tell.basis(e.definition, e.basis)),
                        Tone::bad, "✗");
    }

    // ---- work on duties

    Told operator()(const StepCompleted& e) const {
        std::string text = tell.say("done: {0}", "完成「{0}」", step(e.step));
        if (!e.outcome.empty()) text += tell.say(", outcome {}", "，结果 {}", e.outcome);
        const std::string form = tell.values("", e.form);
        if (!form.empty()) text += tell.say(" ({})", "（{}）", form);
        for (const std::string& warning : e.warnings)
            text += tell.say("; warning: {}", "；警告：{}", warning);
        return headline(std::move(text));
    }
    Told operator()(const StepReturned& e) const {
        return headline(tell.say("sent back: {0}", "退回「{0}」", step(e.step)) + because(e.reason),
                        Tone::warn);
    }
    Told operator()(const StepApproved& e) const {
        return headline(tell.say("approved: {0}, as {1}", "批准「{0}」（{1}）", step(e.step),
                                 tell.role(e.role)));
    }
    Told operator()(const StepReassigned& e) const {
        return headline(tell.say("{0} is given to {1}", "「{0}」转交 {1}", step(e.step),
                                 tell.person(e.owner.str())) +
                        because(e.reason));
    }
    Told operator()(const StepPostponed& e) const {
        return headline(tell.say("{0} is postponed to {1}", "「{0}」延期至 {1}", step(e.step),
                                 tell.dates(e.deadline)) +
                        approved_by(e.approver) + because(e.reason));
    }
    Told operator()(const StepsLeftOut& e) const {
        return headline(tell.say("left out: {0}", "略去「{0}」", steps(e.steps)) +
                            approved_by(e.approver) + because(e.reason),
                        Tone::warn);
    }
    std::string steps(const std::vector<std::string>& ids) const {
        std::string list;
        for (const std::string& id : ids)
            list += (list.empty() ? "" : tell.say(", ", "、")) + step(id);
        return list;
    }
    Told operator()(const FindingRaised& e) const {
        if (e.finding.empty())
            return detail(tell.say("{0}: nothing found", "{0}：未发现问题", step(e.step)));
        const std::string severity = e.severity.empty() ? "" : " (" + e.severity + ")";
        return headline(
            tell.say("finding: {0}{1}", "发现问题：{0}{1}", finding(e.finding), severity) +
                because(e.note),
            Tone::warn, "!");
    }
    std::string finding(const std::string& id) const {
        if (const auto* definition = tell.definition_of(envelope.stream))
            for (const auto& each : definition->steps)
                for (const auto& spec : each.findings)
                    if (spec.id == id && !spec.title.empty()) return spec.title.in(tell.language());
        return id;
    }
    Told operator()(const MeasureVerified& e) const {
        return headline(tell.say("{0}: {1}", "「{0}」{1}", step(e.step),
                                 e.effective ? tell.say("verified effective", "验证有效")
                                             : tell.say("found without effect", "验证无效")) +
                            because(e.note),
                        e.effective ? Tone::good : Tone::warn);
    }
    Told operator()(const MeasureCarried& e) const {
        return headline(tell.say("carried on: {0}", "结转「{0}」", step(e.step)) +
                        approved_by(e.approver) + because(e.reason));
    }
    Told operator()(const CycleSuspended& e) const {
        return headline(tell.say("suspended", "中止") + because(e.reason), Tone::warn);
    }
    Told operator()(const CycleResumed&) const { return headline(tell.say("resumed", "恢复")); }
    Told operator()(const CycleCancelled& e) const {
        return headline(tell.say("cancelled", "取消") + approved_by(e.approver) + because(e.reason),
                        Tone::warn);
    }
    Told operator()(const CycleMigrated& e) const {
        return headline(tell.say("moved to another version", "改用另一版本") +
                        approved_by(e.approver));
    }

    // ---- derived

    Told operator()(const DutyOpened&) const {
        return detail(tell.say("the duty applies", "义务产生"));
    }
    Told operator()(const DefinitionDayCame& e) const {
        return e.begins ? detail(tell.say("{0} holds from {1}", "{0} 自 {1} 起生效", e.definition,
                                          to_string(e.day)))
                        : detail(tell.say("{0} ended on {1}", "{0} 于 {1} 失效", e.definition,
                                          to_string(e.day)));
    }
    Told operator()(const HealthChanged& e) const {
        const std::string counts =
            tell.say("{0} overdue, {1} open findings, {2} vacant",
                     "逾期 {0}，未整改问题 {1}，空缺 {2}", e.overdue, e.findings, e.vacant);
        if (e.health == Health::failing)
            return follows(tell.say("fails: {}", "失守：{}", counts), Tone::bad, "✗");
        if (e.health == Health::strained)
            return follows(tell.say("strained: {}", "吃紧：{}", counts), Tone::warn, "!");
        return follows(tell.say("sound again", "恢复正常"), Tone::good, "✓");
    }
    Told operator()(const DutyEnded& e) const {
        return follows(tell.say("the duty ends", "义务终止") + because(e.reason));
    }
    Told operator()(const CycleScheduled& e) const {
        return follows(tell.say("due {}", "期限 {}", tell.dates(e.deadline)));
    }
    Told operator()(const OccasionJoined& e) const {
        return detail(tell.say("#{} joins the open cycle", "#{} 并入进行中的循环", e.occasion));
    }
    Told operator()(const DeadlineMoved& e) const {
        return follows(tell.say("due date moves from {0} to {1}", "期限由 {0} 变为 {1}",
                                to_string(e.before.effective()), tell.dates(e.deadline)),
                       Tone::warn);
    }
    Told operator()(const CycleOpened& e) const {
        return detail(tell.say("cycle {} opens", "第 {} 次循环开始", e.cycle));
    }
    Told operator()(const PhaseEntered& e) const {
        static constexpr const char* en[] = {"plan", "do", "check", "act"};
        static constexpr const char* zh[] = {"计划", "实施", "检查", "改进"};
        Told told = detail(tell.say("phase {0}", "进入{1}阶段", en[e.phase & 3], zh[e.phase & 3]));
        if (e.left_out.empty()) return told;
        told.weight = Weight::consequence;
        told.text += tell.say("; left out: {}", "；略去「{}」", steps(e.left_out));
        return told;
    }
    Told operator()(const StepOpened& e) const {
        std::string text = tell.say("to do: {0}, by {1}", "待办「{0}」，责任人 {1}", step(e.step),
                                    tell.person(e.owner.str()));
        if (!e.role.empty()) text += tell.say(" ({})", "（{}）", tell.role(e.role));
        if (e.deadline.kind != DeadlineKind::none)
            text += tell.say(", due {}", "，期限 {}", tell.dates(e.deadline));
        return follows(std::move(text), e.vacant ? Tone::warn : Tone::faint, "·");
    }
    Told operator()(const StepSatisfied& e) const {
        return detail(tell.say("done by #{1}: {0}", "「{0}」由 #{1} 完成", step(e.step), e.fact));
    }
    Told operator()(const DeadlineMet& e) const {
        if (e.assumed) return detail(tell.say("counted as met by assumption", "按推定视为已履行"));
        if (e.days_late > 0)
            return follows(tell.say("done {} days late", "逾期 {} 天后完成", e.days_late),
                           Tone::warn, "✓");
        return follows(tell.say("met in time", "按期完成"), Tone::good, "✓");
    }
    Told operator()(const DeadlineMissed& e) const {
        const std::string what = e.step.empty() ? "" : tell.say("{}, ", "「{}」", step(e.step));
        if (e.tracked)
            return follows(tell.say("late, owed by someone outside: {0}due {1}",
                                    "外部单位逾期：{0}期限 {1}", what, to_string(e.due_on)),
                           Tone::warn);
        return headline(tell.say("BREACH: {0}due {1}, {2} [{3}]", "违规：{0}期限 {1}，{2}〔{3}〕",
                                 what, to_string(e.due_on), kind_of(e.breach), basis(e.basis)),
                        Tone::bad, "✗");
    }
    std::string kind_of(Breach breach) const {
        switch (breach) {
            case Breach::overdue:
                return tell.say("not done", "未完成");
            case Breach::act_first:
                return tell.say("the act came before it", "行为先于义务发生");
            case Breach::contradicted:
                return tell.say("acted against it", "行为与义务相悖");
            case Breach::rejudged:
                return tell.say("what had met it was withdrawn", "据以履行的记录已作废");
        }
        return {};
    }
    Told operator()(const OwnerMissing& e) const {
        const std::string instead = e.stands_in.empty() ? tell.say("nobody stands in", "且无人代行")
                                                        : tell.say("{} stands in", "由 {} 代行",
                                                                   tell.person(e.stands_in.str()));
        return follows(
            tell.say("VACANT: nobody is {0}; {1} for {2}", "空缺：无人担任{0}，{1}「{2}」",
                     tell.role(e.role), instead, step(e.step)),
            Tone::warn, "!");
    }
    Told operator()(const OwnerFound& e) const {
        return follows(tell.say("{0} is now with {1}", "「{0}」责任人为 {1}", step(e.step),
                                tell.person(e.owner.str())));
    }
    Told operator()(const CycleClosed& e) const {
        std::string carried = steps(e.carried);
        if (!carried.empty()) carried = tell.say("; carried on: {}", "；结转：{}", carried);
        return follows(tell.say("closed{}", "循环关闭{}", carried), Tone::good);
    }
    Told operator()(const CompletionWithdrawn& e) const {
        if (e.instead != 0)
            return follows(tell.say("met by #{1}, which corrects #{0}", "#{1} 更正 #{0}，据以履行",
                                    e.voided, e.instead));
        return follows(
            tell.say("not met after all: #{} was withdrawn", "#{} 已作废，视为未履行", e.voided),
            Tone::warn);
    }
    Told operator()(const StepReopened& e) const {
        return follows(tell.say("open again: {0}, for #{1} was withdrawn",
                                "因 #{1} 作废，「{0}」重新打开", step(e.step), e.voided),
                       Tone::warn);
    }

    // ---- notices and signals

    Told operator()(const NoticePlanned& e) const {
        return follows(tell.say("{0} to {1}", "{0}：{1}", kind_of(e.kind), tell.people(e.to)),
                       Tone::accent, "✉");
    }
    std::string kind_of(NoticeKind kind) const {
        switch (kind) {
            case NoticeKind::reminder:
                return tell.say("reminder", "提醒");
            case NoticeKind::escalation:
                return tell.say("escalation", "升级");
            case NoticeKind::gate:
                return tell.say("notice of a gate", "闸口通知");
            case NoticeKind::vacancy:
                return tell.say("notice of a vacancy", "空缺通知");
            case NoticeKind::undelivered:
                return tell.say("notice by another channel", "改由其他渠道通知");
        }
        return {};
    }
    Told operator()(const NoticesSkipped& e) const {
        return detail(tell.say("{0} reminders skipped, {1}", "略过 {0} 次提醒：{1}", e.rungs.size(),
                               e.reason));
    }
    Told operator()(const DeliveryRecorded& e) const {
        const std::string who = tell.person(e.person);
        switch (e.outcome) {
            case Delivery::failed:
                return headline(
                    tell.say("a notice did not reach {}", "通知未送达 {}", who) + because(e.detail),
                    Tone::warn, "✉");
            case Delivery::acknowledged:
                return headline(tell.say("{} acknowledges the notice", "{} 确认收到通知", who),
                                Tone::accent, "✉");
            default:
                return follows(tell.say("notice to {0}: {1}", "给 {0} 的通知：{1}", who,
                                        word_for(history::word_of(e.outcome), tell.language())),
                               Tone::accent, "✉");
        }
    }
    Told operator()(const SignalRaised& e) const {
        if (e.pattern == "I1")
            return headline(
                tell.say("SIGNAL I1: #{0} is entered {1} days after the day it claims, without a "
                         "reason",
                         "疑点 I1：#{0} 比其声称日期晚 {1} 天录入，未说明理由", e.about, e.measure),
                Tone::warn, "!");
        return headline(tell.say("SIGNAL {0}: {1}", "疑点 {0}：{1}", e.pattern, e.detail),
                        Tone::warn, "!");
    }
};

}  // namespace

Told Narrator::tell(const Event& event, const log::Envelope& envelope) const {
    const Event plain = keys() == nullptr ? event : opened(event, envelope.stream, *keys());
    Told told = std::visit(Sentence{*this, envelope}, plain);
    const bool outside = envelope.origin == log::Origin::outside;
    if (!outside || world_.rules == nullptr || envelope.effective.zone.empty()) return told;
    const CivilDate entered = local_day(envelope.recorded);
    if (envelope.effective.date != entered)
        told.text +=
            say(" (said to be of {})", "（声称日期 {}）", to_string(envelope.effective.date));
    if (!envelope.late_reason.empty())
        told.text += say(" (entered late: {})", "（迟录理由：{}）", envelope.late_reason);
    return told;
}

std::string Narrator::sentence(const Told& told) const {
    return told.about.empty() ? told.text : say("{0}: {1}", "{0}：{1}", told.about, told.text);
}

}  // namespace dutylog::cli
