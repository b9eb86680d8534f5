#include "adapters/cli/sentence.hpp"

#include "engine/history/words.hpp"

namespace dutylog::cli {

Told Sentence::operator()(const NoticePlanned& e) const {
    return follows(tell_.say("{0} to {1}", "{0}：{1}", kind_of(e.kind), tell_.people(e.to)),
                   Tone::accent, "✉");
}

std::string Sentence::kind_of(NoticeKind kind) const {
    switch (kind) {
        case NoticeKind::reminder:
            return tell_.say("reminder", "提醒");
        case NoticeKind::escalation:
            return tell_.say("escalation", "升级");
        case NoticeKind::gate:
            return tell_.say("notice of a gate", "闸口通知");
        case NoticeKind::vacancy:
            return tell_.say("notice of a vacancy", "空缺通知");
        case NoticeKind::undelivered:
            return tell_.say("notice by another channel", "改由其他渠道通知");
        case NoticeKind::urge:
            return tell_.say("urging", "催办通知");
        case NoticeKind::signature:
            return tell_.say("asked to sign", "加签通知");
        case NoticeKind::decision:
            return tell_.say("asked to decide", "请批通知");
        case NoticeKind::more_time_granted:
            return tell_.say("more time granted", "同意延期通知");
        case NoticeKind::more_time_refused:
            return tell_.say("more time refused", "不同意延期通知");
    }
    return {};
}

Told Sentence::operator()(const NoticesSkipped& e) const {
    return detail(
        tell_.say("{0} reminders skipped, {1}", "略过 {0} 次提醒：{1}", e.rungs.size(), e.reason));
}

Told Sentence::operator()(const DeliveryRecorded& e) const {
    const std::string who = tell_.person(e.person);
    switch (e.outcome) {
        case Delivery::failed:
            return headline(
                tell_.say("a notice did not reach {}", "通知未送达 {}", who) + because(e.detail),
                Tone::warn, "✉");
        case Delivery::acknowledged:
            return headline(tell_.say("{} acknowledges the notice", "{} 确认收到通知", who),
                            Tone::accent, "✉");
        default:
            return follows(tell_.say("notice to {0}: {1}", "给 {0} 的通知：{1}", who,
                                     word_for(history::word_of(e.outcome), tell_.language())),
                           Tone::accent, "✉");
    }
}

Told Sentence::operator()(const ChannelSwitched& e) const {
    const std::string what =
        e.on ? tell_.say("the channel {} is used again", "通知渠道 {} 恢复使用", e.channel)
             : tell_.say("the channel {} is switched off", "通知渠道 {} 已停用", e.channel);
    return headline(what + because(e.reason), e.on ? Tone::plain : Tone::warn, "✉");
}

Told Sentence::operator()(const SignalRaised& e) const {
    if (e.pattern == "I1")
        return headline(
            tell_.say("SIGNAL I1: #{0} is entered {1} days after the day it claims, without a "
                      "reason",
                      "疑点 I1：#{0} 比其声称日期晚 {1} 天录入，未说明理由", e.about, e.measure),
            Tone::warn, "!");
    return headline(tell_.say("SIGNAL {0}: {1}", "疑点 {0}：{1}", e.pattern, e.detail), Tone::warn,
                    "!");
}

}  // namespace dutylog::cli
