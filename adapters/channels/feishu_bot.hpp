#pragma once

#include <boost/json.hpp>

#include "adapters/channels/answers.hpp"
#include "adapters/channels/http.hpp"
#include "engine/notice/message.hpp"

/// The custom bot of a Feishu or Lark group (飞书自定义机器人).
namespace dutylog::channels {

struct FeishuBot {
    notice::Secret hook;           ///< the id at the end of its address
    notice::Secret sign_secret{};  ///< empty where the bot does not ask for signatures
    std::string keyword{};         ///< one that the bot asks for
    std::string origin = "https://open.feishu.cn";  ///< abroad https://open.larksuite.com
};

/// 100 a minute and 5 a second a bot.
inline constexpr Elapsed feishu_spacing = Elapsed{600'000};
/// The maker advises against whole and half hours: what is due then goes out up to so much later.
inline constexpr Elapsed feishu_jitter_max = minutes(10);
inline constexpr std::size_t feishu_body_bytes_max = 20'000;

/// Base64; the key is made of timestamp and secret, and nothing is signed with it.
std::string feishu_signature(const notice::Secret& secret, std::int64_t timestamp_s);

/// A card, version 2.0, in which every text stands in both languages: each reader sees their own.
boost::json::object feishu_card(const notice::Message& message, const Attempt& attempt,
                                const std::string& keyword = {});

HttpRequest feishu_bot_request(const FeishuBot& bot, const notice::Message& message,
                               const Attempt& attempt);

Outcome judge_feishu(const HttpAnswer& answer);

}  // namespace dutylog::channels
