#pragma once

#include <expected>

#include "adapters/channels/answers.hpp"
#include "adapters/channels/http.hpp"
#include "engine/notice/message.hpp"

/// A message of a Feishu or Lark app to one person; its answers are read by `judge_feishu`.
namespace dutylog::channels {

struct FeishuApp {
    notice::Secret app_id;
    notice::Secret app_secret;
    std::string origin = "https://open.feishu.cn";
};

HttpRequest feishu_token_request(const FeishuApp& app);
std::expected<Token, Outcome> read_feishu_token(const HttpAnswer& answer);
/// The id of the message makes it idempotent for an hour.
HttpRequest feishu_app_request(const FeishuApp& app, const std::string& user,
                               const notice::Message& message, const Attempt& attempt);

}  // namespace dutylog::channels
