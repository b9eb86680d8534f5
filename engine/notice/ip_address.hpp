#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dutylog::notice {

/// An address of IP version 4 or 6.
struct IpAddress {
    bool v6 = false;
    std::array<std::uint8_t, 16> bytes{};  ///< of version 4 only the first four

    std::size_t bits() const { return v6 ? 128 : 32; }
    friend auto operator<=>(const IpAddress&, const IpAddress&) = default;
};

/// Reads `192.0.2.1` or `2001:db8::1` (RFC 3986 forms): no leading zeros, no zone, no brackets, no
/// hexadecimal or shortened version 4.
std::optional<IpAddress> parse_ip_address(std::string_view text);
std::string to_string(const IpAddress& address);

/// All addresses that begin with the same bits.
struct IpNetwork {
    IpAddress base;
    std::size_t length = 0;  ///< how many bits are the same

    bool holds(const IpAddress& address) const;
    friend bool operator==(const IpNetwork&, const IpNetwork&) = default;
};

/// Reads `10.1.0.0/16`, or a single address. Bits past the length must be zero.
std::optional<IpNetwork> parse_ip_network(std::string_view text);

}  // namespace dutylog::notice
