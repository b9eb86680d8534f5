#include "engine/notice/ip_address.hpp"

#include <algorithm>
#include <boost/url/ipv4_address.hpp>
#include <boost/url/ipv6_address.hpp>
#include <charconv>

namespace dutylog::notice {

namespace {

bool bit(const IpAddress& address, std::size_t i) {
    return (address.bytes[i / 8] >> (7 - i % 8) & 1) != 0;
}

bool is_decimal(std::string_view text, std::size_t& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() &&
           std::to_string(value) == text;
}

}  // namespace

std::optional<IpAddress> parse_ip_address(std::string_view text) {
    IpAddress address;
    if (const auto v4 = boost::urls::parse_ipv4_address(text)) {
        const auto bytes = v4->to_bytes();
        std::copy(bytes.begin(), bytes.end(), address.bytes.begin());
        return address;
    }
    const auto v6 = boost::urls::parse_ipv6_address(text);
    if (!v6) return std::nullopt;
    address.v6 = true;
    address.bytes = v6->to_bytes();
    return address;
}

std::string to_string(const IpAddress& address) {
    if (address.v6) return boost::urls::ipv6_address{address.bytes}.to_string();
    std::array<std::uint8_t, 4> first{};
    std::copy_n(address.bytes.begin(), first.size(), first.begin());
    return boost::urls::ipv4_address{first}.to_string();
}

bool IpNetwork::holds(const IpAddress& address) const {
    if (address.v6 != base.v6) return false;
    for (std::size_t i = 0; i < length; ++i)
        if (bit(address, i) != bit(base, i)) return false;
    return true;
}

std::optional<IpNetwork> parse_ip_network(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto base = parse_ip_address(text.substr(0, slash));
    if (!base) return std::nullopt;
    IpNetwork network{*base, base->bits()};
    if (slash != std::string_view::npos &&
        (!is_decimal(text.substr(slash + 1), network.length) || network.length > base->bits()))
        return std::nullopt;
    for (std::size_t i = network.length; i < base->bits(); ++i)
        if (bit(*base, i)) return std::nullopt;
    return network;
}

}  // namespace dutylog::notice
