#pragma once

#include <cstdint>
#include <string>

namespace dutylog {

enum class Language : std::uint8_t { en, zh_cn };

/// The same words in the two languages every definition speaks.
struct Text {
    std::string zh_cn;
    std::string en;

    /// The wanted language, or the other one where that is all there is.
    const std::string& in(Language language) const {
        const std::string& wanted = language == Language::en ? en : zh_cn;
        const std::string& other = language == Language::en ? zh_cn : en;
        return wanted.empty() ? other : wanted;
    }
    bool empty() const { return zh_cn.empty() && en.empty(); }

    friend bool operator==(const Text&, const Text&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(zh_cn, en);
    }
};

}  // namespace dutylog
