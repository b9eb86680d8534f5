#include "adapters/cli/answers.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "adapters/cli/other_rules.hpp"
#include "engine/pdca/stored.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

/// Reads answers without asking twice whether a name is there.
std::string text_at(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    if (found == nullptr || found->is_null()) return {};
    return found->is_string() ? std::string{found->as_string()} : json::serialize(*found);
}

bool true_at(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    return found != nullptr && found->is_bool() && found->as_bool();
}

std::vector<std::string> texts_at(const json::object& object, std::string_view name) {
    std::vector<std::string> texts;
    const json::value* found = object.if_contains(name);
    if (found == nullptr || !found->is_array()) return texts;
    for (const json::value& item : found->as_array())
        texts.push_back(item.is_string() ? std::string{item.as_string()} : json::serialize(item));
    return texts;
}

std::vector<log::Position> positions_at(const json::object& object, std::string_view name) {
    std::vector<log::Position> positions;
    const json::value* found = object.if_contains(name);
    if (found == nullptr || !found->is_array()) return positions;
    for (const json::value& item : found->as_array())
        positions.push_back(item.to_number<log::Position>());
    return positions;
}

class Lines {
public:
    Lines(const Console& console, const Narrator& narrator)
        : console_{console}, narrator_{narrator} {}

    std::vector<std::string> take() { return std::move(lines_); }

    void answer(const std::string& ask, const json::value& found) {
        if (ask == "first-missed" || ask == "what-if") return each(found, &Lines::breach);
        if (ask == "told") return told(found);
        if (ask == "state") return state(found);
        if (ask == "open") return each(found, &Lines::open_duty);
        if (ask == "when-known") return when_known(found);
        if (ask == "explain") return explain(found);
        if (ask == "rests-on") return each(found, &Lines::event);
        if (ask == "signals") return each(found, &Lines::signal);
        if (ask == "gate") return each(found, &Lines::gate);
        plain(found);
    }

private:
    std::string number(const std::string& position) const {
        return position.empty() ? "" : console_.paint(Tone::faint, " #" + position);
    }
    std::string list(const std::vector<std::string>& texts) const {
        std::string text;
        for (const std::string& each : texts)
            text += (text.empty() ? "" : narrator_.say(", ", "、")) + each;
        return text;
    }
    std::string duty_of(const json::object& entry) const {
        const std::string duty = text_at(entry, "duty");
        const auto* rules = narrator_.world().rules.get();
        const auto* known = rules == nullptr ? nullptr : rules->definition(duty);
        const Reference about{known == nullptr ? "" : known->subject, text_at(entry, "of")};
        return narrator_.say("{0}, {1}", "{0}（{1}）", narrator_.duty(duty),
                             narrator_.subject(about));
    }

    void each(const json::value& found, void (Lines::*line)(const json::object&)) {
        if (!found.is_array() || found.as_array().empty()) return nothing();
        for (const json::value& entry : found.as_array())
            if (entry.is_object()) (this->*line)(entry.as_object());
    }
    void nothing() { lines_.push_back(narrator_.say("none", "无")); }

    void breach(const json::object& entry) {
        std::string text = text_at(entry, "due") + "  " + duty_of(entry);
        if (const std::string step = text_at(entry, "step"); !step.empty())
            text += narrator_.say(", {}", "「{}」", step);
        text +=
            narrator_.say(": {}", "：{}", word_for(text_at(entry, "kind"), narrator_.language()));
        if (true_at(entry, "tracked"))
            text += narrator_.say(", owed by someone outside", "，由外部单位负责");
        const std::string basis = narrator_.basis(text_at(entry, "duty"), text_at(entry, "basis"));
        if (!basis.empty()) text += narrator_.say(" [{}]", "〔{}〕", basis);
        const std::string known = text_at(entry, "known_since");
        if (!known.empty() && known != text_at(entry, "due"))
            text += narrator_.say(", on the record since {}", "，{} 记录在案", known);
        lines_.push_back(text + number(text_at(entry, "event")));
    }

    /// Of each thing that became of notices only the newest date is told.
    std::string last(const std::string& word) const {
        std::string text = word_for(word, narrator_.language());
        if (text.starts_with("已")) text.erase(0, std::string_view{"已"}.size());
        return narrator_.say("last {}", "最近{}", text);
    }

    void told(const json::value& found) {
        if (!found.is_object() || found.as_object().empty())
            return lines_.push_back(narrator_.say("nobody", "无人"));
        for (const auto& entry : found.as_object()) {
            const json::object& what = entry.value().as_object();
            std::string text;
            for (const char* word :
                 {"planned", "sent", "delivered", "read", "acknowledged", "failed", "skipped"}) {
                const std::string on = text_at(what, word);
                if (on.empty() || (word == std::string_view{"planned"} && what.size() > 2))
                    continue;
                text += (text.empty() ? "" : narrator_.say(", ", "，")) + last(word) + " " + on;
            }
            lines_.push_back(narrator_.say("{0}: {1}", "{0}：{1}",
                                           narrator_.person(std::string{entry.key()}), text) +
                             events(positions_at(what, "events")));
        }
    }

    std::string events(std::vector<log::Position> positions) const {
        if (positions.empty()) return {};
        return console_.paint(Tone::faint, " " + position_list(std::move(positions)));
    }

    void state(const json::value& found) {
        if (!found.is_object()) return plain(found);
        const json::object& entry = found.as_object();
        std::vector<std::string> parts{word_for(text_at(entry, "phase"), narrator_.language())};
        const auto add = [&](std::string_view name, std::string_view en, std::string_view zh_cn) {
            if (const std::string text = text_at(entry, name); !text.empty())
                parts.push_back(narrator_.say(en, zh_cn, text));
        };
        add("due", "due {}", "期限 {}");
        if (text_at(entry, "effective") != text_at(entry, "due"))
            add("effective", "rolled to {}", "顺延至 {}");
        if (true_at(entry, "late_known"))
            add("enforced", "enforced from {}, known too late", "得知过晚，自 {} 起执行");
        if (true_at(entry, "overdue")) parts.push_back(narrator_.say("OVERDUE", "已逾期"));
        add("met_on", "met on {}", "{} 完成");
        if (const std::string late = text_at(entry, "days_late"); !late.empty() && late != "0")
            parts.push_back(narrator_.say("{} days late", "逾期 {} 天", late));
        add("last_met_on", "last met on {}", "上次完成 {}");
        if (const auto open = texts_at(entry, "open"); !open.empty())
            parts.push_back(narrator_.say("open: {}", "未完成：{}", list(open)));
        std::string text;
        for (const std::string& part : parts)
            text += (text.empty() ? "" : narrator_.say(", ", "，")) + part;
        lines_.push_back(text + events(positions_at(entry, "events")));
        if (const json::value* rules = entry.if_contains("rules"))
            lines_.push_back(difference_words(narrator_, rules->as_object()));
    }

    void open_duty(const json::object& entry) {
        std::string text = narrator_.say("{0}: due {1}", "{0}：期限 {1}", duty_of(entry),
                                         text_at(entry, "effective"));
        if (const auto open = texts_at(entry, "open"); !open.empty())
            text += narrator_.say(", open: {}", "，未完成：{}", list(open));
        const std::string basis = narrator_.basis(text_at(entry, "duty"), text_at(entry, "basis"));
        lines_.push_back(text + (basis.empty() ? "" : narrator_.say(" [{}]", "〔{}〕", basis)) +
                         events(positions_at(entry, "events")));
    }

    void when_known(const json::value& found) {
        if (!found.is_object() || found.as_object().empty()) return nothing();
        const json::object& entry = found.as_object();
        std::string text =
            narrator_.say("entered on {0} by {1}", "{0} 由 {1} 录入", text_at(entry, "on"),
                          narrator_.person(text_at(entry, "by")));
        if (const std::string true_on = text_at(entry, "true_on"); true_on != text_at(entry, "on"))
            text += narrator_.say(", said to be of {}", "，声称日期 {}", true_on);
        if (auto people = texts_at(entry, "told"); !people.empty()) {
            for (std::string& person : people) person = narrator_.person(person);
            text += narrator_.say("; told: {}", "；已告知：{}", list(people));
        }
        if (const auto opened = texts_at(entry, "opened"); !opened.empty()) {
            std::vector<std::string> titles;
            for (const std::string& stream : opened)
                titles.push_back(narrator_.duty(StreamId{stream}));
            text += narrator_.say("; it opened: {}", "；由此产生：{}", list(titles));
        }
        lines_.push_back(text + number(text_at(entry, "event")));
    }

    void explain(const json::value& found) {
        if (!found.is_object() || found.as_object().empty()) return nothing();
        const json::object& entry = found.as_object();
        lines_.push_back(narrator_.say("rule: {}", "规则：{}", text_at(entry, "expression")));
        for (const std::string& sentence : texts_at(entry, "sentences")) lines_.push_back(sentence);
        for (const std::string& basis : texts_at(entry, "basis")) lines_.push_back(basis);
    }

    void event(const json::object& entry) {
        std::string text = text_at(entry, "says");
        if (const std::string on = text_at(entry, "on"); !on.empty()) text = on + "  " + text;
        lines_.push_back(text + number(text_at(entry, "event")));
    }

    void signal(const json::object& entry) {
        std::string text = text_at(entry, "pattern");
        if (const std::string days = text_at(entry, "days"); !days.empty() && days != "0")
            text += narrator_.say(": entered {} days after the day it claims",
                                  "：比声称日期晚 {} 天录入", days);
        if (const std::string field = text_at(entry, "field"); !field.empty())
            text += narrator_.say(": `{0}` has {1} equal readings from {2} to {3}",
                                  "：「{0}」自 {2} 至 {3} 连续 {1} 次读数相同", field,
                                  text_at(entry, "count"), text_at(entry, "from"),
                                  text_at(entry, "to"));
        lines_.push_back(text + number(text_at(entry, "event")));
    }

    void gate(const json::object& entry) {
        std::string text =
            text_at(entry, "on") + "  " + word_for(text_at(entry, "outcome"), narrator_.language());
        for (const std::string& says : texts_at(entry, "says"))
            text += narrator_.say("; {}", "；{}", says);
        if (const auto members = texts_at(entry, "members"); !members.empty())
            text += " (" + list(members) + ")";
        lines_.push_back(text + number(text_at(entry, "event")));
    }

    void plain(const json::value& found) {
        if (found.is_object())
            for (const auto& entry : found.as_object())
                lines_.push_back(std::string{entry.key()} + ": " + json::serialize(entry.value()));
        else if (found.is_array() && !found.as_array().empty())
            for (const json::value& item : found.as_array())
                lines_.push_back(item.is_string() ? std::string{item.as_string()}
                                                  : json::serialize(item));
        else if (!found.is_array())
            lines_.push_back(json::serialize(found));
        if (lines_.empty()) nothing();
    }

    const Console& console_;
    const Narrator& narrator_;
    std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> answer_lines(const Console& console, const Narrator& narrator,
                                      const std::string& ask, const json::value& answer) {
    Lines lines{console, narrator};
    lines.answer(ask, answer);
    return lines.take();
}

std::string position_list(std::vector<log::Position> positions) {
    std::ranges::sort(positions);
    std::string text;
    for (std::size_t from = 0; from < positions.size();) {
        std::size_t to = from;
        while (to + 1 < positions.size() && positions[to + 1] <= positions[to] + 1) ++to;
        text += (text.empty() ? "#" : ", #") + std::to_string(positions[from]);
        if (positions[to] != positions[from]) text += "–#" + std::to_string(positions[to]);
        from = to + 1;
    }
    return text;
}

std::vector<log::Position> events_of_cycle(log::EventStore& store, const StreamId& duty,
                                           pdca::CycleNumber cycle,
                                           std::optional<Instant> known_at) {
    std::vector<log::Position> positions;
    store.scan_stream(duty, 1, [&](const log::StoredEvent& stored) {
        const log::Envelope& envelope = stored.envelope;
        if (known_at && envelope.recorded > *known_at) return false;
        const auto event = pdca::EventCodec::decode(envelope.type, envelope.schema, stored.payload);
        const bool told = std::holds_alternative<pdca::NoticePlanned>(event) ||
                          std::holds_alternative<pdca::NoticesSkipped>(event);
        if (!told && cycle_of(event) == cycle) positions.push_back(envelope.position);
        return true;
    });
    return positions;
}

}  // namespace dutylog::cli
