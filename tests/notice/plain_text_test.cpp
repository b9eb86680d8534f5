#include "engine/notice/plain_text.hpp"

#include <catch2/catch.hpp>

#include "engine/log/utf8.hpp"

using namespace dutylog;
using namespace dutylog::notice;

TEST_CASE("what people write becomes one clean line", "[notice][text]") {
    const std::pair<const char*, const char*> cases[] = {
        {"张三", "张三"},
        {"  张 \t\r\n 三\n", "张 三"},
        {"a\u2028b\u2029c", "a b c"},
        {"a\u3000b", "a b"},
        {"bell\x07 and escape\x1b[31m", "bell and escape[31m"},
        {"\u202egnp.exe\u202c", "gnp.exe"},
        {"\xff\xfe", "\xef\xbf\xbd\xef\xbf\xbd"},
        {"\xe5\xbc", "\xef\xbf\xbd\xef\xbf\xbd"},
        {"\x7f\u0085x", "x"},
        {"", ""},
        {" \n ", ""},
    };
    for (const auto& [text, line] : cases) CHECK(one_line(text) == line);
}

TEST_CASE("text is cut between characters and says so", "[notice][text]") {
    CHECK(clip_bytes("职业健康", 12) == "职业健康");
    CHECK(clip_bytes("职业健康", 11) == "职业…");
    CHECK(clip_bytes("职业健康", 8) == "职…");
    CHECK(clip_bytes("职业健康", 5) == "…");
    CHECK(clip_characters("职业健康", 4) == "职业健康");
    CHECK(clip_characters("职业健康", 3) == "职业…");
    CHECK(clip_characters("职业健康", 1) == "…");
}

TEST_CASE("what is one character to a reader is not cut in two", "[notice][text]") {
    const std::string family = "👨‍👩‍👧";  // 18 bytes, five code points
    CHECK(clip_bytes(family + "ab", 19) == "…");
    CHECK(clip_bytes(family + "abcd", 21) == family + "…");
    CHECK(clip_characters("e\u0301e\u0301e\u0301", 4) == "e\u0301…");
}

TEST_CASE("whatever the limit, what is left is UTF-8 and fits", "[notice][text]") {
    const std::string text = "在岗期间👨‍👩‍👧 e\u0301 職業健康検査 in-post";
    for (std::size_t limit = 3; limit <= text.size() + 1; ++limit) {
        const std::string cut = clip_bytes(text, limit);
        CHECK(cut.size() <= limit);
        CHECK(log::is_utf8(cut));
        CHECK((cut == text) == (limit >= text.size()));
    }
}
