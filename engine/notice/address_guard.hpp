#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/rejection.hpp"
#include "engine/notice/ip_address.hpp"

/// Keeps webhooks from being used to reach into the internal network: an address is judged after
/// its name was resolved, and the connection goes to that very address.
namespace dutylog::notice {

/// What an address is for (IANA special-purpose address registries, RFC 6890).
enum class AddressKind : std::uint8_t {
    global,       ///< a receiver on the internet
    loopback,     ///< this machine
    private_use,  ///< RFC 1918, and fc00::/7 of RFC 4193
    shared,       ///< 100.64.0.0/10, between a provider and its customers
    link_local,   ///< 169.254.0.0/16, fe80::/10
    metadata,     ///< where a cloud keeps its secrets: 169.254.169.254 and the like
    multicast,
    unspecified,  ///< 0.0.0.0/8 and ::
    broadcast,
    mapped,  ///< a version 4 address in the clothes of version 6
    tunnel,  ///< 6to4, Teredo, NAT64 for local use
    documentation,
    reserved,  ///< anything else that is not for the open internet
};

/// A word for messages: `loopback`, `private use`.
Text word_of(AddressKind kind);

/// An address behind the well-known prefix of NAT64 (64:ff9b::/96) is what its last four bytes are.
AddressKind kind_of(const IpAddress& address);

/// What the administrator lets through.
struct AllowList {
    std::vector<IpNetwork> networks;       ///< receivers inside
    std::vector<std::string> plain_hosts;  ///< lower-case names that may be reached without TLS
};

/// An allow-list opens loopback, private and shared addresses; nothing opens the others.
bool may_connect(const IpAddress& address, const AllowList& allowed);

/// The addresses of a name, judged together: a name with one bad address is bad, since which one is
/// used would be chance.
/// @returns the address to connect to; a rejection `address_forbidden` or `no_address`
Result<IpAddress> choose_address(std::span<const IpAddress> resolved, const AllowList& allowed);

/// An endpoint's address, taken apart.
struct EndpointAddress {
    bool tls = true;
    std::string host;  ///< lower case, without brackets or a dot at the end
    std::uint16_t port = 443;
    std::string target;                ///< path and query as written; never empty
    std::optional<IpAddress> literal;  ///< where the host is an address and no name

    friend bool operator==(const EndpointAddress&, const EndpointAddress&) = default;
};

/// Reads `https://host[:port]/path?query`: no user, no fragment, no host made of numbers that is
/// not an address, `http` only for an allowed host.
/// @returns a rejection `bad_address` or `address_forbidden`, whose detail never shows path or
/// query
Result<EndpointAddress> parse_endpoint_address(std::string_view text, const AllowList& allowed);

}  // namespace dutylog::notice
