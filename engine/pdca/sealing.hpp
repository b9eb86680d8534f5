#pragma once

#include <optional>
#include <string>

#include "engine/core/rejection.hpp"
#include "engine/log/seal.hpp"
#include "engine/pdca/commands.hpp"
#include "engine/pdca/world.hpp"

/// Personal fields are sealed before anything else sees a command: the names of people, and the
/// fields that the library or a form declares confidential. What cannot be recognised, because a
/// name in it is unknown, counts as personal: the command is refused, and its refusal is on the
/// record.
namespace dutylog::pdca {

/// The key of a subject: `worker/zhang`.
std::string key_of(const Reference& subject);
/// The subject that a key belongs to.
Reference subject_of_key(std::string_view key);

log::SealPlace name_place(const Reference& subject);
log::SealPlace fact_place(const Reference& subject, std::string_view fact, std::string_view field);
log::SealPlace form_place(const StreamId& duty, std::string_view step, std::string_view field);

log::SealPlace comment_place(const StreamId& duty);

/// The subject whose key the command's personal fields need.
/// @returns nothing where none of its fields is personal, or the subject is not known
std::optional<Reference> to_be_sealed(const Command& command, const World& world);

/// The subject a command speaks of; empty for commands about none.
Reference subject_of(const Command& command);

/// The command with its personal fields sealed. Where the key is missing they are withheld: sealed
/// without content; such a command is refused.
/// @param drawn  by chance, for this command alone
Command sealed(Command command, const World& world, const log::KeyRing& keys,
               const log::Nonce& drawn);

/// Refuses a value with a withheld field.
Result<void> check_sealed(const World& world, const Value& value);

/// The event with all in plain that the keys open; the rest stays sealed.
Event opened(Event event, const StreamId& stream, const log::KeyRing& keys);

}  // namespace dutylog::pdca
