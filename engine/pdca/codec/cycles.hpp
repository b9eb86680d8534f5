#pragma once

#include <cereal/cereal.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

#include "engine/log/value_codec.hpp"
#include "engine/pdca/events/cycles.hpp"

/// Of duties, cycles and deadlines.
namespace dutylog::pdca {

template <class Archive>
void serialize(Archive& archive, CycleSuspended& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, CycleResumed& event) {
    archive(cereal::make_nvp("cycle", event.cycle));
}

template <class Archive>
void serialize(Archive& archive, CycleCancelled& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("approver", event.approver),
            cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, CycleMigrated& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("version", event.version),
            cereal::make_nvp("approver", event.approver), cereal::make_nvp("moves", event.moves));
}

template <class Archive>
void serialize(Archive& archive, DutyOpened& event) {
    archive(cereal::make_nvp("definition", event.definition),
            cereal::make_nvp("version", event.version), cereal::make_nvp("subject", event.subject),
            cereal::make_nvp("system", event.system), cereal::make_nvp("level", event.level),
            cereal::make_nvp("tracked", event.tracked));
}

template <class Archive>
void serialize(Archive& archive, HealthChanged& event) {
    archive(cereal::make_nvp("before", event.before), cereal::make_nvp("health", event.health),
            cereal::make_nvp("overdue", event.overdue),
            cereal::make_nvp("findings", event.findings), cereal::make_nvp("vacant", event.vacant));
}

template <class Archive>
void serialize(Archive& archive, DutyEnded& event) {
    archive(cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, CycleScheduled& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("occasion", event.occasion),
            cereal::make_nvp("version", event.version),
            cereal::make_nvp("deadline", event.deadline), cereal::make_nvp("ran_by", event.ran_by));
}

template <class Archive>
void serialize(Archive& archive, OccasionJoined& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("occasion", event.occasion),
            cereal::make_nvp("corrects", event.corrects));
}

template <class Archive>
void serialize(Archive& archive, DeadlineMoved& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("before", event.before), cereal::make_nvp("deadline", event.deadline));
}

template <class Archive>
void serialize(Archive& archive, CycleOpened& event) {
    archive(cereal::make_nvp("cycle", event.cycle));
}

template <class Archive>
void serialize(Archive& archive, PhaseEntered& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("phase", event.phase),
            cereal::make_nvp("left_out", event.left_out), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, DeadlineMet& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("at", event.at),
            cereal::make_nvp("on", event.on), cereal::make_nvp("assumed", event.assumed),
            cereal::make_nvp("days_late", event.days_late),
            cereal::make_nvp("working_days_late", event.working_days_late));
}

template <class Archive>
void serialize(Archive& archive, DeadlineMissed& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("breach", event.breach), cereal::make_nvp("due", event.due),
            cereal::make_nvp("due_on", event.due_on), cereal::make_nvp("tracked", event.tracked),
            cereal::make_nvp("basis", event.basis));
}

template <class Archive>
void serialize(Archive& archive, CycleClosed& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("carried", event.carried),
            cereal::make_nvp("approver", event.approver), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, CompletionWithdrawn& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("voided", event.voided),
            cereal::make_nvp("instead", event.instead), cereal::make_nvp("on", event.on));
}

}  // namespace dutylog::pdca
