#include "adapters/http/etag.hpp"

#include "adapters/http/characters.hpp"
#include "engine/core/digest.hpp"

namespace dutylog::http {

std::string etag_of(std::string_view content) {
    return '"' + to_hex(sha256(content)).substr(0, 32) + '"';
}

bool has_tag(std::string_view list, std::string_view etag, bool strongly) {
    if (trimmed(list) == "*") return true;
    bool found = false;
    // A tag may hold a comma; ours never do, so what is cut in two is not one of ours.
    each_item(list, [&](std::string_view tag) {
        if (!strongly && tag.starts_with("W/")) tag.remove_prefix(2);
        found = found || tag == etag;
    });
    return found;
}

std::optional<Problem> check_if_match(const Head& head, std::string_view etag, bool required) {
    if (head.has("if-match")) {
        if (has_tag(head.joined("if-match"), etag, true)) return {};
        Problem changed =
            problem("precondition_failed",
                    {"`If-Match` 不是当前版本；请重新读取后再提交。",
                     "`If-Match` does not name the present version; read it again, then decide."});
        changed.more["etag"] = etag;
        return changed;
    }
    if (!required) return {};
    return problem("precondition_required", {"请在 `If-Match` 中给出所见版本的 ETag。",
                                             "Give the ETag you have seen in `If-Match`."});
}

}  // namespace dutylog::http
