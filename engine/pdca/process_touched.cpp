#include "engine/pdca/process.hpp"

/// Which duties have to be judged anew after an event.
namespace dutylog::pdca {

void Process::touch(const Event& event, const StreamId& stream, Pairs& touched) {
    if (const auto* fact = std::get_if<FactRecorded>(&event)) return touch_fact(*fact, touched);
    if (const auto* added = std::get_if<SubjectAdded>(&event)) {
        for (const auto* definition : world_.rules->about(added->subject.kind))
            touched.insert({definition, added->subject});
        return;
    }
    if (std::holds_alternative<BundlePublished>(event) ||
        std::holds_alternative<RecordVoided>(event) ||
        std::holds_alternative<AssumptionRecorded>(event) ||
        std::holds_alternative<ClockDecided>(event))
        return touch_all(touched);
    if (std::holds_alternative<SealedFieldsAsked>(event)) return;  // asked while it was judged
    if (const Duty* duty = world_.duty(stream)) {
        touch_duty(*duty, touched);
        touch_runner(event, *duty, touched);
    }
}

void Process::touch_duty(const Duty& duty, Pairs& touched) {
    if (const auto* definition = world_.rule_of(duty)) touched.insert({definition, duty.subject});
}

/// A step waits for the cycle it ran.
void Process::touch_runner(const Event& event, const Duty& duty, Pairs& touched) {
    const auto* met = std::get_if<DeadlineMet>(&event);
    const Cycle* cycle = met == nullptr ? nullptr : duty.cycle(met->cycle);
    if (cycle == nullptr) return;
    std::vector<Position> occasions = cycle->joined;
    occasions.push_back(cycle->occasion);
    for (const auto& [id, definition] : world_.rules->bundle().definitions)
        for (const auto& step : definition.steps)
            if (step.run == duty.definition) touch_definition(definition, duty.subject, touched);
    if (const Duty* runner = world_.duty(cycle->ran_by.duty)) touch_duty(*runner, touched);
}

/// The system a duty belongs to, and the programme.
void Process::touch_parents(const Duty& duty, Pairs& touched) {
    for (const auto* wheel : world_.rules->wheels()) {
        const bool programme = wheel->level == definition::Level::programme;
        if (!programme && (wheel->system != duty.system || duty.level != Level::duty)) continue;
        const Reference subject = world_.ancestor(duty.subject, wheel->subject);
        if (!subject.empty()) touched.insert({wheel, subject});
    }
}

void Process::touch_fact(const FactRecorded& event, Pairs& touched) {
    if (event.fact == "holds_role" || event.fact == "absence") {
        for (const auto& [stream, duty] : world_.duties)
            if (duty.active) touch_duty(duty, touched);
        return;
    }
    touch_readers(event.fact, event.subject, touched);
}

/// Cycles that run on an older version are judged by what that version reads.
void Process::touch_readers(const std::string& fact, const Reference& subject, Pairs& touched) {
    for (const definition::Definition* definition : world_.rules->reading(fact))
        touch_definition(*definition, subject, touched);
    for (const auto& [bundle, rules] : world_.known_rules) {
        if (rules == world_.rules) continue;
        Pairs older;
        for (const definition::Definition* definition : rules->reading(fact))
            touch_definition(*definition, subject, older);
        for (const Pair& pair : older)
            if (const Duty* duty = world_.duty(duty_stream(pair.definition->id, pair.subject)))
                touch_duty(*duty, touched);
    }
}

/// A fact of a subject concerns duties about it, about what it lives in, and about what lives in
/// it; where the kinds are not related it may be read by reference, so all of that kind.
void Process::touch_definition(const definition::Definition& definition, const Reference& subject,
                               Pairs& touched) {
    const Rules& rules = *world_.rules;
    if (definition.subject == subject.kind) {
        touched.insert({&definition, subject});
    } else if (rules.within(subject.kind, definition.subject)) {
        touched.insert({&definition, world_.ancestor(subject, definition.subject)});
    } else {
        const bool below = rules.within(definition.subject, subject.kind);
        for (const registry::Subject* about : world_.subjects_of(definition.subject))
            if (!below || world_.inside(about->id, subject))
                touched.insert({&definition, about->id});
    }
}

void Process::touch_definition(const definition::Definition& definition, Pairs& touched) {
    for (const registry::Subject* subject : world_.subjects_of(definition.subject))
        touched.insert({&definition, subject->id});
}

/// Every definition for every subject, and duties whose definition was retired.
void Process::touch_all(Pairs& touched) {
    for (const auto& [id, definition] : world_.rules->bundle().definitions)
        touch_definition(definition, touched);
    for (const auto& [stream, duty] : world_.duties)
        if (world_.rules->definition(duty.definition) == nullptr) touch_duty(duty, touched);
}

}  // namespace dutylog::pdca
