// Feeds any bytes to the reader of requests, in one piece and byte by byte: both must come to the
// same end. What is taken, written down plainly, must be read as the same request.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tests/adapters/http/feed.hpp"

using namespace dutylog;
using test::Reading;

namespace {

constexpr http::RequestLimits small{.target_bytes_max = 256,
                                    .head_bytes_max = 1024,
                                    .fields_max = 8,
                                    .body_bytes_max = 1024,
                                    .chunks_max = 16};

/// The request with its body under a length, and nothing that could be read in two ways.
std::string plainly(const Reading& reading) {
    const std::string version = reading.head.version_1_0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n";
    std::string text{http::name_of(reading.head.method)};
    text += " " + reading.head.target + version;
    for (const http::Field& field : reading.head.fields)
        if (field.name != "content-length" && field.name != "transfer-encoding")
            text += field.name + ": " + field.value + "\r\n";
    if (!reading.body.empty())
        text += "content-length: " + std::to_string(reading.body.size()) + "\r\n";
    return text + "\r\n" + reading.body;
}

bool same(const Reading& a, const Reading& b) {
    return a.status == b.status && a.code == b.code && a.body == b.body &&
           a.head.target == b.head.target && a.head.method == b.head.method;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const Reading whole = test::feed(bytes, size + 1, small);
    if (!same(whole, test::feed(bytes, 1, small))) std::abort();
    if (whole.status != 200) return 0;
    const std::string plain = plainly(whole);
    http::RequestLimits wide = small;
    wide.head_bytes_max = 4096;
    wide.fields_max = 9;
    const Reading again = test::feed(plain, plain.size(), wide);
    if (!same(whole, again)) std::abort();
    if (again.head.fields.size() > whole.head.fields.size() + 1) std::abort();
    return 0;
}
