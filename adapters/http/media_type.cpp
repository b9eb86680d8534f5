#include "adapters/http/media_type.hpp"

#include "adapters/http/characters.hpp"
#include "adapters/http/weighted_list.hpp"

namespace dutylog::http {

bool is_media_type(std::string_view content_type, std::string_view wanted) {
    const auto end = content_type.find(';');
    if (!equal_ignoring_case(trimmed(content_type.substr(0, end)), wanted)) return false;
    if (end == std::string_view::npos || wanted == "multipart/form-data") return true;
    const auto parameter = trimmed(content_type.substr(end + 1));
    return equal_ignoring_case(parameter, "charset=utf-8") ||
           equal_ignoring_case(parameter, "charset=\"utf-8\"");
}

bool accepts(std::string_view accept, std::string_view media_type) {
    if (accept.empty()) return true;
    const auto kind = media_type.substr(0, media_type.find('/'));
    int closest = 0;  // the more closely a range names the type, the more its weight counts
    bool wanted = false;
    for (const Weighted& range : read_weighted_list(accept)) {
        int closeness = 0;
        if (equal_ignoring_case(range.item, media_type))
            closeness = 3;
        else if (range.item.ends_with("/*") &&
                 equal_ignoring_case(range.item.substr(0, range.item.size() - 2), kind))
            closeness = 2;
        else if (range.item == "*/*")
            closeness = 1;
        if (closeness <= closest) continue;
        closest = closeness;
        wanted = range.weight > 0;
    }
    return wanted;
}

}  // namespace dutylog::http
