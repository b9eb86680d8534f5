#include "engine/pdca/stored.hpp"

#include <utility>

namespace dutylog::pdca {

DeliveryRecorded upcast(DeliveryRecordedV1 old) {
    return {std::move(old.notice),
            std::move(old.person),
            old.outcome,
            std::move(old.channel),
            std::move(old.detail),
            {},
            {}};
}

void replay(World& world, const log::StoredEvent& stored) {
    const log::Envelope& envelope = stored.envelope;
    evolve(world, EventCodec::decode(envelope.type, envelope.schema, stored.payload),
           circumstances_of(envelope));
}

}  // namespace dutylog::pdca
