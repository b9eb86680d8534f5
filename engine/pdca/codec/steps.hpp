#pragma once

#include <cereal/cereal.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

#include "engine/log/value_codec.hpp"
#include "engine/pdca/events/steps.hpp"

/// Of work inside a cycle.
namespace dutylog::pdca {

template <class Archive>
void serialize(Archive& archive, StepCompleted& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("outcome", event.outcome), cereal::make_nvp("form", event.form),
            cereal::make_nvp("evidence", event.evidence),
            cereal::make_nvp("warnings", event.warnings));
}

template <class Archive>
void serialize(Archive& archive, StepReturned& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("reason", event.reason), cereal::make_nvp("again", event.again));
}

template <class Archive>
void serialize(Archive& archive, StepApproved& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("role", event.role));
}

template <class Archive>
void serialize(Archive& archive, StepReassigned& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("owner", event.owner), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, StepPostponed& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("deadline", event.deadline),
            cereal::make_nvp("approver", event.approver), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, StepsLeftOut& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("steps", event.steps),
            cereal::make_nvp("approver", event.approver), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, FindingRaised& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("finding", event.finding),
            cereal::make_nvp("step", event.step), cereal::make_nvp("severity", event.severity),
            cereal::make_nvp("basis", event.basis), cereal::make_nvp("note", event.note));
}

template <class Archive>
void serialize(Archive& archive, MeasureVerified& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("effective", event.effective), cereal::make_nvp("note", event.note));
}

template <class Archive>
void serialize(Archive& archive, MeasureCarried& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("approver", event.approver), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, StepOpened& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("owner", event.owner), cereal::make_nvp("role", event.role),
            cereal::make_nvp("vacant", event.vacant), cereal::make_nvp("deadline", event.deadline));
}

template <class Archive>
void serialize(Archive& archive, StepSatisfied& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("fact", event.fact), cereal::make_nvp("at", event.at),
            cereal::make_nvp("on", event.on), cereal::make_nvp("by", event.by));
}

template <class Archive>
void serialize(Archive& archive, OwnerMissing& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("role", event.role), cereal::make_nvp("stands_in", event.stands_in));
}

template <class Archive>
void serialize(Archive& archive, OwnerFound& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("owner", event.owner));
}

template <class Archive>
void serialize(Archive& archive, StepReopened& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("voided", event.voided));
}

}  // namespace dutylog::pdca
