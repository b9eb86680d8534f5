#pragma once

#include "adapters/channels/answers.hpp"
#include "adapters/channels/http.hpp"
#include "engine/notice/message.hpp"

/// The robot of a DingTalk group (钉钉自定义机器人).
namespace dutylog::channels {

struct DingtalkRobot {
    notice::Secret token;
    notice::Secret sign_secret{};  ///< empty where the robot does not ask for signatures
    std::string
        keyword{};  ///< one that the robot asks for; it is put into every text that lacks it
    std::string origin = "https://oapi.dingtalk.com";
};

/// Bytes of a message at most, with room for what surrounds the text.
inline constexpr std::size_t dingtalk_text_bytes_max = 16'000;
/// A message a robot, so far apart: 20 a minute.
inline constexpr Elapsed dingtalk_spacing = seconds(3);

/// Base64 of the signature, before it is encoded for the address.
std::string dingtalk_signature(const notice::Secret& secret, std::int64_t timestamp_ms);

/// One duty is a card with buttons; a digest, and what calls somebody by name, is Markdown.
HttpRequest dingtalk_robot_request(const DingtalkRobot& robot, const notice::Message& message,
                                   const Attempt& attempt);

Outcome judge_dingtalk_robot(const HttpAnswer& answer);

}  // namespace dutylog::channels
