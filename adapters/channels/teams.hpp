#pragma once

#include "adapters/channels/answers.hpp"
#include "adapters/channels/http.hpp"
#include "engine/notice/message.hpp"

/// A Teams workflow "When a Teams webhook request is received".
namespace dutylog::channels {

struct TeamsWorkflow {
    notice::Secret url;  ///< carries its credential in `sig=`; it is used as given
};

inline constexpr std::size_t teams_body_bytes_max = 28'000;
inline constexpr Elapsed teams_spacing = Elapsed{300'000};

HttpRequest teams_request(const TeamsWorkflow& workflow, const notice::Message& message,
                          const Attempt& attempt);
/// Taken is not shown: a card that does not render fails later, unseen.
Outcome judge_teams(const HttpAnswer& answer);

}  // namespace dutylog::channels
