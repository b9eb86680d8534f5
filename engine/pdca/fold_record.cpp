#include "engine/pdca/fold.hpp"

#include <utility>

#include "engine/log/archive.hpp"
#include "engine/log/value_codec.hpp"
#include "engine/pdca/codec.hpp"

/// The log itself, subjects and facts.
namespace dutylog::pdca {

template <class Stored>
void Fold::chain(registry::Subject& subject, const Stored& event) {
    log::ByteWriter writer;
    writer(subject.digest, const_cast<Stored&>(event), recorded_.corrects);
    subject.digest = sha256(writer.view());
}

void Fold::operator()(const BundlePublished& event) {
    if (!world_.source) return;
    RulesPtr rules = world_.source(event.bundle);
    if (rules == nullptr) throw CorruptStream{"a published bundle is not in the log"};
    world_.rules = rules;
    world_.bundle = event.bundle;
    world_.published = recorded_.recorded;
    world_.known_rules[event.bundle] = std::move(rules);
    world_.count_for(*world_.rules);
}

void Fold::operator()(const RecordVoided& event) {
    world_.voided.insert(event.positions.begin(), event.positions.end());
    for (const Position position : event.positions) void_fact(position);
}

void Fold::operator()(const AssumptionRecorded& event) {
    world_.assumptions.push_back(
        {event.definition, event.subject, event.forever, event.until, recorded_.position});
}

void Fold::operator()(const DefinitionDayCame& event) {
    world_.day_came[event.definition] = event.day;
}

void Fold::operator()(const ClockJumped& event) { world_.timers_held = !event.adopted; }

void Fold::operator()(const ClockDecided&) { world_.timers_held = false; }

void Fold::operator()(const SubjectAdded& event) {
    registry::Subject& subject = world_.subjects[event.subject];
    subject.id = event.subject;
    subject.parent = event.parent;
    subject.name = event.name;
    subject.added = recorded_.position;
    chain(subject, event);
}

void Fold::operator()(const FactRecorded& event) {
    const auto found = world_.subjects.find(event.subject);
    if (found == world_.subjects.end())
        throw CorruptStream{"a fact about the unknown subject " + event.subject.id};
    chain(found->second, event);
    auto& entries = found->second.facts[event.fact];
    if (recorded_.corrects != 0) replace(entries);
    registry::insert(entries, {recorded_.position, recorded_.effective, recorded_.recorded,
                               recorded_.actor, taken(event.value), false, 0});
}

void Fold::operator()(const PersonErased& event) {
    const auto found = world_.subjects.find(event.subject);
    if (found == world_.subjects.end())
        throw CorruptStream{"the erasure of the unknown subject " + event.subject.id};
    found->second.erased = recorded_.position;
    chain(found->second, event);
}

void Fold::operator()(const SealedFieldsAsked& event) {
    for (const SealedQuestion& asked : event.questions)
        world_.answers[asked.question] = asked.answer;
}

void Fold::replace(std::vector<registry::FactEntry>& entries) {
    world_.voided.insert(recorded_.corrects);
    for (registry::FactEntry& entry : entries)
        if (entry.position == recorded_.corrects) entry.replaced_by = recorded_.position;
}

void Fold::void_fact(Position position) {
    for (auto& [id, subject] : world_.subjects)
        for (auto& [type, entries] : subject.facts)
            for (registry::FactEntry& entry : entries)
                if (entry.position == position) entry.voided = true;
}

}  // namespace dutylog::pdca
