#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dutylog {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;

/// A SHA-256 value (FIPS 180-4).
struct Digest {
    std::array<std::uint8_t, 32> bytes{};

    friend auto operator<=>(const Digest&, const Digest&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(bytes);
    }
};

Digest sha256(BytesView bytes);
Digest sha256(std::string_view text);

/// Hashes what is fed to it in pieces; one context is reused, so it is cheap to keep.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&& other) noexcept;
    Sha256& operator=(Sha256&& other) noexcept;
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    Sha256& add(BytesView bytes);
    Sha256& add(std::string_view text);
    /// Ends this message and makes the object ready for the next.
    Digest finish();

private:
    void* context_ = nullptr;
};

/// Lower-case hexadecimal, 64 characters.
std::string to_hex(const Digest& digest);
std::string to_hex(BytesView bytes);
std::optional<Digest> parse_digest(std::string_view hex);

inline BytesView bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace dutylog
