#pragma once

#include <string_view>

namespace dutylog::http {

/// Whether a `Content-Type` names this media type. The only parameter that may stand beside it is
/// `charset=utf-8`; beside `multipart/form-data`, any.
bool is_media_type(std::string_view content_type, std::string_view wanted);

/// Whether a reader with this `Accept` takes the media type; an empty one takes anything.
bool accepts(std::string_view accept, std::string_view media_type);

}  // namespace dutylog::http
