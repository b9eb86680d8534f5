#pragma once

#include <expected>
#include <span>

#include "adapters/channels/answers.hpp"
#include "adapters/channels/http.hpp"
#include "engine/notice/message.hpp"

/// A message of a WeCom app to persons (企业微信应用消息).
namespace dutylog::channels {

struct WecomApp {
    notice::Secret corp_id;
    notice::Secret corp_secret;
    std::int64_t agent_id = 0;
    std::string origin = "https://qyapi.weixin.qq.com";
};

inline constexpr std::size_t wecom_users_max = 1'000;
/// WeCom drops the same text within this time; ours is never the same (ordinal and days).
inline constexpr std::int64_t wecom_duplicate_interval_s = 1'800;

/// The answer is read with `read_access_token`.
HttpRequest wecom_token_request(const WecomApp& app);
/// @pre at most `wecom_users_max` users
HttpRequest wecom_app_request(const WecomApp& app, std::span<const std::string> users,
                              const notice::Message& message, const Attempt& attempt);
/// People who did not get it although the rest did stand in `missed`.
Outcome judge_wecom_app(const HttpAnswer& answer);

}  // namespace dutylog::channels
