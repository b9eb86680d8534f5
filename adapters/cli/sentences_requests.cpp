#include "adapters/cli/sentence.hpp"

namespace dutylog::cli {

Told Sentence::operator()(const CommentAdded& e) const {
    const auto* words = e.text.as<std::string>();
    const std::string said = words == nullptr ? tell_.say("(sealed)", "（已封存）") : *words;
    if (e.step.empty()) return headline(tell_.say("comment: {}", "批注：{}", said));
    return headline(tell_.say("comment on {0}: {1}", "对「{0}」的批注：{1}", step(e.step), said));
}

Told Sentence::operator()(const StepUrged& e) const {
    std::string people;
    for (const std::string& person : e.people)
        people += (people.empty() ? "" : tell_.say(", ", "、")) + tell_.person(person);
    return headline(
        tell_.say("{0} is asked to hurry with {1}", "催办 {0}：「{1}」", people, step(e.step)) +
            because(e.note),
        Tone::warn);
}

Told Sentence::operator()(const SignerAdded& e) const {
    return headline(tell_.say("{0} is to be signed by {1} too", "「{0}」加签：{1}", step(e.step),
                              tell_.person(e.signer.str())) +
                    because(e.reason));
}

Told Sentence::operator()(const SignerReleased& e) const {
    return headline(tell_.say("{0} goes without the signature of {1}", "「{0}」撤销加签：{1}",
                              step(e.step), tell_.person(e.signer.str())) +
                        because(e.reason),
                    Tone::warn);
}

Told Sentence::operator()(const PostponementAsked& e) const {
    return headline(tell_.say("{0}: more time is asked for, until {1}; {2} decides",
                              "「{0}」申请延期至 {1}，由 {2} 批准", step(e.step),
                              to_string(e.until), tell_.person(e.approver.str())) +
                    because(e.reason));
}

Told Sentence::operator()(const PostponementDecided& e) const {
    if (!e.granted)
        return headline(
            tell_.say("{0}: more time is refused to {1}", "「{0}」不同意 {1} 的延期申请",
                      step(e.step), tell_.person(e.asked_by.str())) +
                because(e.reason),
            Tone::warn);
    return headline(tell_.say("{0} is postponed to {1}, as {2} asked",
                              "「{0}」经 {2} 申请延期至 {1}", step(e.step), tell_.dates(e.deadline),
                              tell_.person(e.asked_by.str())) +
                    because(e.reason));
}

}  // namespace dutylog::cli
