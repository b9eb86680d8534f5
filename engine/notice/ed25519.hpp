#pragma once

#include <array>
#include <cstdint>

#include "engine/core/digest.hpp"

/// Ed25519 signatures (RFC 8032).
namespace dutylog::notice {

using Ed25519Seed = std::array<std::uint8_t, 32>;
using Ed25519PublicKey = std::array<std::uint8_t, 32>;
using Ed25519Signature = std::array<std::uint8_t, 64>;

Ed25519PublicKey public_key_of(const Ed25519Seed& seed);
Ed25519Signature sign_ed25519(const Ed25519Seed& seed, BytesView message);
bool verify_ed25519(const Ed25519PublicKey& key, BytesView message, BytesView signature);

}  // namespace dutylog::notice
