#pragma once

#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "engine/core/digest.hpp"

namespace dutylog::log {

/// A file of `tests/log/vectors`, read as JSON.
inline boost::json::value read_vectors(const std::string& name) {
    std::ifstream file{DUTYLOG_SOURCE_DIR "/tests/log/vectors/" + name};
    if (!file) throw std::runtime_error{"no vectors " + name};
    return boost::json::parse(
        std::string{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}});
}

inline Bytes bytes_from_hex(std::string_view hex) {
    Bytes bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes.push_back(
            static_cast<std::uint8_t>(std::stoul(std::string{hex.substr(i, 2)}, nullptr, 16)));
    return bytes;
}

}  // namespace dutylog::log
