#pragma once

#include <expected>
#include <string>

#include "engine/core/text.hpp"

namespace dutylog {

/// A rule said no. `reason` is a stable word (`checker_is_doer`), `detail` a sentence for people
/// that says what was expected and what was found.
struct Rejection {
    std::string reason;
    std::string detail;
    /// The same in Chinese, where who refuses says it; it is not recorded.
    std::string zh_cn = {};

    friend bool operator==(const Rejection&, const Rejection&) = default;
};

template <class T>
using Result = std::expected<T, Rejection>;

inline std::unexpected<Rejection> reject(std::string reason, std::string detail) {
    return std::unexpected{Rejection{std::move(reason), std::move(detail)}};
}

/// A refusal that is never recorded, and so is said in both languages at once.
inline std::unexpected<Rejection> reject(std::string reason, Text said) {
    return std::unexpected{Rejection{std::move(reason), std::move(said.en), std::move(said.zh_cn)}};
}

}  // namespace dutylog
