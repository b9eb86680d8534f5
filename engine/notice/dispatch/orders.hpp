#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/digest.hpp"
#include "engine/core/id.hpp"
#include "engine/core/instant.hpp"
#include "engine/notice/endpoint.hpp"
#include "engine/notice/message.hpp"
#include "engine/notice/outcome.hpp"
#include "engine/pdca/commands.hpp"

/// What goes into the dispatcher and what comes out of it.
namespace dutylog::notice::dispatch {

/// A row of the outbox: one person who is to be told of one notice.
struct Waiting {
    std::string notice;
    std::string person;
    std::string role;
    std::string duty;  ///< its stream: the order is kept within it
    Severity severity = Severity::info;
    Instant planned;
    Instant wanted{};                 ///< when it was to be told; it is late where that is long ago
    std::optional<Instant> latest{};  ///< never held past it
    bool by_itself = false;           ///< the person wants no digests
};

/// One attempt to be made now.
struct Attempt {
    std::uint64_t number = 0;  ///< names it when it has ended
    std::string channel;
    std::string person;
    std::string role;
    std::vector<std::string> notices;  ///< more than one: a digest; none: `off` is told
    std::string key;  ///< stays the same on every attempt; what the message's id is made of
    Instant first;    ///< when the first attempt began: every attempt says the same
    Instant at;
    std::vector<Repair> repairs;  ///< what it does otherwise than the first
    std::string off{};            ///< a channel that was switched off
    std::string why{};            ///< the reason

    bool is_digest() const { return notices.size() > 1; }
};

/// What was handed over, as the log can prove it.
struct Proof {
    std::string message;  ///< its id
    Digest content;       ///< SHA-256 of its bytes
};

/// A fact to be put on the record. The same fact has the same id, so that a repeat records nothing.
struct Report {
    CommandId id;
    pdca::RecordDelivery order;
    Instant at;                        ///< when it was handed over, or given up
    std::optional<Instant> arrived{};  ///< the receiver's yes came: delivered then, by one command
};

/// An endpoint that is used no more until a person mends it and switches it on.
struct SwitchedOff {
    std::string channel;
    EndpointHealth::Switch position = EndpointHealth::Switch::off_broken;
    std::string reason;
    Instant at;
};

struct Orders {
    std::vector<Attempt> attempts;
    std::vector<Report> reports;
    std::vector<SwitchedOff> off;
};

}  // namespace dutylog::notice::dispatch
