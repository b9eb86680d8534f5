#pragma once

#include <cereal/cereal.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

#include "engine/log/value_codec.hpp"
#include "engine/pdca/events/requests.hpp"

/// Of what people ask of each other.
namespace dutylog::pdca {

template <class Archive>
void serialize(Archive& archive, CommentAdded& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("text", event.text));
}

template <class Archive>
void serialize(Archive& archive, StepUrged& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("people", event.people), cereal::make_nvp("note", event.note));
}

template <class Archive>
void serialize(Archive& archive, SignerAdded& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("signer", event.signer), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, SignerReleased& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("signer", event.signer), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, PostponementAsked& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("until", event.until), cereal::make_nvp("approver", event.approver),
            cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, PostponementDecided& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("granted", event.granted),
            cereal::make_nvp("deadline", event.deadline),
            cereal::make_nvp("asked_by", event.asked_by), cereal::make_nvp("reason", event.reason));
}

}  // namespace dutylog::pdca
