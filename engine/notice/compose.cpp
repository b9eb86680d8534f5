#include "engine/notice/compose.hpp"

#include <algorithm>
#include <vector>

#include "engine/notice/plain_text.hpp"

namespace dutylog::notice {

namespace {

const Text discreet_title{"职业健康事项", "An occupational health matter"};
const Text separator{" – ", " – "};

Text same(const std::string& text) { return {text, text}; }

Text operator+(const Text& a, const Text& b) { return {a.zh_cn + b.zh_cn, a.en + b.en}; }

/// Both languages, each clean and of one line.
Text clean(const Text& text) {
    return {one_line(text.in(Language::zh_cn)), one_line(text.in(Language::en))};
}

bool names_hidden(const NoticeFacts& facts, const Reader& reader) {
    return reader.audience == Audience::group && facts.subject_is_person &&
           (facts.discreet || !reader.names_in_groups);
}

Text what(const NoticeFacts& facts) {
    if (facts.discreet) return discreet_title;
    const Text duty = clean(facts.duty);
    return facts.step.empty() ? duty : duty + same(" · ") + clean(facts.step);
}

Text whom(const NoticeFacts& facts, const Reader& reader) {
    if (names_hidden(facts, reader)) return {"1 人", "1 person"};
    const std::string subject = one_line(facts.subject);
    if (facts.place.empty()) return same(subject);
    const Text place = clean(facts.place);
    return {subject + "（" + place.zh_cn + "）", subject + " (" + place.en + ")"};
}

/// What has happened, behind the name of the duty.
Text ending(const NoticeFacts& facts) {
    switch (facts.kind) {
        case Kind::assignment:
            return {"已交给您", " was given to you"};
        case Kind::decision:
            return {"待您批准", " awaits your decision"};
        case Kind::gate:
            return {"：行为被拒绝", ": an act was refused"};
        case Kind::vacancy:
            return {"：无人负责", ": nobody is responsible"};
        case Kind::undelivered:
            return {"：责任人未收到通知", ": the owner could not be reached"};
        case Kind::urge:
            return {"：请尽快办理", ": please hurry"};
        case Kind::signature:
            return {"待您会签", " awaits your signature"};
        case Kind::more_time_granted:
            return {"：已同意延期", ": more time was granted"};
        case Kind::more_time_refused:
            return {"：未同意延期", ": more time was refused"};
        case Kind::reminder:
        case Kind::escalation:
        case Kind::channel:
        case Kind::digest:
            break;
    }
    if (!facts.due) return {"待办", " is to be done"};
    if (facts.days_left < 0) return {"已逾期", " is overdue"};
    return facts.days_left == 0 ? Text{"今天到期", " is due today"}
                                : Text{"将到期", " is due soon"};
}

Text ordinal_text(const NoticeFacts& facts) {
    const std::string number = std::to_string(facts.ordinal);
    switch (facts.kind) {
        case Kind::reminder:
            return {"第 " + number + " 次提醒", "Reminder " + number};
        case Kind::escalation:
            return {"第 " + number + " 次升级", "Escalation " + number};
        case Kind::urge:
            return {"催办（第 " + number + " 次通知）", "Urged, notice " + number};
        default:
            return {"第 " + number + " 次通知", "Notice " + number};
    }
}

/// Channels show what is critical in red; a word says it too.
Text lead(const NoticeFacts& facts, Severity severity) {
    Text text = ordinal_text(facts);
    if (facts.due) text = text + Text{"，", ", "} + days_text(facts.days_left);
    if (severity != Severity::critical) return text;
    return word_of(severity) + Text{"：", ": "} + text;
}

void add_line(Message& message, const Text& name, const Text& value) {
    if (!value.empty()) message.lines.push_back({name, value});
}

void add_action(Message& message, const Text& label, const std::string& url) {
    if (!url.empty()) message.actions.push_back({label, url});
}

void add_lines(Message& message, const NoticeFacts& facts, const Reader& reader) {
    add_line(message, {"事项", "Duty"}, what(facts));
    add_line(message, {"对象", "For"}, whom(facts, reader));
    if (facts.due) add_line(message, {"截止", "Due"}, same(to_string(*facts.due)));
    add_line(message, {"责任人", "Owner"}, same(one_line(facts.owner)));
    add_line(message, {"未收到者", "Not reached"}, same(one_line(facts.deputed_by)));
    add_line(message, {"发起人", "Asked by"}, same(one_line(facts.asked_by)));
    add_line(message, {"批准人", "Decided by"}, same(one_line(facts.decided_by)));
    if (!facts.subject_is_person && !facts.discreet)
        add_line(message, {"理由", "Reason"}, same(one_line(facts.reason)));
    if (facts.until)
        add_line(message, {"申请延至", "More time until"}, same(to_string(*facts.until)));
}

/// Links that act belong to one person; a group gets the one that asks who is there.
void add_actions(Message& message, const NoticeFacts& facts, const Reader& reader) {
    add_action(message, {"查看并处理", "Open"}, facts.open_url);
    if (reader.audience == Audience::group) return;
    add_action(message, {"知道了", "Acknowledge"}, facts.acknowledge_url);
    add_action(message, {"申请延期", "Postpone"}, facts.postpone_url);
    add_action(message, {"转交", "Delegate"}, facts.delegate_url);
    add_action(message, {"同意", "Grant"}, facts.grant_url);
    add_action(message, {"不同意", "Refuse"}, facts.refuse_url);
}

std::map<std::string, Text> values_of(const NoticeFacts& facts, const Reader& reader) {
    std::map<std::string, Text> values{{"item", what(facts)},
                                       {"name", whom(facts, reader)},
                                       {"ordinal", same(std::to_string(facts.ordinal))},
                                       {"owner", same(one_line(facts.owner))}};
    values["due"] = facts.due ? same(to_string(*facts.due)) : Text{};
    values["days"] = facts.due ? same(std::to_string(facts.days_left)) : Text{};
    return values;
}

Text subject_line(const NoticeFacts& facts, const Reader& reader) {
    Text text = facts.due ? Text{"[", "["} + days_text(facts.days_left) + same("] ") : Text{};
    text = text + what(facts) + separator + whom(facts, reader);
    return facts.due ? text + separator + same(to_string(*facts.due)) : text;
}

Item item_of(const NoticeFacts& facts, const Reader& reader) {
    return {.what = what(facts) + separator + whom(facts, reader),
            .state = facts.due ? days_text(facts.days_left) : ending(facts),
            .due = facts.due ? to_string(*facts.due) : std::string{},
            .url = facts.open_url,
            .severity = severity_of(facts)};
}

bool comes_first(const NoticeFacts& a, const NoticeFacts& b) {
    if (a.due.has_value() != b.due.has_value()) return a.due.has_value();
    if (a.days_left != b.days_left) return a.days_left < b.days_left;
    return a.notice < b.notice;
}

Text count_text(std::size_t count) {
    const std::string number = std::to_string(count);
    return {number + " 项待办", number + (count == 1 ? " thing to do" : " things to do")};
}

Text digest_lead(std::span<const NoticeFacts> all) {
    const auto late = std::count_if(all.begin(), all.end(), [](const NoticeFacts& facts) {
        return facts.due && facts.days_left < 0;
    });
    const std::string number = std::to_string(late);
    const std::string rest = std::to_string(static_cast<std::ptrdiff_t>(all.size()) - late);
    return {"已逾期 " + number + " 项，其余 " + rest + " 项",
            number + " overdue, " + rest + " to come"};
}

}  // namespace

Severity severity_of(const NoticeFacts& facts) {
    if (facts.critical) return Severity::critical;
    const bool late = facts.due && facts.days_left < 0;
    const bool near = facts.due && facts.days_left <= 7;
    if (facts.kind == Kind::escalation && late) return Severity::critical;
    return late || near || facts.kind != Kind::reminder ? Severity::warning : Severity::info;
}

Text days_text(std::int32_t days_left) {
    const std::int64_t days = days_left < 0 ? -std::int64_t{days_left} : days_left;
    const std::string number = std::to_string(days);
    const std::string unit = days == 1 ? " day " : " days ";
    if (days == 0) return {"今天到期", "due today"};
    if (days_left < 0) return {"已逾期 " + number + " 天", number + unit + "overdue"};
    return {"还剩 " + number + " 天", number + unit + "left"};
}

Message compose(const NoticeFacts& facts, const Reader& reader) {
    Message message;
    message.id = message_id(facts.notice, facts.person);
    message.kind = facts.kind;
    message.severity = severity_of(facts);
    message.language = reader.language;
    message.title = (facts.discreet ? discreet_title : clean(facts.duty)) + ending(facts);
    message.lead = lead(facts, message.severity);
    message.subject = subject_line(facts, reader);
    message.values = values_of(facts, reader);
    add_lines(message, facts, reader);
    add_actions(message, facts, reader);
    if (reader.mention) message.mentions.push_back(*reader.mention);
    if (!facts.first_notice.empty() && facts.first_notice != facts.notice)
        message.thread = message_id(facts.first_notice, facts.person);
    return message;
}

Message compose_digest(std::span<const NoticeFacts> all, const Reader& reader,
                       const std::string& id, const std::string& open_url) {
    std::vector<NoticeFacts> sorted{all.begin(), all.end()};
    std::sort(sorted.begin(), sorted.end(), comes_first);
    Message message;
    message.id = message_id(id, "digest");
    message.kind = Kind::digest;
    message.language = reader.language;
    message.title = count_text(all.size());
    message.lead = digest_lead(all);
    message.values["count"] = same(std::to_string(all.size()));
    message.subject = message.title + Text{"：", ": "} + message.lead;
    for (const NoticeFacts& facts : sorted) {
        message.severity = std::max(message.severity, severity_of(facts));
        if (message.items.size() < digest_items_max)
            message.items.push_back(item_of(facts, reader));
    }
    if (const std::size_t left = all.size() - message.items.size(); left > 0)
        add_line(message, {"未列出", "Not listed"}, count_text(left));
    add_action(message, {"查看全部", "Open all"}, open_url);
    if (reader.mention) message.mentions.push_back(*reader.mention);
    return message;
}

Message compose_channel_off(const std::string& name, const Text& why, const Reader& reader,
                            const std::string& id, const std::string& open_url) {
    Message message;
    message.id = message_id(id, "channel");
    message.kind = Kind::channel;
    message.severity = Severity::critical;
    message.language = reader.language;
    message.title = {"通知渠道已停用", "A channel for notices is switched off"};
    message.lead = clean(why);
    message.subject = message.title + separator + same(one_line(name));
    add_line(message, {"渠道", "Channel"}, same(one_line(name)));
    add_line(message, {"原因", "Reason"}, clean(why));
    add_action(message, {"查看并处理", "Open"}, open_url);
    if (reader.mention) message.mentions.push_back(*reader.mention);
    return message;
}

}  // namespace dutylog::notice
