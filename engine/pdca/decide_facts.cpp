#include "engine/pdca/decide_parts.hpp"
#include "engine/pdca/gates.hpp"
#include "engine/pdca/people.hpp"
#include "engine/pdca/sealing.hpp"

namespace dutylog::pdca {

namespace {

using rule::Kind;

/// Whether a value is of the declared type.
bool value_fits(const Value& value, const rule::Type& type) {
    switch (type.kind) {
        case Kind::truth:
            return value.as<bool>() != nullptr;
        case Kind::integer:
            return value.as<std::int64_t>() != nullptr;
        case Kind::decimal:
            return value.as<Decimal>() != nullptr || value.as<std::int64_t>() != nullptr;
        case Kind::quantity: {
            const auto* quantity = value.as<Quantity>();
            return quantity != nullptr && (type.unit.empty() || quantity->unit == type.unit);
        }
        case Kind::text:
            return value.as<std::string>() != nullptr;
        case Kind::enumeration: {
            const auto* word = value.as<std::string>();
            if (word == nullptr) return false;
            for (const std::string& known : type.words)
                if (known == *word) return true;
            return false;
        }
        case Kind::date:
            return value.as<CivilDate>() != nullptr;
        case Kind::instant:
            return value.as<Instant>() != nullptr;
        case Kind::period:
            return value.as<Period>() != nullptr;
        case Kind::reference: {
            const auto* reference = value.as<Reference>();
            return reference != nullptr && (type.name.empty() || reference->kind == type.name);
        }
        case Kind::list: {
            const auto* list = value.as<List>();
            if (list == nullptr) return false;
            for (const Value& item : *list)
                if (type.element != nullptr && !value_fits(item, *type.element)) return false;
            return true;
        }
        default:
            return true;
    }
}

bool field_fits(Scope& scope, const Value& value, const rule::Type& type) {
    const auto* sealed = value.as<Sealed>();
    if (sealed == nullptr) return value_fits(value, type);
    return scope.passes(*sealed, sha256("fits " + rule::to_string(type)),
                        [&](const Value& plain) { return value_fits(plain, type); });
}

}  // namespace

Result<void> check_fields(Scope& scope, const std::vector<definition::FieldSpec>& specs,
                          const Value& value, const std::string& what) {
    static const Record empty;
    const auto* record = value.is_none() ? &empty : value.as<Record>();
    if (record == nullptr) return reject("bad_value", what + " is a list of named fields");
    for (const auto& spec : specs) {
        const Value* found = record->find(spec.id);
        if (found == nullptr || found->is_none()) {
            if (!spec.required) continue;
            return reject("missing_field", what + " needs the field `" + spec.id + "`");
        }
        if (!field_fits(scope, *found, spec.type))
            return reject("bad_value", "the field `" + spec.id + "` of " + what + " must be " +
                                           rule::to_string(spec.type) + ", found " +
                                           to_string(*found));
    }
    for (const Field& field : record->fields()) {
        const auto known = [&](const definition::FieldSpec& spec) { return spec.id == field.name; };
        if (std::none_of(specs.begin(), specs.end(), known))
            return reject("unknown_field", what + " has no field `" + field.name + "`");
    }
    return {};
}

Result<Decision> on(const DecideContext& context, const AddSubject& command) {
    const auto& kinds = context.rules().library().kinds;
    const auto kind = kinds.find(command.subject.kind);
    if (kind == kinds.end())
        return reject("unknown_kind", "no kind of subject is called " + command.subject.kind);
    if (command.subject.id.empty() || command.subject.id.size() > 128)
        return reject("bad_id", "an id has 1 to 128 bytes");
    if (context.world.subject(command.subject) != nullptr)
        return reject("exists", command.subject.kind + " " + command.subject.id + " is known");
    const std::string& outer = kind->second.parent;
    if (outer.empty() && !command.parent.empty())
        return reject("wrong_parent", "a " + command.subject.kind + " lives in nothing");
    if (outer != command.parent.kind || outer.empty() != command.parent.empty())
        return reject("wrong_parent", "a " + command.subject.kind + " lives in a " + outer);
    if (!command.parent.empty() && context.world.subject(command.parent) == nullptr)
        return reject("unknown_subject",
                      "there is no " + command.parent.kind + " " + command.parent.id);
    if (auto checked = check_sealed(context.world, command.label); !checked)
        return std::unexpected{checked.error()};
    return context.outside(SubjectAdded{command.subject, command.parent, command.label},
                           subject_stream(command.subject));
}

namespace {

Result<const definition::FactType*> fact_type(const DecideContext& context,
                                              const Reference& subject, const std::string& id) {
    if (context.world.subject(subject) == nullptr)
        return reject("unknown_subject", "there is no " + subject.kind + " " + subject.id);
    const definition::FactType* type = context.rules().fact(id);
    if (type == nullptr) return reject("unknown_fact", "no fact type is called " + id);
    if (!type->of.empty() && type->of != subject.kind)
        return reject("wrong_subject",
                      id + " is stated of a " + type->of + ", not of a " + subject.kind);
    return type;
}

const registry::FactEntry* entry_at(const registry::Subject& subject, const std::string& fact,
                                    Position position) {
    const auto found = subject.facts.find(fact);
    if (found == subject.facts.end()) return nullptr;
    for (const auto& entry : found->second)
        if (entry.position == position) return &entry;
    return nullptr;
}

/// Who is told of a gate's answer: the roles it names, by holder.
Draft gate_notice(const DecideContext& context, const Reference& subject, const std::string& act,
                  const GateAnswer& answer) {
    NoticePlanned notice;
    notice.notice =
        subject_stream(subject).str() + "#" + act + "." + std::to_string(context.world.head + 1);
    notice.kind = NoticeKind::gate;
    notice.due = context.now;
    notice.subject_line = act;
    for (const std::string& role : answer.tell) {
        const ActorId person = holder(context.world, context.rules(), role, subject, context.now);
        if (!person.empty()) notice.to.push_back({person.str(), role});
    }
    return context.draft(notice, subject_stream(subject));
}

/// An act reported through a closed gate: accepted, and a breach at the moment of the act.
void add_breaches(const DecideContext& context, const Reference& subject, const std::string& act,
                  const GateAnswer& answer, bool overridden, Decision& decision) {
    for (const GateClosed& gate : answer.closed) {
        if (gate.gate == "before") continue;  // its own duty records it
        GateBreached breach{gate.definition,
                            gate.gate,
                            act,
                            context.world.head + 1,
                            context.meta.effective.at,
                            context.meta.effective.date,
                            gate.basis,
                            gate.detail,
                            overridden};
        Draft draft = context.draft(breach, subject_stream(subject));
        draft.effective = context.meta.effective;
        draft.rests_on = answer.rests_on;
        decision.drafts.push_back(std::move(draft));
    }
}

}  // namespace

Result<Decision> on(const DecideContext& context, const RecordFact& command) {
    const auto type = fact_type(context, command.subject, command.fact);
    if (!type) return std::unexpected{type.error()};
    if (auto checked = check_sealed(context.world, command.value); !checked)
        return std::unexpected{checked.error()};
    Scope scope{context.world, context.rules(), context.now};
    scope.place(command.value, [&](const std::string& field) {
        return fact_place(command.subject, command.fact, field);
    });
    if (auto checked = check_fields(scope, (*type)->fields, command.value, command.fact); !checked)
        return std::unexpected{checked.error()};
    if (context.meta.effective.at > context.now)
        return reject("in_the_future", "a fact cannot be true later than it is recorded");
    if (command.corrects != 0 && entry_at(*context.world.subject(command.subject), command.fact,
                                          command.corrects) == nullptr)
        return reject("unknown_position", "there is no such fact to correct");
    auto decision =
        context.outside(FactRecorded{command.subject, command.fact, (*type)->hash, command.value},
                        subject_stream(command.subject));
    decision->drafts.front().corrects = command.corrects;
    if ((*type)->act) {
        const GateAnswer answer =
            ask_gates(context.world, context.rules(), command.subject, command.fact, command.value,
                      context.meta.effective, context.now);
        add_breaches(context, command.subject, command.fact, answer, false, *decision);
    }
    context.add_late_entry(*decision, subject_stream(command.subject));
    return decision;
}

Result<Decision> on(const DecideContext& context, const RequestAct& command) {
    const auto type = fact_type(context, command.subject, command.act);
    if (!type) return std::unexpected{type.error()};
    if (!(*type)->act)
        return reject("not_an_act", command.act + " is no act that gates can refuse");
    if (auto checked = check_sealed(context.world, command.value); !checked)
        return std::unexpected{checked.error()};
    const GateAnswer answer =
        ask_gates(context.world, context.rules(), command.subject, command.act, command.value,
                  context.meta.effective, context.now);
    const StreamId stream = subject_stream(command.subject);
    Result<Decision> decision =
        answer.closed.empty()
            ? context.outside(
                  ActPermitted{command.subject, command.act, command.value, answer.flags}, stream)
            : context.outside(
                  ActRefused{command.subject, command.act, command.value, answer.closed}, stream);
    decision->drafts.front().rests_on = answer.rests_on;
    if (!answer.closed.empty()) {
        Rejection refusal{"gate_closed", {}};
        for (const GateClosed& gate : answer.closed) {
            const Text said = sentence_of(&context.rules(), gate);
            refusal.detail += (refusal.detail.empty() ? "" : "; ") + gate.basis + ": " + said.en;
            refusal.zh_cn += (refusal.zh_cn.empty() ? "" : "；") + gate.basis + "：" + said.zh_cn;
        }
        decision->refusal = std::move(refusal);
    }
    for (const GateClosed& flag : answer.flags) decision->warnings.push_back(flag.detail);
    if (!answer.closed.empty() || !answer.flags.empty())
        decision->drafts.push_back(gate_notice(context, command.subject, command.act, answer));
    return decision;
}

Result<Decision> on(const DecideContext& context, const OverrideGate& command) {
    const auto type = fact_type(context, command.subject, command.act);
    if (!type) return std::unexpected{type.error()};
    if (command.reason.empty()) return reject("no_reason", "an override needs a reason");
    if (auto checked = check_sealed(context.world, command.value); !checked)
        return std::unexpected{checked.error()};
    const GateAnswer answer =
        ask_gates(context.world, context.rules(), command.subject, command.act, command.value,
                  context.meta.effective, context.now);
    if (answer.closed.empty()) return reject("gate_open", "no gate is closed to this act");
    auto decision = context.outside(
        GateOverridden{command.subject, command.act, command.value, command.reason, answer.closed},
        subject_stream(command.subject));
    decision->drafts.front().rests_on = answer.rests_on;
    add_breaches(context, command.subject, command.act, answer, true, *decision);
    return decision;
}

Result<Decision> on(const DecideContext& context, const ErasePerson& command) {
    const registry::Subject* subject = context.world.subject(command.subject);
    if (subject == nullptr)
        return reject("unknown_subject",
                      "there is no " + command.subject.kind + " " + command.subject.id);
    if (command.reason.empty()) return reject("no_reason", "erasing a person needs a reason");
    if (subject->erased != 0)
        return reject("erased", "the key of " + key_of(command.subject) + " was erased before");
    return context.outside(PersonErased{command.subject, command.reason},
                           subject_stream(command.subject));
}

}  // namespace dutylog::pdca
