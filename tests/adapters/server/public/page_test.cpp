#include "adapters/server/public/page.hpp"

#include <catch2/catch.hpp>

#include "adapters/server/public/rate_bound.hpp"

using namespace dutylog;
using server::read_form;

TEST_CASE("what people typed stands on a page as text, and nothing is fetched or run",
          "[server][pages]") {
    const server::Page page{
        .title = {"<b>标题</b>", "<b>title</b>"},
        .facts = {{{"a", "a"}, {"\"><script>", "\"><script>alert(1)"}}},
        .form = server::PageForm{
            {{.name = "reason", .label = {"理由", "Reason"}, .value = "\" onfocus=\"x"}},
            {"做", "Do"}}};
    const http::Response answer = page_response(page, Language::en);
    CHECK(answer.body.find("<script") == std::string::npos);
    CHECK(answer.body.find("<b>") == std::string::npos);
    CHECK(answer.body.find("\" onfocus") == std::string::npos);
    CHECK(answer.body.find("http") == std::string::npos);
    CHECK(answer.body.find("src=") == std::string::npos);
    CHECK_THAT(std::string{answer.field("Content-Security-Policy")},
               Catch::StartsWith("default-src 'none'; style-src 'sha256-"));
    CHECK(answer.field("Referrer-Policy") == "no-referrer");
    CHECK(answer.field("Cache-Control") == "no-store");
    CHECK_THAT(std::string{answer.field("X-Robots-Tag")}, Catch::Contains("noindex"));
}

TEST_CASE("a page is in one language and leads to the other", "[server][pages]") {
    const server::Page page{.title = {"标题", "Title"}};
    const http::Response zh = page_response(page, Language::zh_cn);
    CHECK_THAT(zh.body, Catch::Contains("lang=\"zh-CN\"") && Catch::Contains("<h1>标题</h1>") &&
                            Catch::Contains("?lang=en"));
    CHECK_THAT(page_response(page, Language::en).body, Catch::Contains("<h1>Title</h1>"));
    CHECK(zh.field("Content-Language") == "zh-CN");
}

TEST_CASE("a form is read as browsers write it, and nothing else is", "[server][pages]") {
    const auto form = read_form("reason=no+part+%26+no+time&until=2025-01-02&empty=");
    REQUIRE(form);
    CHECK(form->at("reason") == "no part & no time");
    CHECK(form->at("until") == "2025-01-02");
    CHECK(form->at("empty").empty());
    CHECK(read_form("")->empty());
    for (const char* bad : {"a=1&a=2", "a=%zz", "a=%ff", "a=%00", "a=%0a"})
        CHECK_FALSE(read_form(bad));
    std::string many;
    for (int i = 0; i < 17; ++i) many += "f" + std::to_string(i) + "=1&";
    CHECK_FALSE(read_form(many));
    CHECK_FALSE(read_form(std::string(9'000, 'a')));
}

TEST_CASE("an address may come some times at once and then only so often", "[server][pages]") {
    server::RateBound bound{{.per_minute = 60, .at_once = 3, .addresses_max = 2}};
    const http::Peer one{.address = "203.0.113.1"};
    for (int i = 0; i < 3; ++i) CHECK(bound.wait(one, seconds(10)) == Elapsed{});
    CHECK(bound.wait(one, seconds(10)) == seconds(1));
    CHECK(bound.wait(one, seconds(11)) == Elapsed{});
    CHECK(bound.wait(one, seconds(11)) == seconds(1));
    CHECK(bound.wait({.address = "203.0.113.2"}, seconds(11)) == Elapsed{});
    // One household of IPv6 is one address, and so is all that comes when the table is full.
    server::RateBound others{{.per_minute = 60, .at_once = 1, .addresses_max = 1}};
    CHECK(others.wait({.address = "2001:db8::1"}, {}) == Elapsed{});
    CHECK(others.wait({.address = "2001:db8::2"}, {}) > Elapsed{});
    CHECK(others.wait({.address = "203.0.113.3"}, {}) == Elapsed{});
    CHECK(others.wait({.address = "203.0.113.4"}, {}) > Elapsed{});
    CHECK(others.wait({.address = "203.0.113.4"}, hours(1)) == Elapsed{});
    for (int i = 0; i < 100; ++i)
        CHECK(bound.wait({.address = {}, .is_local = true}, {}) == Elapsed{});
}
