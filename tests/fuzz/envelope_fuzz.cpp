// Reads any bytes as a stored envelope and as a frontier. What is read must be written as the same
// bytes, and an envelope must survive the way over its leaf bytes.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "engine/log/envelope_codec.hpp"
#include "engine/log/leaf.hpp"
#include "engine/log/tree.hpp"

using namespace dutylog;

namespace {

void check_same(const Bytes& again, BytesView bytes) {
    if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end())) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView bytes{data, size};
    try {
        const log::Envelope envelope = log::decode_envelope(bytes);
        check_same(log::encode_envelope(envelope), bytes);
        const log::Leaf leaf = log::decode_leaf(log::leaf_bytes(envelope, {}));
        check_same(log::encode_envelope(leaf.envelope), bytes);
    } catch (const log::DecodeError&) {
    }
    try {
        check_same(log::Frontier::of(bytes).bytes(), bytes);
    } catch (const log::DecodeError&) {
    }
    return 0;
}
