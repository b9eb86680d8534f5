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

Recorded recorded_of(const log::Envelope& envelope) {
    return {envelope.position, envelope.stream,       envelope.recorded, envelope.effective,
            envelope.actor,    envelope.on_behalf_of, envelope.corrects, envelope.origin};
}

void replay(World& world, const log::StoredEvent& stored) {
    const log::Envelope& envelope = stored.envelope;
    evolve(world, EventCodec::decode(envelope.type, envelope.schema, stored.payload),
           recorded_of(envelope));
}

}  // namespace dutylog::pdca
