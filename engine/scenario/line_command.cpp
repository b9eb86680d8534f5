#include <algorithm>
#include <charconv>

#include "engine/pdca/stored.hpp"
#include "engine/scenario/player.hpp"
#include "engine/scenario/typed.hpp"

namespace dutylog::scenario {

namespace {

std::string text_of(const Node& node, std::string_view key) {
    const Node* found = node.find(key);
    return found == nullptr || !found->is_scalar() ? std::string{} : found->text;
}

std::vector<std::string> texts_of(const Node& node, std::string_view key) {
    const Node* found = node.find(key);
    std::vector<std::string> texts;
    if (found != nullptr && found->is_scalar()) texts.push_back(found->text);
    if (found != nullptr && found->is_sequence())
        for (const Node& item : found->items) texts.push_back(item.text);
    return texts;
}

/// 0 where no cycle is named; nothing where what is named is no number.
std::optional<pdca::CycleNumber> cycle_of(const Node& node) {
    const std::string text = text_of(node, "cycle");
    if (text.empty()) return 0;
    pdca::CycleNumber number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// Keys of a story line that are no fields of a fact.
bool own_key(const std::string& key) {
    static constexpr const char* keys[] = {
        "at",   "recorded", "from", "to",      "every", "by",      "because",  "refused",
        "duty", "of",       "id",   "flagged", "fact",  "request", "override", "correct"};
    return std::any_of(std::begin(keys), std::end(keys),
                       [&](const char* own) { return key == own; });
}

std::optional<std::string> unknown_field(const Node& node, const definition::FactType& type) {
    for (const auto& entry : node.entries) {
        const auto named = [&](const definition::FieldSpec& f) { return f.id == entry.key.text; };
        const bool field = std::any_of(type.fields.begin(), type.fields.end(), named);
        if (!field && !own_key(entry.key.text)) return entry.key.text;
    }
    return std::nullopt;
}

}  // namespace

StreamId Player::duty_of(const StoryLine& line, const std::string& duty) {
    const Typed typed{engine_->world()};
    const auto* definition = rules_->definition(duty);
    const auto subject = line.of.empty() ? std::expected<Reference, std::string>{Reference{}}
                                         : typed.subject(line.of);
    if (definition == nullptr || !subject) {
        fail(line.line,
             definition == nullptr ? "no definition is called `" + duty + "`" : subject.error());
        return {};
    }
    return pdca::duty_stream(duty, engine_->world().ancestor(*subject, definition->subject));
}

std::optional<pdca::Command> Player::command_of(const StoryLine& line, const std::string& at,
                                                pdca::Meta& meta) {
    const Typed typed{engine_->world()};
    const Node& node = *line.node;
    const auto when = instant_of(at);
    if (!when) {
        fail(line.line, "`at:` needs a date or an instant");
        return std::nullopt;
    }
    meta.effective = effective(*when);
    meta.late_reason = line.because;
    if (!line.by.empty()) meta.actor = ActorId{line.by};
    const std::string& verb = line.verb;

    if (verb == "fact" || verb == "request" || verb == "override" || verb == "correct") {
        pdca::Position corrects = 0;
        std::string fact = line.object;
        Reference subject;
        if (verb == "correct") {
            const PlayedLine* earlier = this->line(line.object);
            const auto* recorded =
                earlier == nullptr ? nullptr : std::get_if<pdca::RecordFact>(&earlier->command);
            if (recorded == nullptr) {
                fail(line.line, "no earlier fact has the id `" + line.object + "`");
                return std::nullopt;
            }
            corrects = earlier->answer.first;
            fact = recorded->fact;
            subject = recorded->subject;
        } else {
            const auto found = typed.subject(line.of);
            if (!found) {
                fail(line.line, "`of:` " + found.error());
                return std::nullopt;
            }
            subject = *found;
        }
        const definition::FactType* type = rules_->fact(fact);
        if (type == nullptr) {
            fail(line.line, "no fact type is called `" + fact + "`");
            return std::nullopt;
        }
        if (const auto unknown = unknown_field(node, *type)) {
            fail(line.line, "`" + fact + "` has no field `" + *unknown + "`");
            return std::nullopt;
        }
        auto record = typed.record(node, type->fields);
        if (!record) {
            fail(line.line, record.error());
            return std::nullopt;
        }
        if (verb == "request") return pdca::RequestAct{subject, fact, *record};
        if (verb == "override") return pdca::OverrideGate{subject, fact, *record, line.because};
        return pdca::RecordFact{subject, fact, *record, corrects};
    }
    if (verb == "void") {
        auto positions = voided_by(line);
        if (positions.empty()) {
            fail(line.line, "`void:` names no record");
            return std::nullopt;
        }
        return pdca::VoidRecords{std::move(positions), line.because};
    }
    const bool named_by_verb = verb == "acknowledge" || verb == "suspend" || verb == "resume" ||
                               verb == "cancel" || verb == "close";
    const StreamId duty = duty_of(line, named_by_verb ? line.object : line.duty);
    if (duty.empty()) return std::nullopt;
    const auto named_cycle = cycle_of(node);
    if (!named_cycle) {
        fail(line.line, "`cycle:` needs a number");
        return std::nullopt;
    }
    const pdca::CycleNumber cycle = *named_cycle;
    const ActorId approver{text_of(node, "approver")};
    if (verb == "complete") {
        const auto* definition = rules_->definition(line.duty);
        const definition::Step* step = definition->step(line.object);
        std::vector<definition::FieldSpec> fields;
        if (step != nullptr)
            for (const auto& field : step->form) fields.push_back(field.spec);
        Value form;
        if (const Node* given = node.find("form")) {
            auto record = typed.value(*given, {rule::Kind::any, true, "", "", {}, nullptr});
            auto known = typed.record(*given, fields);
            if (!record || !known) {
                fail(line.line, !record ? record.error() : known.error());
                return std::nullopt;
            }
            for (Field& field : known->fields())
                record->as<Record>()->set(field.name, std::move(field.value));
            form = std::move(*record);
        }
        return pdca::CompleteStep{
            duty, cycle, line.object, text_of(node, "outcome"), form, texts_of(node, "evidence")};
    }
    if (verb == "approve")
        return pdca::ApproveStep{duty, cycle, line.object, text_of(node, "role")};
    if (verb == "verify")
        return pdca::VerifyMeasure{duty, cycle, line.object, text_of(node, "effective") != "false",
                                   line.because};
    if (verb == "return") return pdca::ReturnStep{duty, cycle, line.object, line.because};
    if (verb == "carry")
        return pdca::CarryMeasure{duty, cycle, line.object, approver, line.because};
    if (verb == "finding")
        return pdca::RaiseFinding{
            duty,        cycle, line.object, text_of(node, "step"), text_of(node, "severity"),
            line.because};
    if (verb == "suspend") return pdca::SuspendCycle{duty, cycle, line.because};
    if (verb == "resume") return pdca::ResumeCycle{duty, cycle};
    if (verb == "cancel") return pdca::CancelCycle{duty, cycle, approver, line.because};
    if (verb == "close") return pdca::CloseCycle{duty, cycle, approver, line.because};
    if (verb == "acknowledge" || verb == "deliver") {
        const std::string person = verb == "deliver" ? text_of(node, "to") : line.by;
        const auto notice = newest_notice(duty, person);
        if (!notice) {
            fail(line.line, "no notice about " + duty.str() + " was sent to `" + person + "`");
            return std::nullopt;
        }
        return pdca::RecordDelivery{
            *notice, person,
            verb == "deliver" ? pdca::Delivery::delivered : pdca::Delivery::acknowledged, "",
            line.because};
    }
    fail(line.line, "a line cannot say `" + verb + ":` here");
    return std::nullopt;
}

std::optional<std::string> Player::newest_notice(const StreamId& duty, const std::string& person) {
    std::optional<std::string> newest;
    store_.scan_stream(duty, 1, [&](const log::StoredEvent& stored) {
        if (stored.envelope.type != pdca::NoticePlanned::type) return true;
        const auto event =
            pdca::EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload);
        const auto& notice = std::get<pdca::NoticePlanned>(event);
        for (const pdca::Recipient& to : notice.to)
            if (to.person == person) newest = notice.notice;
        return true;
    });
    return newest;
}

/// The records a line withdraws: one by its id, or the completions of a step in a span of days.
std::vector<log::Position> Player::voided_by(const StoryLine& line) {
    std::vector<log::Position> positions;
    const Node* what = line.node->find("void");
    if (what->is_scalar()) {
        for (const PlayedLine& played : played_)
            if (played.line->id == what->text) positions.push_back(played.answer.first);
        return positions;
    }
    StoryLine target = line;
    target.of = text_of(*what, "of");
    const StreamId duty = duty_of(target, text_of(*what, "duty"));
    const auto from = parse_civil_date(text_of(*what, "from"));
    const auto to = parse_civil_date(text_of(*what, "to"));
    const std::string step = text_of(*what, "step");
    if (duty.empty() || !from || !to) return positions;
    store_.scan_stream(duty, 1, [&](const log::StoredEvent& stored) {
        const CivilDate on = stored.envelope.effective.date;
        if (stored.envelope.type != pdca::StepCompleted::type || on < *from || on > *to)
            return true;
        const auto event =
            pdca::EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload);
        if (std::get<pdca::StepCompleted>(event).step == step)
            positions.push_back(stored.envelope.position);
        return true;
    });
    return positions;
}

}  // namespace dutylog::scenario
