#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/instant.hpp"

namespace dutylog::notice {

/// What to do next about an attempt.
enum class Verdict : std::uint8_t {
    sent,            ///< the receiver has taken it
    retry,           ///< the same message may be taken later
    channel_broken,  ///< nothing can pass until a person changes the configuration
    rejected,        ///< this message can never be taken
};

/// What the sender changes before it tries again. Each is done once for one message.
enum class Repair : std::uint8_t {
    none,
    shorten,             ///< the message was too long
    leave_out_mentions,  ///< it named a person that the receiver does not know
    renew_token,         ///< the access token has expired
    upload_again,        ///< an attached file has expired
};

/// What the answer to one attempt means, whatever the channel.
struct Outcome {
    Verdict verdict = Verdict::sent;
    std::string reason{};           ///< a stable word, `too_many`; empty where it was simply sent
    std::string detail{};           ///< codes and words of the receiver, cut; never a secret
    std::optional<Elapsed> wait{};  ///< not before this time has passed
    std::optional<Elapsed>
        wait_repeated{};          ///< in place of `wait` when the reason is the same again
    std::uint16_t tries_max = 0;  ///< attempts that may end for this reason in a row; 0: any number
    Repair repair = Repair::none;
    bool unwell = false;                ///< it says more about the receiver than about the message
    std::vector<std::string> missed{};  ///< people who did not get it although others did
    std::string receipt{};  ///< the receiver's own id of what it took, where it gives one

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// The attempt ended without an answer: refused, reset, timed out, TLS failed.
Outcome unanswered(std::string detail);

}  // namespace dutylog::notice
