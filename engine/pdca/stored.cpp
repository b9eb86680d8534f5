#include "engine/pdca/stored.hpp"

namespace dutylog::pdca {

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
