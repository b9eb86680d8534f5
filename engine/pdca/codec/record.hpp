#pragma once

#include <cereal/cereal.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

#include "engine/log/value_codec.hpp"
#include "engine/pdca/events/record.hpp"

/// Of the log itself.
namespace dutylog::pdca {

template <class Archive>
void serialize(Archive& archive, BundlePublished& event) {
    archive(cereal::make_nvp("bundle", event.bundle), cereal::make_nvp("label", event.label),
            cereal::make_nvp("approver", event.approver));
}

template <class Archive>
void serialize(Archive& archive, RecordVoided& event) {
    archive(cereal::make_nvp("positions", event.positions),
            cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, CommandRefused& event) {
    archive(cereal::make_nvp("command", event.command), cereal::make_nvp("target", event.target),
            cereal::make_nvp("reason", event.reason), cereal::make_nvp("detail", event.detail),
            cereal::make_nvp("body", event.body));
}

template <class Archive>
void serialize(Archive& archive, AssumptionRecorded& event) {
    archive(cereal::make_nvp("definition", event.definition),
            cereal::make_nvp("subject", event.subject), cereal::make_nvp("forever", event.forever),
            cereal::make_nvp("until", event.until), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, ClockJumped& event) {
    archive(cereal::make_nvp("expected", event.expected), cereal::make_nvp("found", event.found),
            cereal::make_nvp("adopted", event.adopted));
}

template <class Archive>
void serialize(Archive& archive, ClockDecided& event) {
    archive(cereal::make_nvp("confirmed", event.confirmed),
            cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, DefinitionDayCame& event) {
    archive(cereal::make_nvp("definition", event.definition), cereal::make_nvp("day", event.day),
            cereal::make_nvp("begins", event.begins));
}

template <class Archive>
void serialize(Archive& archive, LogRestored& event) {
    archive(cereal::make_nvp("events", event.events), cereal::make_nvp("root", event.root),
            cereal::make_nvp("epoch_before", event.epoch_before),
            cereal::make_nvp("epoch", event.epoch),
            cereal::make_nvp("known_events", event.known_events),
            cereal::make_nvp("known_root", event.known_root));
}

}  // namespace dutylog::pdca
