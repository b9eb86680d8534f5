#pragma once

#include "adapters/channels/answers.hpp"
#include "adapters/channels/http.hpp"
#include "engine/notice/message.hpp"

/// The robot of a WeCom group (企业微信消息推送).
namespace dutylog::channels {

struct WecomRobot {
    notice::Secret key;
    /// A card for one duty. Cards call nobody by name: `wecom_robot_call` goes after them.
    bool cards = false;
    std::string origin = "https://qyapi.weixin.qq.com";
};

inline constexpr std::size_t wecom_text_bytes_max = 2'048;
inline constexpr std::size_t wecom_markdown_bytes_max = 4'096;
/// 20 a minute a robot, and calls that failed count too.
inline constexpr Elapsed wecom_spacing = seconds(3);

HttpRequest wecom_robot_request(const WecomRobot& robot, const notice::Message& message,
                                const Attempt& attempt);
/// The short text that calls people after a card; nothing where there is nobody to call.
std::optional<HttpRequest> wecom_robot_call(const WecomRobot& robot,
                                            const notice::Message& message);

Outcome judge_wecom_robot(const HttpAnswer& answer);
/// What a code means, for robots and apps alike.
Outcome judge_wecom_code(std::int64_t code, std::string_view words);

}  // namespace dutylog::channels
