// Reads any bytes as a payload: a value of library data, and a struct with a field of every kind.
// What is read must be written as the same bytes, for a payload has one form.
#include <cstdint>
#include <cstdlib>

#include "engine/core/effective.hpp"
#include "engine/core/text.hpp"
#include "engine/log/archive.hpp"
#include "engine/log/json_writer.hpp"
#include "engine/log/value_codec.hpp"

using namespace dutylog;

namespace {

struct Sample {
    StreamId stream;
    Instant at;
    bool truth = false;
    std::uint16_t small = 0;
    Effective effective;
    Decimal decimal;
    Digest digest;
    Text text;
    std::optional<std::string> finding;
    std::vector<std::string> words;
    std::vector<std::int64_t> numbers;
    Bytes bytes;
    std::map<std::string, std::int32_t> map;
    std::set<std::string> set;
    std::variant<std::monostate, Period, Value> either;
    Value form;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(stream, at, truth, small, effective, decimal, digest, text, finding, words, numbers,
                bytes, map, set, either, form);
    }
};

template <class T>
void check(BytesView bytes) {
    try {
        const T value = log::from_bytes<T>(bytes);
        const Bytes again = log::to_bytes(value);
        if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end())) std::abort();
        log::json_of(value);
    } catch (const log::DecodeError&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check<Value>({data, size});
    check<Sample>({data, size});
    return 0;
}
