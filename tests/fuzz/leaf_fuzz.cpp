// Reads any bytes as leaf bytes. What is read must be written as the same bytes.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "engine/log/leaf.hpp"

using namespace dutylog;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const log::Leaf leaf = log::decode_leaf({data, size});
        const Bytes again = log::leaf_bytes(leaf.envelope, leaf.payload);
        if (!std::equal(again.begin(), again.end(), data, data + size)) std::abort();
    } catch (const log::DecodeError&) {
    }
    return 0;
}
