#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/http/response.hpp"
#include "engine/core/instant.hpp"
#include "engine/core/text.hpp"

namespace dutylog::server {

/// One field of a form. With `choices` it is one of them; else a line of text, or a date.
struct PageField {
    std::string name;
    Text label;
    std::vector<std::pair<std::string, Text>> choices = {};
    bool is_date = false;
    std::string min = {};  ///< of a date
    std::string max = {};
    std::string value = {};
};

struct PageForm {
    std::vector<PageField> fields;
    Text button;
};

/// A small page for somebody without login: words and at most one form; no script, no picture,
/// nothing fetched.
struct Page {
    unsigned status = 200;
    Text title;
    std::vector<Text> words = {};
    std::vector<std::pair<Text, Text>> facts = {};  ///< name and value
    Text problem = {};  ///< what was wrong with what was entered; empty: nothing was
    std::optional<PageForm> form = {};
    std::optional<Elapsed> retry_after = {};
};

/// In one language, with a link to the same page in the other. No search engine may keep it, no
/// cache may store it, no other page learns its address or frames it.
http::Response page_response(const Page& page, Language language);

/// Fields of a form as a browser sends them.
using Form = std::map<std::string, std::string, std::less<>>;

inline constexpr std::size_t form_fields_max = 16;
inline constexpr std::size_t form_bytes_max = 8 * 1024;

/// Reads `application/x-www-form-urlencoded`.
/// @returns nothing where it is none, a name stands twice, or it is longer than it may be
std::optional<Form> read_form(std::string_view body);

}  // namespace dutylog::server
