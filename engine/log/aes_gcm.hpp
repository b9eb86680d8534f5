#pragma once

#include <array>
#include <optional>

#include "engine/core/digest.hpp"

namespace dutylog::log {

/// The secret of one person's fields.
using SealKey = std::array<std::uint8_t, 32>;

inline constexpr std::size_t seal_nonce_size = 12;
inline constexpr std::size_t seal_tag_size = 16;

/// AES-256-GCM with a nonce of 96 bits and a tag of 128 (NIST SP 800-38D).
/// @param nonce  never used twice with one key; 12 bytes
/// @returns the ciphertext followed by its tag
/// @throws EncodeError  the nonce is of another length
Bytes aes_gcm_seal(const SealKey& key, BytesView nonce, BytesView context, BytesView plain);

/// @returns nothing where key, nonce, context and ciphertext do not belong together
std::optional<Bytes> aes_gcm_open(const SealKey& key, BytesView nonce, BytesView context,
                                  BytesView sealed);

}  // namespace dutylog::log
