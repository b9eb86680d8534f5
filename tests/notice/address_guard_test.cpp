#include "engine/notice/address_guard.hpp"

#include <catch2/catch.hpp>

using namespace dutylog;
using namespace dutylog::notice;

namespace {

IpAddress address(const char* text) {
    const auto read = parse_ip_address(text);
    REQUIRE(read);
    return *read;
}

AllowList allowing(std::initializer_list<const char*> networks) {
    AllowList list;
    for (const char* text : networks) {
        const auto network = parse_ip_network(text);
        REQUIRE(network);
        list.networks.push_back(*network);
    }
    return list;
}

std::string reason_of(const char* url, const AllowList& allowed = {}) {
    const auto read = parse_endpoint_address(url, allowed);
    return read ? "" : read.error().reason;
}

}  // namespace

TEST_CASE("every kind of address is told from the others", "[notice][guard]") {
    using enum AddressKind;
    const std::pair<const char*, AddressKind> cases[] = {
        {"1.1.1.1", global},
        {"8.8.8.8", global},
        {"223.5.5.5", global},
        {"0.0.0.0", unspecified},
        {"0.1.2.3", unspecified},
        {"9.255.255.255", global},
        {"10.0.0.0", private_use},
        {"10.255.255.255", private_use},
        {"11.0.0.0", global},
        {"100.63.255.255", global},
        {"100.64.0.0", shared},
        {"100.100.100.200", metadata},
        {"100.127.255.255", shared},
        {"100.128.0.0", global},
        {"127.0.0.1", loopback},
        {"127.255.255.254", loopback},
        {"168.63.129.16", metadata},
        {"169.253.255.255", global},
        {"169.254.0.23", metadata},
        {"169.254.1.1", link_local},
        {"169.254.169.254", metadata},
        {"169.255.0.0", global},
        {"172.15.255.255", global},
        {"172.16.0.0", private_use},
        {"172.31.255.255", private_use},
        {"172.32.0.0", global},
        {"192.0.0.1", reserved},
        {"192.0.0.192", metadata},
        {"192.0.2.1", documentation},
        {"192.88.99.1", tunnel},
        {"192.168.0.1", private_use},
        {"192.169.0.0", global},
        {"198.17.255.255", global},
        {"198.18.0.1", reserved},
        {"198.19.255.255", reserved},
        {"198.51.100.7", documentation},
        {"203.0.113.7", documentation},
        {"223.255.255.255", global},
        {"224.0.0.1", multicast},
        {"239.255.255.255", multicast},
        {"240.0.0.1", reserved},
        {"255.255.255.255", broadcast},
        {"::", unspecified},
        {"::1", loopback},
        {"::2", mapped},
        {"::127.0.0.1", mapped},
        {"::ffff:1.1.1.1", mapped},
        {"::ffff:127.0.0.1", mapped},
        {"::ffff:7f00:1", mapped},
        {"::ffff:0:127.0.0.1", mapped},
        {"64:ff9b::1.1.1.1", global},
        {"64:ff9b::10.0.0.1", private_use},
        {"64:ff9b::169.254.169.254", metadata},
        {"64:ff9b::7f00:1", loopback},
        {"64:ff9b:1::1", tunnel},
        {"100::1", reserved},
        {"2001::1", tunnel},
        {"2001:1::1", reserved},
        {"2001:db8::1", documentation},
        {"2001:4860:4860::8888", global},
        {"2002:7f00:1::", tunnel},
        {"2400:3200::1", global},
        {"3fff::1", documentation},
        {"4000::1", reserved},
        {"fc00::1", private_use},
        {"fd00::1", private_use},
        {"fd00:ec2::254", metadata},
        {"fd20:ce::254", metadata},
        {"fe80::1", link_local},
        {"febf::1", link_local},
        {"fec0::1", private_use},
        {"ff02::1", multicast},
    };
    for (const auto& [text, kind] : cases) {
        CAPTURE(text);
        CHECK(word_of(kind_of(address(text))) == word_of(kind));
        CHECK(may_connect(address(text), {}) == (kind == global));
    }
}

TEST_CASE("an allow-list opens networks inside, and never what belongs to no receiver",
          "[notice][guard]") {
    const AllowList inside = allowing({"10.1.0.0/16", "127.0.0.1", "fd00::/8"});
    CHECK(may_connect(address("10.1.2.3"), inside));
    CHECK_FALSE(may_connect(address("10.2.0.0"), inside));
    CHECK(may_connect(address("127.0.0.1"), inside));
    CHECK_FALSE(may_connect(address("127.0.0.2"), inside));
    CHECK(may_connect(address("fd12::1"), inside));
    CHECK_FALSE(may_connect(address("fd00:ec2::254"), inside));

    const AllowList everything = allowing({"0.0.0.0/0", "::/0"});
    for (const auto* text : {"0.0.0.0", "169.254.169.254", "169.254.1.1", "224.0.0.1",
                             "255.255.255.255", "::", "::ffff:10.1.2.3", "fe80::1", "ff02::1",
                             "2002:7f00:1::", "64:ff9b::169.254.169.254"}) {
        CAPTURE(text);
        CHECK_FALSE(may_connect(address(text), everything));
    }
}

TEST_CASE("a network of version 4 does not open the mapped address", "[notice][guard]") {
    CHECK_FALSE(may_connect(address("::ffff:10.1.2.3"), allowing({"10.0.0.0/8"})));
    CHECK_FALSE(may_connect(address("::10.1.2.3"), allowing({"10.0.0.0/8", "::/0"})));
}

TEST_CASE("a name with one bad address is bad", "[notice][guard]") {
    const IpAddress good = address("1.1.1.1");
    const IpAddress bad = address("10.0.0.1");
    CHECK(choose_address(std::vector{good}, {}) == good);
    CHECK(choose_address(std::vector{good, bad}, {}).error().reason == "address_forbidden");
    CHECK(choose_address(std::vector{bad, good}, {}).error().detail ==
          "the name leads to 10.0.0.1, which is for private use");
    CHECK(choose_address({}, {}).error().reason == "no_address");
    CHECK(choose_address(std::vector{bad, good}, allowing({"10.0.0.0/8"})) == bad);
}

TEST_CASE("texts that are no address or network are refused", "[notice][guard]") {
    for (const auto* text : {"", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "0x7f.0.0.1",
                             "2130706433", "1.2.3.4 ", "::1%eth0", "[::1]", ":::", "1::2::3"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_ip_address(text));
    }
    for (const auto* text : {"10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/08", "::/129",
                             "10.0.0.0/-1", "fd00::1/8"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_ip_network(text));
    }
    CHECK(to_string(address("2001:DB8:0:0::1")) == "2001:db8::1");
    CHECK(to_string(address("10.0.0.1")) == "10.0.0.1");
}

TEST_CASE("the address of an endpoint is taken apart", "[notice][guard]") {
    const auto plain = parse_endpoint_address("https://Hooks.Example.com./in?key=a%20b", {});
    REQUIRE(plain);
    CHECK(*plain == EndpointAddress{true, "hooks.example.com", 443, "/in?key=a%20b", {}});
    const auto port = parse_endpoint_address("https://example.com:8443", {});
    REQUIRE(port);
    CHECK(port->port == 8443);
    CHECK(port->target == "/");
    const auto literal = parse_endpoint_address("https://[2606:4700::1]/x", {});
    REQUIRE(literal);
    CHECK(literal->host == "2606:4700::1");
    CHECK(literal->literal == address("2606:4700::1"));
}

TEST_CASE("an address that could lead elsewhere than it says is refused", "[notice][guard]") {
    for (const auto* url : {"",
                            "example.com",
                            "//example.com/",
                            "ftp://example.com/",
                            "https:///x",
                            "https://",
                            "https://user:pass@example.com/",
                            "https://example.com@10.0.0.1/",
                            "https://example.com/#x",
                            "https://127.1/",
                            "https://2130706433/",
                            "https://0x7f000001/",
                            "https://a.0x7f/",
                            "https://127.0.0.01/",
                            "https://exa mple.com/",
                            "https://exam%70le.com%2f/",
                            "https://example.com:0/",
                            "https://example.com:99999/",
                            "https://.example.com/",
                            "https://a..b/",
                            "https://\xe4\xbe\x8b.cn/",
                            "https://example.com/\r\nX: y",
                            "https://[fe80::1%25eth0]/",
                            "https://[::1/"}) {
        CAPTURE(url);
        CHECK(reason_of(url) == "bad_address");
    }
    for (const auto* url : {"http://example.com/", "https://127.0.0.1/", "https://[::1]/",
                            "https://10.0.0.1/", "https://[::ffff:10.0.0.1]/",
                            "https://169.254.169.254/latest/meta-data", "https://0.0.0.0/"}) {
        CAPTURE(url);
        CHECK(reason_of(url) == "address_forbidden");
    }
}

TEST_CASE("an allowed host may be reached without TLS, an allowed address by number",
          "[notice][guard]") {
    AllowList allowed = allowing({"10.0.0.0/8"});
    allowed.plain_hosts = {"hr.plant.example", "10.0.0.7"};
    CHECK(reason_of("http://HR.plant.example/in", allowed).empty());
    CHECK(reason_of("http://10.0.0.7:8080/in", allowed).empty());
    CHECK(reason_of("http://10.0.0.8/in", allowed) == "address_forbidden");
    CHECK(reason_of("https://10.0.0.8/in", allowed).empty());
    CHECK(parse_endpoint_address("http://10.0.0.7/in", allowed)->port == 80);
}

TEST_CASE("what is said of a bad address shows neither path nor query", "[notice][guard]") {
    for (const auto* url : {"http://example.com/geheim?key=geheim", "https://10.0.0.1/geheim",
                            "https://geheim@example.com/", "ftp://example.com/geheim"}) {
        const auto read = parse_endpoint_address(url, {});
        REQUIRE_FALSE(read);
        CHECK(read.error().detail.find("geheim") == std::string::npos);
    }
}
