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

NoticePlannedV2 upcast(NoticePlannedV1 old) {
    return {std::move(old.notice),
            static_cast<NoticeKindV2>(old.kind),
            old.cycle,
            std::move(old.step),
            old.rung,
            old.due,
            std::move(old.to),
            std::move(old.subject_line),
            {}};
}

NoticePlanned upcast(NoticePlannedV2 old) {
    return {std::move(old.notice),
            static_cast<NoticeKind>(old.kind),
            old.cycle,
            std::move(old.step),
            old.rung,
            old.due,
            std::move(old.to),
            std::move(old.subject_line),
            std::move(old.by),
            {}};
}

void replay(World& world, const log::StoredEvent& stored) {
    const log::Envelope& envelope = stored.envelope;
    evolve(world, EventCodec::decode(envelope.type, envelope.schema, stored.payload),
           circumstances_of(envelope));
}

}  // namespace dutylog::pdca
