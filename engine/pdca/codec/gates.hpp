#pragma once

#include <cereal/cereal.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

#include "engine/log/value_codec.hpp"
#include "engine/pdca/events/gates.hpp"

/// Of acts and gates.
namespace dutylog::pdca {

template <class Archive>
void serialize(Archive& archive, GateClosed& event) {
    archive(cereal::make_nvp("definition", event.definition), cereal::make_nvp("gate", event.gate),
            cereal::make_nvp("basis", event.basis), cereal::make_nvp("detail", event.detail),
            cereal::make_nvp("members", event.members));
}

template <class Archive>
void serialize(Archive& archive, ActRefused& event) {
    archive(cereal::make_nvp("subject", event.subject), cereal::make_nvp("act", event.act),
            cereal::make_nvp("value", event.value), cereal::make_nvp("gates", event.gates));
}

template <class Archive>
void serialize(Archive& archive, ActPermitted& event) {
    archive(cereal::make_nvp("subject", event.subject), cereal::make_nvp("act", event.act),
            cereal::make_nvp("value", event.value), cereal::make_nvp("flags", event.flags));
}

template <class Archive>
void serialize(Archive& archive, GateOverridden& event) {
    archive(cereal::make_nvp("subject", event.subject), cereal::make_nvp("act", event.act),
            cereal::make_nvp("value", event.value), cereal::make_nvp("reason", event.reason),
            cereal::make_nvp("gates", event.gates));
}

template <class Archive>
void serialize(Archive& archive, GateBreached& event) {
    archive(cereal::make_nvp("definition", event.definition), cereal::make_nvp("gate", event.gate),
            cereal::make_nvp("act", event.act),
            cereal::make_nvp("act_position", event.act_position),
            cereal::make_nvp("due", event.due), cereal::make_nvp("due_on", event.due_on),
            cereal::make_nvp("basis", event.basis), cereal::make_nvp("detail", event.detail),
            cereal::make_nvp("overridden", event.overridden));
}

}  // namespace dutylog::pdca
