#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include "adapters/http/request_reader.hpp"

namespace dutylog::test {

/// What a reader made of the bytes of one request.
struct Reading {
    unsigned status = 0;  ///< 200 for a whole request, 0 where more bytes are needed
    std::string code;
    http::Head head;
    std::string body;
    std::string_view rest;  ///< bytes after the request
};

/// Gives the bytes to a reader, so many at a time, until it has one request or refuses.
inline Reading feed(std::string_view bytes, std::size_t step, http::RequestLimits limits = {}) {
    http::RequestReader reader{limits};
    Reading reading;
    for (;;) {
        auto progress = reader.advance();
        if (progress && *progress == http::RequestReader::Progress::head) {
            reading.head = reader.head();
            if (const auto allowed = reader.allow_body(limits.body_bytes_max); !allowed)
                progress = std::unexpected{allowed.error()};
            else
                continue;
        }
        if (!progress) {
            reading.status = progress.error().status;
            reading.code = progress.error().code;
            return reading;
        }
        if (*progress == http::RequestReader::Progress::complete) {
            reading.status = 200;
            reading.body = reader.take_body();
            reading.rest = bytes;
            return reading;
        }
        if (bytes.empty()) return reading;
        const auto space = reader.space();
        const std::size_t count = std::min({step, space.size(), bytes.size()});
        std::memcpy(space.data(), bytes.data(), count);
        reader.received(count);
        bytes.remove_prefix(count);
    }
}

}  // namespace dutylog::test
