#include <array>

#include "tests/simulation/invention.hpp"

/// Who, what about, and with which values.
namespace dutylog::simulation {

using namespace pdca;  // NOLINT: every command is named here

namespace {

constexpr std::array texts{"benzene", "noise", "none", "solvent"};

}  // namespace

/// The owner of the step acted on, mostly.
ActorId Invention::someone() {
    if (acting_on_ && !acting_on_->state->owner.empty() && draw_.chance(75))
        return acting_on_->state->owner;
    return ActorId{person()};
}

const Duty* Invention::any_duty() {
    if (world_->duties.empty()) return nullptr;
    auto found = world_->duties.begin();
    std::advance(found, static_cast<std::ptrdiff_t>(draw_.below(world_->duties.size())));
    return &found->second;
}

const registry::Subject* Invention::any_subject(const std::string& kind) {
    const auto all = world_->subjects_of(kind);
    return all.empty() ? nullptr : all[draw_.below(all.size())];
}

std::string Invention::person() {
    const auto* worker = any_subject("worker");
    return worker == nullptr ? "w1" : worker->id.id;
}

Value Invention::record_of(const std::vector<definition::FieldSpec>& specs) {
    Record record;
    for (const auto& spec : specs)
        if ((spec.required && !draw_.chance(3)) || draw_.chance(60))
            record.set(spec.id, value_of(spec.type));
    if (draw_.chance(1)) record.set("no-such-field", 1);
    return record;
}

Value Invention::value_of(const rule::Type& type) {
    const CivilDate today = world_->rules->zone().local(now_).date;
    switch (type.kind) {
        case rule::Kind::truth:
            return draw_.chance(70);
        case rule::Kind::integer:
            return std::int64_t{draw_.between(0, 20)};
        case rule::Kind::quantity:
            return Quantity{Decimal{draw_.between(0, 3)}, type.unit};
        case rule::Kind::text:
            return texts[draw_.below(texts.size())];
        case rule::Kind::enumeration:
            return type.words[draw_.below(type.words.size())];
        case rule::Kind::date:
            return today.plus_days(draw_.between(-10, 70));
        case rule::Kind::reference: {
            const auto* subject = any_subject(type.name);
            return subject == nullptr ? Value{} : Value{subject->id};
        }
        default:
            return {};
    }
}

}  // namespace dutylog::simulation
