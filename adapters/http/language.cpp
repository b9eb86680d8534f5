#include "adapters/http/language.hpp"

#include "adapters/http/characters.hpp"
#include "adapters/http/weighted_list.hpp"

namespace dutylog::http {

Language choose_language(std::string_view accept_language, Language otherwise) {
    int best = 0;
    Language chosen = otherwise;
    for (const Weighted& wanted : read_weighted_list(accept_language)) {
        const auto main = wanted.item.substr(0, wanted.item.find('-'));
        if (wanted.weight <= best) continue;
        if (equal_ignoring_case(main, "zh"))
            chosen = Language::zh_cn;
        else if (equal_ignoring_case(main, "en"))
            chosen = Language::en;
        else
            continue;
        best = wanted.weight;
    }
    return chosen;
}

std::string_view tag_of(Language language) { return language == Language::en ? "en" : "zh-CN"; }

}  // namespace dutylog::http
