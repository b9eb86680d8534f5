#pragma once

#include <cereal/cereal.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

#include "engine/log/value_codec.hpp"
#include "engine/pdca/events/access.hpp"

/// Of the stream `access`.
namespace dutylog::pdca {

template <class Archive>
void serialize(Archive& archive, AccessRefused& event) {
    archive(cereal::make_nvp("token", event.token), cereal::make_nvp("person", event.person),
            cereal::make_nvp("from", event.from), cereal::make_nvp("until", event.until),
            cereal::make_nvp("count", event.count),
            cereal::make_nvp("operations", event.operations));
}

template <class Archive>
void serialize(Archive& archive, SealedFieldsShown& event) {
    archive(cereal::make_nvp("token", event.token), cereal::make_nvp("person", event.person),
            cereal::make_nvp("operation", event.operation), cereal::make_nvp("keys", event.keys),
            cereal::make_nvp("positions", event.positions));
}

}  // namespace dutylog::pdca
