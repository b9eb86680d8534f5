#include "adapters/channels/calendar_feed.hpp"

#include <algorithm>

#include "engine/core/digest.hpp"
#include "engine/notice/plain_text.hpp"

namespace dutylog::channels {

namespace {

constexpr std::size_t line_bytes_max = 75;

bool is_inside_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

/// Content lines, folded. A fold is CRLF and one space, which counts for the next line.
class Lines {
public:
    Lines& add(std::string_view name, std::string_view value) {
        std::string line;
        line.append(name).append(":").append(value);
        std::size_t room = line_bytes_max;
        std::string_view rest{line};
        while (rest.size() > room) {
            std::size_t size = room;
            while (is_inside_character(rest[size])) --size;
            text_.append(rest.substr(0, size)).append("\r\n ");
            rest.remove_prefix(size);
            room = line_bytes_max - 1;
        }
        text_.append(rest).append("\r\n");
        return *this;
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

/// A TEXT value. Line ends are kept; other control characters cannot be written at all.
std::string text_value(std::string_view text) {
    std::string value;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        for (const char c : notice::one_line(text.substr(0, end))) {
            if (c == '\\' || c == ';' || c == ',') value += '\\';
            value += c;
        }
        text.remove_prefix(end);
        if (text.empty()) break;
        value += "\\n";
        text.remove_prefix(1);
    }
    return value;
}

/// A URI stands as it is, so it must be one.
bool is_uri(std::string_view url) {
    return !url.empty() &&
           std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

std::string digits(std::string_view text) {
    std::string result;
    for (const char c : text)
        if (c != '-' && c != ':') result += c;
    return result;
}

/// `20261122T000000Z`
std::string utc(Instant at) {
    return digits(to_string(Instant{at.micros - (at.micros % 1'000'000 + 1'000'000) % 1'000'000}));
}

std::string day(CivilDate date) { return digits(to_string(date)); }

std::string local(Instant at, const FeedZone& zone) {
    std::string text = utc(at + seconds(zone.offset_seconds));
    text.pop_back();
    return text;
}

std::string offset_text(std::int32_t offset_seconds) {
    const std::int32_t minutes_all = (offset_seconds < 0 ? -offset_seconds : offset_seconds) / 60;
    const auto two = [](std::int32_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return (offset_seconds < 0 ? "-" : "+") + two(minutes_all / 60) + two(minutes_all % 60);
}

void add_zone(Lines& lines, const FeedZone& zone) {
    lines.add("BEGIN", "VTIMEZONE")
        .add("TZID", zone.name)
        .add("BEGIN", "STANDARD")
        .add("DTSTART", "19700101T000000")
        .add("TZOFFSETFROM", offset_text(zone.offset_seconds))
        .add("TZOFFSETTO", offset_text(zone.offset_seconds))
        .add("TZNAME", zone.abbreviation)
        .add("END", "STANDARD")
        .add("END", "VTIMEZONE");
}

void add_times(Lines& lines, const FeedEvent& event, const std::optional<FeedZone>& zone) {
    if (const auto* date = std::get_if<CivilDate>(&event.when)) {
        lines.add("DTSTART;VALUE=DATE", day(*date));
        lines.add("DTEND;VALUE=DATE", day(date->plus_days(1)));  // the end is not part of it
        return;
    }
    const auto& span = std::get<TimeSpan>(event.when);
    if (!zone) {
        lines.add("DTSTART", utc(span.begin)).add("DTEND", utc(span.end));
        return;
    }
    lines.add("DTSTART;TZID=" + zone->name, local(span.begin, *zone));
    lines.add("DTEND;TZID=" + zone->name, local(span.end, *zone));
}

void add_alarm(Lines& lines, const FeedEvent& event, const std::string& summary) {
    if (!event.alarm_days || event.status != FeedStatus::open) return;
    lines.add("BEGIN", "VALARM")
        .add("ACTION", "DISPLAY")
        .add("DESCRIPTION", summary)
        .add("TRIGGER", "-P" + std::to_string(*event.alarm_days) + "D")
        .add("END", "VALARM");
}

void add_event(Lines& lines, const FeedEvent& event, const std::optional<FeedZone>& zone,
               Language language, Instant now) {
    const std::string summary = text_value(event.summary.in(language));
    lines.add("BEGIN", "VEVENT")
        .add("UID", text_value(event.uid))
        .add("DTSTAMP", utc(now))
        .add("LAST-MODIFIED", utc(event.modified))
        .add("SEQUENCE", std::to_string(event.sequence));
    add_times(lines, event, zone);
    lines.add("SUMMARY", (event.status == FeedStatus::done ? "✓ " : "") + summary);
    if (!event.description.empty())
        lines.add("DESCRIPTION", text_value(event.description.in(language)));
    if (is_uri(event.url)) lines.add("URL", event.url);
    if (!event.category.empty()) lines.add("CATEGORIES", text_value(event.category.in(language)));
    lines.add("STATUS", event.status == FeedStatus::cancelled ? "CANCELLED" : "CONFIRMED");
    lines.add("TRANSP", "TRANSPARENT");  // a due date keeps nobody busy
    add_alarm(lines, event, summary);
    lines.add("END", "VEVENT");
}

bool is_shown(const FeedEvent& event, Instant now) {
    return event.status != FeedStatus::cancelled || now - event.modified <= cancelled_kept;
}

bool has_time(const FeedEvent& event) { return std::holds_alternative<TimeSpan>(event.when); }

}  // namespace

std::string icalendar_of(const Feed& feed, Language language, Instant now) {
    Lines lines;
    const std::string name = text_value(feed.name.in(language));
    lines.add("BEGIN", "VCALENDAR")
        .add("VERSION", "2.0")
        .add("PRODID", language == Language::en ? "-//Dutylog//Obligations 1.0//EN"
                                                : "-//Dutylog//Obligations 1.0//ZH")
        .add("METHOD", "PUBLISH");
    if (!name.empty()) lines.add("NAME", name).add("X-WR-CALNAME", name);
    lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H").add("X-PUBLISHED-TTL", "PT1H");
    std::vector<const FeedEvent*> shown;
    for (const FeedEvent& event : feed.events)
        if (is_shown(event, now)) shown.push_back(&event);
    std::sort(shown.begin(), shown.end(),
              [](const FeedEvent* a, const FeedEvent* b) { return a->uid < b->uid; });
    const bool timed = std::any_of(shown.begin(), shown.end(),
                                   [](const FeedEvent* event) { return has_time(*event); });
    if (timed && feed.zone) add_zone(lines, *feed.zone);
    for (const FeedEvent* event : shown) add_event(lines, *event, feed.zone, language, now);
    return lines.add("END", "VCALENDAR").take();
}

std::string icalendar_of(const FeedEvent& event, Language language, Instant now) {
    Feed feed;
    feed.events.push_back(event);
    return icalendar_of(feed, language, now);
}

std::string feed_tag(const Feed& feed, Language language) {
    // Nothing that is shown is older than the moment of its last change.
    Instant newest;
    for (const FeedEvent& event : feed.events) newest = std::max(newest, event.modified);
    return "\"" + to_hex(sha256(icalendar_of(feed, language, newest))).substr(0, 32) + "\"";
}

}  // namespace dutylog::channels
