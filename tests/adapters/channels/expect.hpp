#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "engine/notice/outcome.hpp"

/// One line of a table of answers: what it is, and what it must mean.
namespace dutylog::channels::expect {

inline std::string words_of(const notice::Outcome& outcome) {
    static constexpr const char* verdicts[] = {"sent", "retry", "broken", "rejected"};
    static constexpr const char* repairs[] = {"", " shorten", " without mentions", " new token",
                                              " upload"};
    std::string words = verdicts[static_cast<std::size_t>(outcome.verdict)];
    if (!outcome.reason.empty()) words += " " + outcome.reason;
    words += repairs[static_cast<std::size_t>(outcome.repair)];
    if (outcome.wait) words += " " + std::to_string(outcome.wait->micros / 1'000'000) + "s";
    return words;
}

}  // namespace dutylog::channels::expect
