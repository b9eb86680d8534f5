#pragma once

#include <string>

#include "engine/notice/message.hpp"

namespace dutylog::channels {

/// The words of a message for readers without HTML; lines end with LF.
std::string mail_plain(const notice::Message& message);
/// The same as one small HTML page: no picture, no script, nothing fetched from anywhere.
std::string mail_html(const notice::Message& message);

}  // namespace dutylog::channels
