#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pdca/events/notices.hpp"

/// What the clock, the sender and the service itself say.
namespace dutylog::pdca {

struct RecordDelivery {
    static constexpr std::string_view name = "record_delivery";
    std::string notice;
    std::string person;
    Delivery outcome = Delivery::sent;
    std::string channel;
    std::string detail;
    std::string message{};  ///< the id under which it went out
    Digest content{};       ///< SHA-256 of what was handed to the channel
};
/// A message went out and its receiver's yes means that it has arrived: sent and delivered, two
/// facts with their own times, from one answer. `effective` is when it was handed over.
struct RecordHandover {
    static constexpr std::string_view name = "record_handover";
    std::string notice;
    std::string person;
    std::string channel;
    std::string detail;
    std::string message;
    Digest content{};
    Instant arrived;
};
/// A timer of a duty is due; a generation other than the duty's is a no-op.
struct FireTimer {
    static constexpr std::string_view name = "fire_timer";
    std::string key;
    std::uint64_t generation = 0;
};
struct ReportClockJump {
    static constexpr std::string_view name = "report_clock_jump";
    Instant expected;
    Instant found;
    bool adopted = false;
};
struct DecideClock {
    static constexpr std::string_view name = "decide_clock";
    bool confirmed = false;
    std::string reason;
};
/// The service says what it refused; nobody else gives this command, nor the next.
struct ReportRefusals {
    static constexpr std::string_view name = "report_refusals";
    std::string token;
    std::string person;
    Instant from;
    Instant until;
    std::uint64_t count = 0;
    std::vector<std::string> operations;
};
struct ReportShown {
    static constexpr std::string_view name = "report_shown";
    std::string token;
    std::string person;
    std::string operation;
    std::vector<std::string> keys;
    std::vector<Position> positions;
};
/// The program that made the log of a backup says so; nobody else gives this command.
struct ReportRestore {
    static constexpr std::string_view name = "report_restore";
    Position events = 0;
    Digest root;
    std::uint64_t epoch_before = 0;
    std::uint64_t epoch = 0;
    Position known_events = 0;
    Digest known_root{};
};
struct SwitchChannel {
    static constexpr std::string_view name = "switch_channel";
    std::string channel;
    bool on = false;
    std::string state;
    std::string reason;
};

}  // namespace dutylog::pdca
