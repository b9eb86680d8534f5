#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pdca/events/common.hpp"

/// Telling people, and what became of it.
namespace dutylog::pdca {

struct Recipient {
    std::string person;
    std::string role;
};

enum class NoticeKind : std::uint8_t {
    reminder,
    escalation,
    gate,
    vacancy,
    undelivered,
    urge,               ///< somebody asks to hurry
    signature,          ///< a step waits to be signed by a person who was asked to
    decision,           ///< somebody asks for more time
    more_time_granted,  ///< to who asked for it
    more_time_refused
};
constexpr NoticeKind last_of(NoticeKind) { return NoticeKind::more_time_refused; }

/// A person is to be told. Sending and delivery are facts of their own.
struct NoticePlanned {
    static constexpr std::string_view type = "notice.planned";
    static constexpr std::uint16_t schema = 3;
    std::string notice;  ///< id, unique in the log
    NoticeKind kind = NoticeKind::reminder;
    CycleNumber cycle = 0;
    std::string step;
    std::uint16_t rung = 0;
    Instant due;  ///< when the ladder wanted it
    std::vector<Recipient> to;
    std::string subject_line;
    ActorId by;            ///< who asks or has decided; empty where the engine does by itself
    std::string reason{};  ///< of a decision; may be empty where more time was granted
};
/// The words there were before who asked for more time was told of the answer.
enum class NoticeKindV2 : std::uint8_t {
    reminder,
    escalation,
    gate,
    vacancy,
    undelivered,
    urge,
    signature,
    decision
};
constexpr NoticeKindV2 last_of(NoticeKindV2) { return NoticeKindV2::decision; }
struct NoticePlannedV2 {
    static constexpr std::string_view type = NoticePlanned::type;
    static constexpr std::uint16_t schema = 2;
    using next = NoticePlanned;
    std::string notice;
    NoticeKindV2 kind = NoticeKindV2::reminder;
    CycleNumber cycle = 0;
    std::string step;
    std::uint16_t rung = 0;
    Instant due;
    std::vector<Recipient> to;
    std::string subject_line;
    ActorId by;
};
/// No notice told of a decision then.
NoticePlanned upcast(NoticePlannedV2 old);
/// The words there were before people could ask each other.
enum class NoticeKindV1 : std::uint8_t { reminder, escalation, gate, vacancy, undelivered };
constexpr NoticeKindV1 last_of(NoticeKindV1) { return NoticeKindV1::undelivered; }
struct NoticePlannedV1 {
    static constexpr std::string_view type = NoticePlanned::type;
    static constexpr std::uint16_t schema = 1;
    using next = NoticePlannedV2;
    std::string notice;
    NoticeKindV1 kind = NoticeKindV1::reminder;
    CycleNumber cycle = 0;
    std::string step;
    std::uint16_t rung = 0;
    Instant due;
    std::vector<Recipient> to;
    std::string subject_line;
};
/// The engine alone planned notices then.
NoticePlannedV2 upcast(NoticePlannedV1 old);

/// Rungs whose time had passed before they could be sent: recorded, not sent in a flood.
struct NoticesSkipped {
    static constexpr std::string_view type = "notice.skipped";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    std::vector<std::uint16_t> rungs;
    std::string reason;
};

enum class Delivery : std::uint8_t { sent, delivered, read, acknowledged, failed, skipped };
constexpr Delivery last_of(Delivery) { return Delivery::skipped; }

/// What became of a notice to one person: each a fact of the duty's own stream.
struct DeliveryRecorded {
    static constexpr std::string_view type = "notice.delivery_recorded";
    static constexpr std::uint16_t schema = 2;
    std::string notice;
    std::string person;
    Delivery outcome = Delivery::sent;
    std::string channel;
    std::string detail;
    std::string message{};  ///< the id under which it went out; empty where nothing did
    Digest content{};       ///< SHA-256 of what was handed to the channel; zero where nothing was
};
/// As it was before what went out could be proved.
struct DeliveryRecordedV1 {
    static constexpr std::string_view type = DeliveryRecorded::type;
    static constexpr std::uint16_t schema = 1;
    using next = DeliveryRecorded;
    std::string notice;
    std::string person;
    Delivery outcome = Delivery::sent;
    std::string channel;
    std::string detail;
};
/// What was sent then is not known any more: no message, no content.
DeliveryRecorded upcast(DeliveryRecordedV1 old);

/// A channel is not used any more, or again. It stays so over restarts, until somebody switches it.
struct ChannelSwitched {
    static constexpr std::string_view type = "notice.channel_switched";
    static constexpr std::uint16_t schema = 1;
    std::string channel;  ///< its name in the configuration
    bool on = false;
    std::string state;   ///< `gone`, `silent` or `broken`; empty where a person switched it
    std::string reason;  ///< never an address
};

}  // namespace dutylog::pdca
