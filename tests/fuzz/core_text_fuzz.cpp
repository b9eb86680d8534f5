// Reads any bytes as each of the small texts of the core. What is read must be written as a text
// that reads as the same value.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/core/civil_date.hpp"
#include "engine/core/decimal.hpp"
#include "engine/core/digest.hpp"
#include "engine/core/instant.hpp"
#include "engine/core/period.hpp"

using namespace dutylog;

namespace {

template <class Parse, class Print>
void check_round_trip(std::string_view text, Parse parse, Print print) {
    const auto value = parse(text);
    if (value && parse(print(*value)) != value) std::abort();
}

constexpr auto in_words = [](const auto& value) { return to_string(value); };

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    check_round_trip(text, parse_decimal, in_words);
    check_round_trip(text, parse_civil_date, in_words);
    check_round_trip(text, parse_instant, in_words);
    check_round_trip(text, parse_period, in_words);
    check_round_trip(text, parse_digest, [](const Digest& value) { return to_hex(value); });
    return 0;
}
