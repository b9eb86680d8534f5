#pragma once

#include <string>

#include "engine/notice/message.hpp"

namespace dutylog::channels {

/// The Markdown that robots and work notices of DingTalk share: heading, quoted lead, list.
/// @param shortened  only heading, lead and link
/// @param with_links  links to the duty at the end, for forms that have no buttons
std::string dingtalk_markdown(const notice::Message& message, bool shortened, bool with_links,
                              const std::string& tail, std::size_t bytes_max);

}  // namespace dutylog::channels
