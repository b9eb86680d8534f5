#pragma once

#include <cereal/cereal.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

#include "engine/log/value_codec.hpp"
#include "engine/pdca/events/subjects.hpp"

/// Of subjects, facts and sealed fields.
namespace dutylog::pdca {

template <class Archive>
void serialize(Archive& archive, SubjectAdded& event) {
    archive(cereal::make_nvp("subject", event.subject), cereal::make_nvp("parent", event.parent),
            cereal::make_nvp("name", event.name));
}

template <class Archive>
void serialize(Archive& archive, FactRecorded& event) {
    archive(cereal::make_nvp("subject", event.subject), cereal::make_nvp("fact", event.fact),
            cereal::make_nvp("fact_type", event.fact_type), cereal::make_nvp("value", event.value));
}

template <class Archive>
void serialize(Archive& archive, PersonErased& event) {
    archive(cereal::make_nvp("subject", event.subject), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, SealedQuestion& event) {
    archive(cereal::make_nvp("question", event.question), cereal::make_nvp("answer", event.answer));
}

template <class Archive>
void serialize(Archive& archive, SealedFieldsAsked& event) {
    archive(cereal::make_nvp("key", event.key), cereal::make_nvp("questions", event.questions));
}

template <class Archive>
void serialize(Archive& archive, SignalRaised& event) {
    archive(cereal::make_nvp("pattern", event.pattern), cereal::make_nvp("about", event.about),
            cereal::make_nvp("severity", event.severity),
            cereal::make_nvp("measure", event.measure), cereal::make_nvp("detail", event.detail));
}

}  // namespace dutylog::pdca
