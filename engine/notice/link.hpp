#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/digest.hpp"
#include "engine/core/instant.hpp"
#include "engine/core/rejection.hpp"

/// Links in messages that let one person do one thing once, without signing in.
namespace dutylog::notice {

enum class LinkPurpose : std::uint8_t {
    open = 1,     ///< look at the duty: the message was read
    acknowledge,  ///< I have seen it and it is mine
    postpone,     ///< later, with a reason; who approves it is asked as always
    delegate,     ///< someone else does it
    unsubscribe,  ///< no more digests
    calendar,     ///< the feed of all that is the person's; works as often as it is asked
    grant,        ///< the more time that somebody asked this person for
    refuse,       ///< it
};

/// What a link says. It carries no name and no duty: those are looked up by the notice.
struct LinkClaims {
    LinkPurpose purpose = LinkPurpose::acknowledge;
    std::string notice;  ///< id of the notice, at most 256 bytes
    std::string person;  ///< whom it was sent to, at most 256 bytes
    Instant expires;     ///< whole seconds

    friend bool operator==(const LinkClaims&, const LinkClaims&) = default;
};

/// The key that makes links and those before it that are still believed. `id` tells them apart.
struct LinkKey {
    std::uint8_t id = 0;
    Bytes key;  ///< 32 random bytes
};

inline constexpr Elapsed link_life = hours(14 * 24);

/// The token that stands in the address: base64url without padding, about 90 characters. It is
/// signed with HMAC-SHA256, cut to 128 bits.
/// @throws std::invalid_argument  a claim is empty or too long, or the key is shorter than 32 bytes
std::string make_link_token(const LinkKey& key, const LinkClaims& claims);

/// @returns the claims; a rejection `link_invalid` for everything that no key has signed, or
///   `link_expired`
Result<LinkClaims> open_link_token(std::span<const LinkKey> keys, std::string_view token,
                                   Instant now);

/// The id of the command that a link gives. A link works once because a command id does: the same
/// id again gets the first answer, and another order under it is refused. Granting and refusing are
/// one question: whichever is followed first answers it.
std::string command_id_of(const LinkClaims& claims);

}  // namespace dutylog::notice
