#pragma once

#include <expected>
#include <span>

#include "adapters/channels/answers.hpp"
#include "adapters/channels/http.hpp"
#include "engine/notice/message.hpp"

/// A work notice of DingTalk to persons (工作通知). Four calls: token, user id once for each phone
/// number, send, and what became of it, since past its limits the send succeeds and nothing
/// arrives.
namespace dutylog::channels {

struct DingtalkApp {
    notice::Secret app_key;
    notice::Secret app_secret;
    std::int64_t agent_id = 0;
    std::string origin = "https://oapi.dingtalk.com";
};

inline constexpr std::size_t dingtalk_work_bytes_max = 2'048;  ///< of `msg`
inline constexpr std::size_t dingtalk_work_users_max = 100;
/// When to ask what became of a notice.
inline constexpr Elapsed dingtalk_result_after = minutes(1);

HttpRequest dingtalk_token_request(const DingtalkApp& app);
/// Of DingTalk and WeCom alike.
std::expected<Token, Outcome> read_access_token(const HttpAnswer& answer);

HttpRequest dingtalk_user_request(const DingtalkApp& app, const notice::Secret& token,
                                  const std::string& mobile);
std::expected<std::string, Outcome> read_dingtalk_user(const HttpAnswer& answer);

/// @pre at most `dingtalk_work_users_max` users
HttpRequest dingtalk_work_request(const DingtalkApp& app, std::span<const std::string> users,
                                  const notice::Message& message, const Attempt& attempt);
/// A success carries the task in `receipt`.
Outcome judge_dingtalk_work(const HttpAnswer& answer);

HttpRequest dingtalk_result_request(const DingtalkApp& app, const notice::Secret& token,
                                    const std::string& task);
/// What became of a notice, by user id.
struct DingtalkResult {
    std::vector<std::string> read;
    std::vector<std::string> unread;  ///< arrived
    std::vector<std::string> missed;  ///< failed, forbidden by a limit, or no such user
};
std::expected<DingtalkResult, Outcome> read_dingtalk_result(const HttpAnswer& answer);

HttpRequest dingtalk_recall_request(const DingtalkApp& app, const notice::Secret& token,
                                    const std::string& task);

}  // namespace dutylog::channels
