#include <catch2/catch.hpp>

#include "adapters/cli/width.hpp"

using namespace dutylog::cli;

TEST_CASE("a Chinese letter takes two columns, an accent and a colour none", "[cli][width]") {
    CHECK(display_width("due") == 3);
    CHECK(display_width("期限") == 4);
    CHECK(display_width("e\xcc\x81") == 1);
    CHECK(display_width("\x1b[1m期限\x1b[0m") == 4);
    CHECK(cut_to("职业健康检查", 7) == "职业健…");
    CHECK(cut_to("职业健康", 8) == "职业健康");
}

TEST_CASE("lines break between Chinese letters, but no mark is torn from what it belongs to",
          "[cli][width]") {
    const std::string text = "逾期〔OB-132 职业病防治法 第35条〕，记录在案（2026-03-11）。";
    for (std::size_t columns = 16; columns <= 60; ++columns) {
        INFO(columns);
        std::string all;
        for (const std::string& line : wrapped(text, columns)) {
            CHECK(display_width(line) <= columns);
            for (const std::string_view mark : {"〕", "，", "）", "。"})
                CHECK_FALSE(line.starts_with(mark));
            for (const std::string_view mark : {"〔", "（"}) CHECK_FALSE(line.ends_with(mark));
            all += line;
        }
        CHECK(display_width(all) <= display_width(text));
    }
}
