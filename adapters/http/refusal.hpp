#pragma once

#include <expected>
#include <string_view>

namespace dutylog::http {

/// Why bytes are no request we take. The answer is this status, and the connection is closed,
/// because what follows on it may belong to anyone.
struct Refusal {
    unsigned status = 400;
    std::string_view code;    ///< a stable word, e.g. `length_and_chunked`
    std::string_view detail;  ///< what was expected; never repeats what was sent
};

template <class T>
using Checked = std::expected<T, Refusal>;

}  // namespace dutylog::http
