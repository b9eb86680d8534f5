#pragma once

#include "engine/log/upcast.hpp"
#include "engine/pdca/codec.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::pdca {

/// Every shape of the machine's events that was ever written.
using EventCodec = log::Codec<Event, DeliveryRecordedV1, NoticePlannedV1, NoticePlannedV2>;

/// Folds a stored event.
/// @throws UnknownEvent, DecodeError, CorruptStream
void replay(World& world, const log::StoredEvent& stored);

}  // namespace dutylog::pdca
