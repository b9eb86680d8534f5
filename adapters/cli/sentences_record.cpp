#include "adapters/cli/refusals.hpp"
#include "adapters/cli/sentence.hpp"

#include "engine/pdca/sealing.hpp"

namespace dutylog::cli {

Told Sentence::operator()(const BundlePublished& e) const {
    return headline(tell_.say("definitions published: {0}", "发布定义：{0}", e.label) +
                    approved_by(e.approver));
}

Told Sentence::operator()(const RecordVoided& e) const {
    std::string list;
    for (const Position position : e.positions)
        list += (list.empty() ? "#" : ", #") + std::to_string(position);
    return headline(tell_.say("withdrawn: {}", "作废记录：{}", list) + because(e.reason),
                    Tone::warn);
}

Told Sentence::operator()(const CommandRefused& e) const {
    return headline(phrase_of(Rejection{e.reason, e.detail}).in(tell_.language()), Tone::warn, "!");
}

Told Sentence::operator()(const AssumptionRecorded& e) const {
    const std::string which = e.definition == "*"
                                  ? tell_.say("every duty not named", "未另行说明的全部义务")
                                  : tell_.duty(e.definition);
    if (!e.forever && e.until == CivilDate{})
        return headline(tell_.say("nothing assumed of {}", "对「{}」不作推定", which));
    const std::string until =
        e.forever ? std::string{} : tell_.say(" up to {}", "至 {} 止", to_string(e.until));
    return headline(tell_.say("assumed met{1}: {0}", "推定已履行{1}：{0}", which, until) +
                    because(e.reason));
}

Told Sentence::operator()(const ClockJumped& e) const {
    return headline(tell_.say("the clock jumped from {0} to {1}{2}", "时钟由 {0} 跳至 {1}{2}",
                              to_string(e.expected), to_string(e.found),
                              e.adopted ? "" : tell_.say(", not adopted", "，未采用")),
                    Tone::warn, "!");
}

Told Sentence::operator()(const ClockDecided& e) const {
    return headline((e.confirmed ? tell_.say("the clock is confirmed", "确认时钟无误")
                                 : tell_.say("the clock is rejected", "否认时钟")) +
                    because(e.reason));
}

Told Sentence::operator()(const SealedFieldsAsked& e) const {
    return detail(tell_.say("{0} answers from sealed fields of {1} are kept",
                            "留存 {1} 的封存字段判定结果 {0} 项", e.questions.size(),
                            tell_.subject(subject_of_key(e.key))));
}

Told Sentence::operator()(const AccessRefused& e) const {
    const std::string who = e.person.empty() ? tell_.say("someone without a token", "无有效令牌者")
                                             : tell_.person(e.person);
    std::string asked;
    for (const std::string& operation : e.operations)
        asked += (asked.empty() ? "" : ", ") + operation;
    return headline(tell_.say("{0} request(s) by {1} refused: {2}", "拒绝 {1} 的 {0} 次请求：{2}",
                              e.count, who, asked),
                    Tone::warn, "!");
}

Told Sentence::operator()(const SealedFieldsShown& e) const {
    std::string whose;
    for (const std::string& key : e.keys)
        whose +=
            (whose.empty() ? "" : tell_.say(", ", "、")) + tell_.subject(pdca::subject_of_key(key));
    return headline(tell_.say("sealed fields of {0} shown to {1} ({2})",
                              "向 {1} 显示 {0} 的封存字段（{2}）", whose, tell_.person(e.person),
                              e.operation));
}

std::string Sentence::kind(const Reference& subject) const {
    const auto* rules = tell_.world().rules.get();
    if (rules == nullptr) return subject.kind;
    const auto found = rules->library().kinds.find(subject.kind);
    const bool titled = found != rules->library().kinds.end() && !found->second.title.empty();
    return titled ? found->second.title.in(tell_.language()) : subject.kind;
}

Told Sentence::operator()(const LogRestored& e) const {
    std::string text =
        tell_.say("the log was restored from a backup of {0} events; epoch {1} begins",
                  "日志由含 {0} 个事件的备份恢复；自此为第 {1} 纪元", e.events, e.epoch);
    if (e.known_events > e.events)
        text += tell_.say(", and {} events that were acknowledged are not in it",
                          "，其中缺少 {} 个已确认的事件", e.known_events - e.events);
    return headline(std::move(text), Tone::warn, "!");
}

Told Sentence::operator()(const PersonErased& e) const {
    return headline(tell_.say("the key of {0} {1} is erased", "已删除{0} {1} 的密钥",
                              kind(e.subject), e.subject.id) +
                        because(e.reason),
                    Tone::warn);
}

Told Sentence::operator()(const SubjectAdded& e) const {
    return headline(
        tell_.say("added: {0} {1}", "新增{0}：{1}", kind(e.subject), tell_.subject(e.subject)));
}

Told Sentence::operator()(const FactRecorded& e) const {
    std::string text = about(e.fact, e.subject, e.value);
    if (envelope_.corrects != 0)
        text += tell_.say(" (corrects #{})", "（更正 #{}）", envelope_.corrects);
    return headline(std::move(text));
}

Told Sentence::operator()(const ActRefused& e) const {
    return headline(tell_.say("REFUSED: {0}", "拒绝：{0}", about(e.act, e.subject, e.value)) +
                        because(gates(e.gates)),
                    Tone::warn, "!");
}

Told Sentence::operator()(const ActPermitted& e) const {
    const std::string act = about(e.act, e.subject, e.value);
    if (e.flags.empty())
        return headline(tell_.say("permitted: {}", "准许：{}", act), Tone::good, "✓");
    return headline(
        tell_.say("permitted with a flag: {}", "准许并提示：{}", act) + because(gates(e.flags)),
        Tone::warn, "!");
}

Told Sentence::operator()(const GateOverridden& e) const {
    return headline(tell_.say("OVERRIDDEN: {}", "强制放行：{}", about(e.act, e.subject, e.value)) +
                        because(e.reason) + because(gates(e.gates)),
                    Tone::bad, "✗");
}

Told Sentence::operator()(const GateBreached& e) const {
    return headline(
        tell_.say("BREACH: {0} of {1} past a closed gate: {2} [{3}]",
                  "违规：{1}「{0}」越过关闭的闸口：{2}〔{3}〕", tell_.fact(e.act),
                  to_string(e.due_on), tell_.gate({e.definition, e.gate, e.basis, e.detail, {}}),
                  tell_.basis(e.definition, e.basis)),
        Tone::bad, "✗");
}

}  // namespace dutylog::cli
