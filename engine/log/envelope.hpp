#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/digest.hpp"
#include "engine/core/effective.hpp"
#include "engine/core/id.hpp"
#include "engine/core/instant.hpp"

namespace dutylog::log {

/// Place among all events of the log: gapless from 1. 0 means none.
using Position = std::uint64_t;
/// Place in one stream: gapless from 1. 0 means a stream without events.
using Version = std::uint64_t;

/// Whether an event came from outside (a fact, an act, an answer) or was derived by the engine.
enum class Origin : std::uint8_t { outside, derived };

/// One event read while deciding, kept with what was decided.
struct RestsOn {
    Position position = 0;
    Digest content;  ///< leaf hash of that event
    friend auto operator<=>(const RestsOn&, const RestsOn&) = default;
};

/// What a decision says of an event before the log has given it a place.
struct NewEvent {
    StreamId stream;
    std::string type;          ///< `workflow.past_tense`, never changed once stored
    std::uint16_t schema = 1;  ///< version of the payload's frozen struct
    Effective effective;
    std::string late_reason;  ///< why an earlier effective time is claimed; may be empty
    Digest bundle;            ///< rules in force when it was decided
    ActorId actor;
    ActorId on_behalf_of;  ///< empty where the actor acts for themself
    CommandId command;
    Origin origin = Origin::outside;
    /// Index, within the same append, of the event that caused this one; -1 for none.
    std::int32_t cause = -1;
    std::string correlation;
    std::vector<Position> rests_on;  ///< positions read, before this append; sorted, unique
    Position corrects = 0;
    std::string key;    ///< id of the key that seals fields of the payload; may be empty
    Bytes payload;      ///< portable binary of the frozen struct
    Digest state_hash;  ///< of the stream's state after this event; zero where none
    std::uint16_t fold_version = 1;
};

/// An event as stored. Field order here is the order of the leaf bytes (docs/format.md).
struct Envelope {
    Position position = 0;
    StreamId stream;
    Version version = 0;
    std::string type;
    std::uint16_t schema = 1;
    Instant recorded;  ///< never runs back along positions
    Effective effective;
    std::string late_reason;
    Digest bundle;
    ActorId actor;
    ActorId on_behalf_of;
    CommandId command;
    Origin origin = Origin::outside;
    Position cause = 0;
    std::string correlation;
    std::vector<RestsOn> rests_on;
    Position corrects = 0;
    std::uint8_t codec = 1;  ///< 1 = cereal portable binary
    std::string key;
    Digest state_hash;
    std::uint16_t fold_version = 1;
    Position previous_in_stream = 0;
    Digest previous_leaf;  ///< leaf hash of the previous event of the same stream
};

/// Envelope, payload as stored, and the leaf hash over both.
struct StoredEvent {
    Envelope envelope;
    Bytes payload;
    Digest leaf;
};

}  // namespace dutylog::log
