#pragma once

#include "adapters/channels/answers.hpp"
#include "adapters/channels/http.hpp"
#include "engine/notice/message.hpp"

/// An incoming webhook of Slack, and the buttons that call back.
namespace dutylog::channels {

struct SlackHook {
    notice::Secret url;  ///< https://hooks.slack.com/services/T…/B…/X…
};

inline constexpr Elapsed slack_spacing = seconds(1);

HttpRequest slack_request(const SlackHook& hook, const notice::Message& message,
                          const Attempt& attempt);
Outcome judge_slack(const HttpAnswer& answer);

/// Whether a call back was made by Slack.
/// @param timestamp  value of `X-Slack-Request-Timestamp`
/// @param signature  value of `X-Slack-Signature`
bool verify_slack(const notice::Secret& signing_secret, std::string_view timestamp,
                  std::string_view signature, std::string_view body, Instant now);
std::string slack_signature(const notice::Secret& signing_secret, std::string_view timestamp,
                            std::string_view body);

}  // namespace dutylog::channels
