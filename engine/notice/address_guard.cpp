#include "engine/notice/address_guard.hpp"

#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <cassert>
#include <charconv>

namespace dutylog::notice {

namespace {

struct Range {
    std::string_view network;
    AddressKind kind;
};

/// The first that holds an address says what it is.
constexpr Range ranges[] = {
    {"169.254.169.254/32", AddressKind::metadata},  // AWS, Azure, Google, Huawei and others
    {"100.100.100.200/32", AddressKind::metadata},  // Aliyun
    {"169.254.0.23/32", AddressKind::metadata},     // Tencent
    {"192.0.0.192/32", AddressKind::metadata},      // Oracle
    {"168.63.129.16/32", AddressKind::metadata},    // Azure
    {"0.0.0.0/8", AddressKind::unspecified},
    {"10.0.0.0/8", AddressKind::private_use},
    {"100.64.0.0/10", AddressKind::shared},
    {"127.0.0.0/8", AddressKind::loopback},
    {"169.254.0.0/16", AddressKind::link_local},
    {"172.16.0.0/12", AddressKind::private_use},
    {"192.0.0.0/24", AddressKind::reserved},
    {"192.0.2.0/24", AddressKind::documentation},
    {"192.88.99.0/24", AddressKind::tunnel},
    {"192.168.0.0/16", AddressKind::private_use},
    {"198.18.0.0/15", AddressKind::reserved},
    {"198.51.100.0/24", AddressKind::documentation},
    {"203.0.113.0/24", AddressKind::documentation},
    {"224.0.0.0/4", AddressKind::multicast},
    {"255.255.255.255/32", AddressKind::broadcast},
    {"240.0.0.0/4", AddressKind::reserved},
    {"0.0.0.0/0", AddressKind::global},
    {"::/128", AddressKind::unspecified},
    {"::1/128", AddressKind::loopback},
    {"::/96", AddressKind::mapped},
    {"::ffff:0:0/96", AddressKind::mapped},
    {"::ffff:0:0:0/96", AddressKind::mapped},
    {"64:ff9b:1::/48", AddressKind::tunnel},
    {"100::/64", AddressKind::reserved},
    {"2001:db8::/32", AddressKind::documentation},
    {"2001::/32", AddressKind::tunnel},
    {"2001::/23", AddressKind::reserved},
    {"2002::/16", AddressKind::tunnel},
    {"3fff::/20", AddressKind::documentation},
    {"fd00:ec2::254/128", AddressKind::metadata},  // AWS
    {"fd20:ce::254/128", AddressKind::metadata},   // Google
    {"fc00::/7", AddressKind::private_use},
    {"fe80::/10", AddressKind::link_local},
    {"fec0::/10", AddressKind::private_use},
    {"ff00::/8", AddressKind::multicast},
    {"2000::/3", AddressKind::global},
    {"::/0", AddressKind::reserved},
};

struct ReadRange {
    IpNetwork network;
    AddressKind kind;
};

const std::vector<ReadRange>& read_ranges() {
    static const std::vector<ReadRange> all = [] {
        std::vector<ReadRange> read;
        for (const Range& range : ranges) {
            const auto network = parse_ip_network(range.network);
            assert(network);
            read.push_back({*network, range.kind});
        }
        return read;
    }();
    return all;
}

std::optional<IpAddress> behind_nat64(const IpAddress& address) {
    static const IpNetwork well_known = *parse_ip_network("64:ff9b::/96");
    if (!well_known.holds(address)) return std::nullopt;
    IpAddress inner;
    std::copy(address.bytes.begin() + 12, address.bytes.end(), inner.bytes.begin());
    return inner;
}

bool can_be_allowed(AddressKind kind) {
    return kind == AddressKind::loopback || kind == AddressKind::private_use ||
           kind == AddressKind::shared;
}

bool listed(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

std::string without_last_dot(std::string host) {
    if (host.size() > 1 && host.ends_with('.')) host.pop_back();
    return host;
}

/// Letters, digits, hyphens and dots; what resolvers take beyond that is not a name of the DNS.
bool is_host_name(const std::string& host) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    };
    return !host.empty() && host.size() <= 253 && std::all_of(host.begin(), host.end(), fits) &&
           host.find("..") == std::string::npos && host.front() != '.';
}

/// `127.1`, `2130706433` and `0x7f000001` are names to a parser and addresses to a resolver.
bool ends_in_number(const std::string& host) {
    const std::string label = host.substr(host.rfind('.') + 1);
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return std::all_of(label.begin(), label.end(), digit) || label.starts_with("0x");
}

/// Boost.URL 1.81 wraps a number that is too large instead of refusing it.
bool read_port(const std::string& text, std::uint16_t& port) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc{} && end == text.data() + text.size() && port > 0;
}

std::unexpected<Rejection> bad(std::string zh_cn, std::string en) {
    return reject("bad_address", Text{std::move(zh_cn), std::move(en)});
}

Result<EndpointAddress> with_host(EndpointAddress address, const boost::urls::url_view& url,
                                  const AllowList& allowed) {
    address.host = without_last_dot(lower(std::string{url.host_address()}));
    address.literal = parse_ip_address(address.host);
    if (!address.literal && (!is_host_name(address.host) || ends_in_number(address.host)))
        return bad("主机既不是名称，也不是完整写出的地址",
                   "the host is neither a name nor an address in its full form");
    if (address.literal && !may_connect(*address.literal, allowed)) {
        const Text kind = word_of(kind_of(*address.literal));
        return reject("address_forbidden",
                      Text{"该地址属于" + kind.zh_cn, "the address is for " + kind.en});
    }
    if (!address.tls && !listed(allowed.plain_hosts, address.host))
        return reject("address_forbidden",
                      Text{"应为 https；此主机不允许明文访问",
                           "expected https; this host is not allowed without"});
    return address;
}

}  // namespace

Text word_of(AddressKind kind) {
    switch (kind) {
        case AddressKind::global:
            return {"互联网", "the internet"};
        case AddressKind::loopback:
            return {"本机环回", "loopback"};
        case AddressKind::private_use:
            return {"私有网络", "private use"};
        case AddressKind::shared:
            return {"运营商共享网段", "shared use"};
        case AddressKind::link_local:
            return {"链路本地网段", "link-local use"};
        case AddressKind::metadata:
            return {"云平台元数据服务", "cloud metadata"};
        case AddressKind::multicast:
            return {"组播", "multicast"};
        case AddressKind::unspecified:
            return {"未指定的主机", "no host"};
        case AddressKind::broadcast:
            return {"广播", "broadcast"};
        case AddressKind::mapped:
            return {"IPv6 中内嵌的 IPv4", "version 4 inside version 6"};
        case AddressKind::tunnel:
            return {"隧道网段", "a tunnel"};
        case AddressKind::documentation:
            return {"文档示例网段", "documentation"};
        case AddressKind::reserved:
            return {"保留网段", "reserved use"};
    }
    return {"保留网段", "reserved use"};
}

AddressKind kind_of(const IpAddress& address) {
    if (const auto inner = behind_nat64(address)) return kind_of(*inner);
    for (const ReadRange& range : read_ranges())
        if (range.network.holds(address)) return range.kind;
    return AddressKind::reserved;
}

bool may_connect(const IpAddress& address, const AllowList& allowed) {
    const AddressKind kind = kind_of(address);
    if (kind == AddressKind::global) return true;
    const auto holds = [&](const IpNetwork& network) { return network.holds(address); };
    return can_be_allowed(kind) &&
           std::any_of(allowed.networks.begin(), allowed.networks.end(), holds);
}

Result<IpAddress> choose_address(std::span<const IpAddress> resolved, const AllowList& allowed) {
    if (resolved.empty())
        return reject("no_address", Text{"该名称没有地址", "the name has no address"});
    for (const IpAddress& address : resolved)
        if (!may_connect(address, allowed)) {
            const std::string found = to_string(address);
            const Text kind = word_of(kind_of(address));
            return reject("address_forbidden",
                          Text{"该名称指向 " + found + "，属于" + kind.zh_cn,
                               "the name leads to " + found + ", which is for " + kind.en});
        }
    return resolved.front();
}

Result<EndpointAddress> parse_endpoint_address(std::string_view text, const AllowList& allowed) {
    constexpr std::size_t bytes_max = 2048;
    if (text.size() > bytes_max)
        return bad("地址超过 2048 字节", "the address is longer than 2048 bytes");
    const auto read = boost::urls::parse_uri(text);
    if (!read) return bad("应为 https://主机/路径", "expected https://host/path");
    const boost::urls::url_view& url = *read;
    if (url.scheme() != "https" && url.scheme() != "http")
        return bad("应为 https", "expected https");
    if (url.has_userinfo())
        return bad("地址中不应含用户名或密码", "a user or password does not belong in the address");
    if (url.has_fragment())
        return bad("# 之后的部分不会被发送", "a part after # would never be sent");
    if (!url.has_authority()) return bad("缺少主机", "expected a host");
    EndpointAddress address;
    address.tls = url.scheme() == "https";
    address.port = address.tls ? 443 : 80;
    if (url.has_port() && !read_port(std::string{url.port()}, address.port))
        return bad("端口应为 1 至 65535", "expected a port from 1 to 65535");
    address.target = std::string{url.encoded_path()};
    if (address.target.empty()) address.target = "/";
    if (url.has_query()) address.target += "?" + std::string{url.encoded_query()};
    return with_host(std::move(address), url, allowed);
}

}  // namespace dutylog::notice
