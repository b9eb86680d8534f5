#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "engine/core/text.hpp"

namespace dutylog::cli {

/// The same words in the two languages of the program, both always filled.
struct Phrase {
    std::string en;
    std::string zh_cn;

    const std::string& in(Language language) const { return language == Language::en ? en : zh_cn; }
    bool empty() const { return en.empty(); }
};

/// A phrase with the same arguments put into both languages.
template <class... Arguments>
Phrase phrase(std::string_view en, std::string_view zh_cn, const Arguments&... arguments) {
    return {fmt::format(fmt::runtime(en), arguments...),
            fmt::format(fmt::runtime(zh_cn), arguments...)};
}

}  // namespace dutylog::cli
