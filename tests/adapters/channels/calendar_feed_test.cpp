#include "adapters/channels/calendar_feed.hpp"

#include <libical/ical.h>

#include <catch2/catch.hpp>
#include <memory>

#include "engine/log/utf8.hpp"

using namespace dutylog;
using namespace dutylog::channels;

namespace {

const Instant now = *parse_instant("2026-11-22T00:00:00Z");

FeedEvent due() {
    FeedEvent event;
    event.uid = "obl-01K-2026@ohs.example.com";
    event.sequence = 2;
    event.modified = now;
    event.when = CivilDate{2026, 11, 30};
    event.summary = {"[截止] 在岗期间职业健康检查 – 张三", "[Due] In-post examination – 张三"};
    event.description = {"责任人：李四\n处理：https://ohs.example.com/t/01K", "Owner: 李四"};
    event.category = {"职业健康检查", "Health examination"};
    event.url = "https://ohs.example.com/t/01K";
    event.alarm_days = 7;
    return event;
}

Feed feed(std::vector<FeedEvent> events) {
    Feed feed;
    feed.name = {"职业健康责任", "Occupational health duties"};
    feed.events = std::move(events);
    return feed;
}

std::string written(const Feed& of, Language language = Language::zh_cn) {
    return icalendar_of(of, language, now);
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

using Component = std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)>;

/// What another implementation of the standard reads; every error of it fails the test.
Component read_by_libical(const std::string& text) {
    Component root{icalparser_parse_string(text.c_str()), &icalcomponent_free};
    REQUIRE(root);
    CHECK(icalcomponent_count_errors(root.get()) == 0);
    // With METHOD:PUBLISH it asks for an organizer (RFC 5546), which a feed has not.
    icalproperty* const method = icalcomponent_get_first_property(root.get(), ICAL_METHOD_PROPERTY);
    icalcomponent_remove_property(root.get(), method);
    icalproperty_free(method);
    CHECK(icalrestriction_check(root.get()) == 1);
    return root;
}

icalcomponent* first_event(const Component& root) {
    icalcomponent* const event =
        icalcomponent_get_first_component(root.get(), ICAL_VEVENT_COMPONENT);
    REQUIRE(event != nullptr);
    return event;
}

}  // namespace

TEST_CASE("a due date is a whole day of the feed", "[channels][calendar]") {
    CHECK(written(feed({due()})) ==
          "BEGIN:VCALENDAR\r\n"
          "VERSION:2.0\r\n"
          "PRODID:-//Dutylog//Obligations 1.0//ZH\r\n"
          "METHOD:PUBLISH\r\n"
          "NAME:职业健康责任\r\n"
          "X-WR-CALNAME:职业健康责任\r\n"
          "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"
          "X-PUBLISHED-TTL:PT1H\r\n"
          "BEGIN:VEVENT\r\n"
          "UID:obl-01K-2026@ohs.example.com\r\n"
          "DTSTAMP:20261122T000000Z\r\n"
          "LAST-MODIFIED:20261122T000000Z\r\n"
          "SEQUENCE:2\r\n"
          "DTSTART;VALUE=DATE:20261130\r\n"
          "DTEND;VALUE=DATE:20261201\r\n"
          "SUMMARY:[截止] 在岗期间职业健康检查 – 张三\r\n"
          "DESCRIPTION:责任人：李四\\n处理：https://ohs.example.com/t/01K\r\n"
          "URL:https://ohs.example.com/t/01K\r\n"
          "CATEGORIES:职业健康检查\r\n"
          "STATUS:CONFIRMED\r\n"
          "TRANSP:TRANSPARENT\r\n"
          "BEGIN:VALARM\r\n"
          "ACTION:DISPLAY\r\n"
          "DESCRIPTION:[截止] 在岗期间职业健康检查 – 张三\r\n"
          "TRIGGER:-P7D\r\n"
          "END:VALARM\r\n"
          "END:VEVENT\r\n"
          "END:VCALENDAR\r\n");
}

TEST_CASE("libical reads in the feed what was written", "[channels][calendar]") {
    const Component root = read_by_libical(written(feed({due()})));
    icalcomponent* const event = first_event(root);
    CHECK(std::string{icalcomponent_get_uid(event)} == due().uid);
    CHECK(std::string{icalcomponent_get_summary(event)} == due().summary.zh_cn);
    CHECK(std::string{icalcomponent_get_description(event)} == due().description.zh_cn);
    CHECK(icalcomponent_get_sequence(event) == 2);
    const icaltimetype start = icalcomponent_get_dtstart(event);
    CHECK(start.is_date == 1);
    CHECK(start.day == 30);
    CHECK(icalcomponent_get_dtend(event).month == 12);
    CHECK(icalcomponent_count_components(event, ICAL_VALARM_COMPONENT) == 1);
}

TEST_CASE("lines are folded at 75 bytes and never inside a character", "[channels][calendar]") {
    FeedEvent wordy = due();
    for (int length = 0; length < 200; ++length) {
        wordy.summary.en.clear();
        wordy.summary.zh_cn = "s" + std::string(static_cast<std::size_t>(length % 4), 'x');
        for (int i = 0; i < length; ++i) wordy.summary.zh_cn += i % 5 == 0 ? "👷" : "健";
        const std::string text = written(feed({wordy}));
        std::string_view rest{text};
        while (!rest.empty()) {
            const std::size_t end = rest.find("\r\n");
            REQUIRE(end != std::string_view::npos);
            REQUIRE(end <= 75);
            REQUIRE(log::is_utf8(rest.substr(0, end)));
            rest.remove_prefix(end + 2);
        }
        const Component root = read_by_libical(text);
        REQUIRE(std::string{icalcomponent_get_summary(first_event(root))} == wordy.summary.zh_cn);
    }
}

TEST_CASE("nothing that people typed ends a line or a value", "[channels][calendar]") {
    FeedEvent hostile = due();
    hostile.summary.zh_cn = "a;b,c\\d\r\nEND:VEVENT\x07:x";
    hostile.url = "https://x/\r\nATTENDEE:mailto:y";
    hostile.uid = "u\r\nX:y";
    const std::string text = written(feed({hostile}));
    CHECK(has(text, "SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT:x\r\n"));
    CHECK_FALSE(has(text, "ATTENDEE"));
    CHECK(has(text, "UID:u\\nX:y\r\n"));
    const Component root = read_by_libical(text);
    CHECK(std::string{icalcomponent_get_summary(first_event(root))} == "a;b,c\\d\nEND:VEVENT:x");
}

TEST_CASE("what has a time of day carries its zone", "[channels][calendar]") {
    FeedEvent booked = due();
    booked.when = TimeSpan{*parse_instant("2026-11-30T09:30:00+08:00"),
                           *parse_instant("2026-11-30T10:00:00+08:00")};
    const std::string text = written(feed({booked, due()}));
    CHECK(has(text,
              "DTSTART;TZID=Asia/Shanghai:20261130T093000\r\n"
              "DTEND;TZID=Asia/Shanghai:20261130T100000\r\n"));
    CHECK(has(text,
              "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\n"
              "DTSTART:19700101T000000\r\nTZOFFSETFROM:+0800\r\nTZOFFSETTO:+0800\r\n"
              "TZNAME:CST\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"));
    const Component root = read_by_libical(text);
    CHECK(icalcomponent_count_components(root.get(), ICAL_VTIMEZONE_COMPONENT) == 1);

    Feed elsewhere = feed({booked});
    elsewhere.zone.reset();
    CHECK(has(written(elsewhere), "DTSTART:20261130T013000Z\r\nDTEND:20261130T020000Z\r\n"));
    CHECK_FALSE(has(written(elsewhere), "VTIMEZONE"));
    read_by_libical(written(elsewhere));
}

TEST_CASE("what is done is marked, and what is cancelled is shown as such for 30 days",
          "[channels][calendar]") {
    FeedEvent done = due();
    done.status = FeedStatus::done;
    CHECK(has(written(feed({done})), "SUMMARY:✓ [截止]"));
    CHECK_FALSE(has(written(feed({done})), "VALARM"));
    FeedEvent dropped = due();
    dropped.status = FeedStatus::cancelled;
    dropped.modified = now - cancelled_kept;
    CHECK(has(written(feed({dropped})), "STATUS:CANCELLED\r\n"));
    dropped.modified = dropped.modified - seconds(1);
    CHECK_FALSE(has(written(feed({dropped})), "VEVENT"));
    read_by_libical(written(feed({due(), done})));
}

TEST_CASE("the feed is the same whatever order its events come in", "[channels][calendar]") {
    FeedEvent other = due();
    other.uid = "obl-00A-2026@ohs.example.com";
    CHECK(written(feed({due(), other})) == written(feed({other, due()})));
}

TEST_CASE("the tag of a feed changes with what it shows and with nothing else",
          "[channels][calendar]") {
    const Feed first = feed({due()});
    const std::string tag = feed_tag(first, Language::zh_cn);
    CHECK(tag.size() == 34);
    CHECK(tag == feed_tag(first, Language::zh_cn));
    CHECK(tag != feed_tag(first, Language::en));
    FeedEvent moved = due();
    moved.when = CivilDate{2026, 12, 1};
    ++moved.sequence;
    CHECK(tag != feed_tag(feed({moved}), Language::zh_cn));
}

TEST_CASE("one date can go with a mail", "[channels][calendar]") {
    const std::string text = icalendar_of(due(), Language::en, now);
    CHECK(has(text, "SUMMARY:[Due] In-post examination – 张三\r\n"));
    CHECK_FALSE(has(text, "NAME:"));
    read_by_libical(text);
}
