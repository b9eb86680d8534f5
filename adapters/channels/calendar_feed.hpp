#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/core/civil_date.hpp"
#include "engine/core/instant.hpp"
#include "engine/core/text.hpp"

/// Obligations as an iCalendar feed (RFC 5545, RFC 7986). It is an overview and never the only
/// reminder: clients poll it a few times a day and may ignore its alarms.
namespace dutylog::channels {

/// Something with a time of day: a booked examination.
struct TimeSpan {
    Instant begin;
    Instant end;
};

enum class FeedStatus : std::uint8_t {
    open,
    done,       ///< shown with ✓
    cancelled,  ///< kept in the feed for 30 days, so that subscribers remove it
};
inline constexpr Elapsed cancelled_kept = hours(30 * 24);

struct FeedEvent {
    std::string uid;             ///< of the occurrence; stays the same when it moves
    std::uint32_t sequence = 0;  ///< higher each time it moves
    Instant modified;
    std::variant<CivilDate, TimeSpan> when;  ///< a due date is a whole day
    Text summary;
    Text description;
    Text category;
    std::string url{};
    FeedStatus status = FeedStatus::open;
    std::optional<std::uint16_t> alarm_days{};  ///< so many days before
};

/// A zone without daylight saving time, written as VTIMEZONE. For any other, times go out in UTC.
struct FeedZone {
    std::string name = "Asia/Shanghai";
    std::string abbreviation = "CST";
    std::int32_t offset_seconds = 8 * 3600;
};

struct Feed {
    Text name;
    std::optional<FeedZone> zone{FeedZone{}};
    std::vector<FeedEvent> events;  ///< written in order of their uid
};

/// The text of the feed: CRLF, lines folded at 75 bytes and never inside a character.
/// @param now  the moment of `DTSTAMP`; cancelled events older than `cancelled_kept` are left out
std::string icalendar_of(const Feed& feed, Language language, Instant now);

/// One event alone, to be attached to a mail.
std::string icalendar_of(const FeedEvent& event, Language language, Instant now);

/// A strong tag for `ETag`, in quotes. It does not depend on the moment of asking.
std::string feed_tag(const Feed& feed, Language language);

}  // namespace dutylog::channels
