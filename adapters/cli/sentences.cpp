#include "adapters/cli/sentence.hpp"

#include "engine/pdca/sealing.hpp"

namespace dutylog::cli {

Told Sentence::headline(std::string text, Tone tone, std::string mark) const {
    return {Weight::headline, tone, std::move(mark), duty(), std::move(text)};
}

Told Sentence::follows(std::string text, Tone tone, std::string mark) const {
    return {Weight::consequence, tone, std::move(mark), duty(), std::move(text)};
}

Told Sentence::detail(std::string text) const {
    return {Weight::detail, Tone::faint, "·", duty(), std::move(text)};
}

std::string Sentence::duty() const {
    return tell_.world().duty(envelope_.stream) == nullptr ? std::string{}
                                                           : tell_.duty(envelope_.stream);
}

std::string Sentence::step(const std::string& id) const { return tell_.step(envelope_.stream, id); }

std::string Sentence::because(const std::string& reason) const {
    return reason.empty() ? reason : tell_.say(" – {}", "——{}", reason);
}

std::string Sentence::approved_by(const ActorId& approver) const {
    if (approver.empty()) return {};
    return tell_.say(", approved by {}", "，批准人{}", tell_.person(approver.str()));
}

std::string Sentence::basis(const std::string& obligation) const {
    const auto* definition = tell_.definition_of(envelope_.stream);
    return tell_.basis(definition == nullptr ? "" : definition->id, obligation);
}

std::string Sentence::gates(const std::vector<GateClosed>& closed) const {
    std::string text;
    for (const GateClosed& gate : closed)
        text += (text.empty() ? "" : tell_.say("; ", "；")) + tell_.gate(gate) +
                (gate.basis.empty()
                     ? ""
                     : tell_.say(" [{}]", "〔{}〕", tell_.basis(gate.definition, gate.basis)));
    return text;
}

std::string Sentence::about(const std::string& fact, const Reference& subject,
                            const Value& value) const {
    const std::string values = tell_.values(fact, value);
    return tell_.say("{0}, {1}", "{0}（{1}）", tell_.fact(fact), tell_.subject(subject)) +
           (values.empty() ? "" : tell_.say(": ", "：") + values);
}

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
