#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/notice/delivery.hpp"
#include "engine/notice/telling_time.hpp"

/// Who is reached how: what the dispatcher knows of people and channels. Addresses and secrets
/// stand elsewhere.
namespace dutylog::notice::dispatch {

/// How an attempt that failed is made again.
enum class Family : std::uint8_t { webhook, mail, chat };

const RetrySchedule& schedule_of(Family family);

/// One endpoint: a receiver, a robot, or the server that takes our mail.
struct Channel {
    std::string name;
    Family family = Family::webhook;
    bool at_once = false;  ///< read by a program: no digests, no slots, no quiet hours
    /// Each person has an order of their own; else all messages of a duty come one after the other.
    bool order_by_person = false;
    /// A yes of the receiver means that it has arrived; else only that it was handed on.
    bool yes_is_arrival = true;
    Elapsed spacing{};                   ///< attempts begin so far apart
    std::uint16_t attempts_at_once = 4;  ///< under way together
    std::string owner{};                 ///< told where it is switched off; may be nobody

    friend bool operator==(const Channel&, const Channel&) = default;
};

/// How one person, or whoever holds a role, is told.
struct Contact {
    std::vector<std::string> channels;  ///< the first is tried first
    TellingTimes times{};
};

struct Contacts {
    std::map<std::string, Channel> channels;
    std::map<std::string, Contact> people;
    std::map<std::string, Contact> roles;  ///< for people who are not named
    Contact anybody;                       ///< for all others

    const Contact& of(const std::string& person, const std::string& role) const;
};

}  // namespace dutylog::notice::dispatch
