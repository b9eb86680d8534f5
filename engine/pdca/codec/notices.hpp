#pragma once

#include <cereal/cereal.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

#include "engine/log/value_codec.hpp"
#include "engine/pdca/events/notices.hpp"

/// Of telling people.
namespace dutylog::pdca {

template <class Archive>
void serialize(Archive& archive, DeliveryRecorded& event) {
    archive(cereal::make_nvp("notice", event.notice), cereal::make_nvp("person", event.person),
            cereal::make_nvp("outcome", event.outcome), cereal::make_nvp("channel", event.channel),
            cereal::make_nvp("detail", event.detail), cereal::make_nvp("message", event.message),
            cereal::make_nvp("content", event.content));
}

template <class Archive>
void serialize(Archive& archive, DeliveryRecordedV1& event) {
    archive(cereal::make_nvp("notice", event.notice), cereal::make_nvp("person", event.person),
            cereal::make_nvp("outcome", event.outcome), cereal::make_nvp("channel", event.channel),
            cereal::make_nvp("detail", event.detail));
}

template <class Archive>
void serialize(Archive& archive, Recipient& event) {
    archive(cereal::make_nvp("person", event.person), cereal::make_nvp("role", event.role));
}

template <class Archive>
void serialize(Archive& archive, NoticePlannedV1& event) {
    archive(cereal::make_nvp("notice", event.notice), cereal::make_nvp("kind", event.kind),
            cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("rung", event.rung), cereal::make_nvp("due", event.due),
            cereal::make_nvp("to", event.to), cereal::make_nvp("subject_line", event.subject_line));
}

template <class Archive>
void serialize(Archive& archive, NoticePlannedV2& event) {
    archive(cereal::make_nvp("notice", event.notice), cereal::make_nvp("kind", event.kind),
            cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("rung", event.rung), cereal::make_nvp("due", event.due),
            cereal::make_nvp("to", event.to), cereal::make_nvp("subject_line", event.subject_line),
            cereal::make_nvp("by", event.by));
}

template <class Archive>
void serialize(Archive& archive, NoticePlanned& event) {
    archive(cereal::make_nvp("notice", event.notice), cereal::make_nvp("kind", event.kind),
            cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("rung", event.rung), cereal::make_nvp("due", event.due),
            cereal::make_nvp("to", event.to), cereal::make_nvp("subject_line", event.subject_line),
            cereal::make_nvp("by", event.by), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, NoticesSkipped& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("rungs", event.rungs), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, ChannelSwitched& event) {
    archive(cereal::make_nvp("channel", event.channel), cereal::make_nvp("on", event.on),
            cereal::make_nvp("state", event.state), cereal::make_nvp("reason", event.reason));
}

}  // namespace dutylog::pdca
