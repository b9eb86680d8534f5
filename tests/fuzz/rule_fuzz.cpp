// Reads any bytes as an expression, checks it and evaluates it. What is read must be printed as a
// text that reads as the same expression; what is evaluated ends, twice with the same value.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/rule/print.hpp"
#include "engine/rule/reads.hpp"
#include "tests/rule/world.hpp"

using namespace dutylog;
using namespace dutylog::rule;

namespace {

const test::TestScope scope;
test::TestEnvironment environment;
const ParseOptions options{.units = test::units};

void check_place(Span span, std::size_t size) {
    if (span.from > span.to || span.to > size) std::abort();
}

/// The canonical text may be longer than a text that leaves out blanks.
void check_round_trip(const Expression& expression) {
    const std::string printed = print(expression);
    if (printed.size() > text_size_max) return;
    const auto again = parse(printed, options);
    if (!again || !same(*again, expression) || print(*again) != printed) std::abort();
}

void check_meaning(Expression expression, std::size_t size) {
    for (const TypeError& error : check(expression, scope, {})) {
        check_place(error.span, size);
        if (to_string(error).empty()) std::abort();
    }
    reads(expression);
    const Value value = evaluate(expression, environment);
    if (evaluate(expression, environment) != value) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto expression = parse(text, options);
    if (!expression) {
        check_place(expression.error().span, size);
        if (to_string(expression.error()).empty()) std::abort();
        return 0;
    }
    check_round_trip(*expression);
    check_meaning(*expression, size);
    return 0;
}
