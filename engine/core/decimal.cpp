#include "engine/core/decimal.hpp"

#include <fmt/format.h>

#include <array>
#include <limits>

namespace dutylog {

namespace {

__extension__ using Wide = __int128;

constexpr std::array<std::int64_t, 19> powers = [] {
    std::array<std::int64_t, 19> table{};
    std::int64_t value = 1;
    for (auto& entry : table) {
        entry = value;
        if (value <= std::numeric_limits<std::int64_t>::max() / 10) value *= 10;
    }
    return table;
}();

/// Drops trailing zeros, then checks that the number fits.
std::optional<Decimal> narrow(Wide mantissa, unsigned scale) {
    while (scale > 0 && mantissa % 10 == 0) {
        mantissa /= 10;
        --scale;
    }
    if (mantissa > std::numeric_limits<std::int64_t>::max() ||
        mantissa < std::numeric_limits<std::int64_t>::min())
        return std::nullopt;
    return Decimal::of(static_cast<std::int64_t>(mantissa), scale);
}

/// Both mantissas at the larger scale; 9 more digits always fit in 128 bits.
struct Aligned {
    Wide a;
    Wide b;
    unsigned scale;
};

Aligned align(Decimal a, Decimal b) {
    const unsigned scale = a.scale() > b.scale() ? a.scale() : b.scale();
    return {Wide{a.mantissa()} * powers[scale - a.scale()],
            Wide{b.mantissa()} * powers[scale - b.scale()], scale};
}

}  // namespace

std::optional<Decimal> Decimal::of(std::int64_t mantissa, unsigned scale) {
    while (scale > 0 && mantissa % 10 == 0) {
        mantissa /= 10;
        --scale;
    }
    if (scale > scale_max) return std::nullopt;
    Decimal number;
    number.mantissa_ = mantissa;
    number.scale_ = static_cast<std::uint8_t>(scale);
    return number;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
    const Aligned both = align(a, b);
    if (both.a < both.b) return std::strong_ordering::less;
    return both.a > both.b ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::optional<Decimal> add(Decimal a, Decimal b) {
    const Aligned both = align(a, b);
    return narrow(both.a + both.b, both.scale);
}

std::optional<Decimal> subtract(Decimal a, Decimal b) {
    const Aligned both = align(a, b);
    return narrow(both.a - both.b, both.scale);
}

std::optional<Decimal> multiply(Decimal a, Decimal b) {
    Wide product = Wide{a.mantissa()} * b.mantissa();
    unsigned scale = unsigned{a.scale()} + b.scale();
    while (scale > Decimal::scale_max) {  // round half away from zero, a digit at a time
        const Wide last = product % 10;
        product /= 10;
        if (scale == Decimal::scale_max + 1U) product += last >= 5 ? 1 : last <= -5 ? -1 : 0;
        --scale;
    }
    return narrow(product, scale);
}

std::optional<Decimal> divide(Decimal a, Decimal b) {
    if (b.mantissa() == 0) return std::nullopt;
    const Aligned both = align(a, b);
    const Wide scaled = both.a * powers[Decimal::scale_max];
    Wide quotient = scaled / both.b;
    const Wide rest = scaled % both.b;
    const Wide twice = (rest < 0 ? -rest : rest) * 2;
    const Wide divisor = both.b < 0 ? -both.b : both.b;
    if (twice >= divisor) quotient += ((scaled < 0) != (both.b < 0)) ? -1 : 1;
    return narrow(quotient, Decimal::scale_max);
}

std::string to_string(Decimal number) {
    const std::int64_t mantissa = number.mantissa();
    if (number.scale() == 0) return fmt::format("{}", mantissa);
    const auto size = mantissa < 0 ? 0 - static_cast<std::uint64_t>(mantissa)
                                   : static_cast<std::uint64_t>(mantissa);
    std::string text = fmt::format("{:0{}}", size, number.scale() + 1);
    text.insert(text.size() - number.scale(), 1, '.');
    return mantissa < 0 ? "-" + text : text;
}

std::optional<Decimal> parse_decimal(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    Wide mantissa = 0;
    unsigned scale = 0;
    bool point = false;
    bool digit = false;
    for (const char c : text) {
        if (c == '.' && !point && digit) {
            point = true;
            digit = false;
            continue;
        }
        if (c < '0' || c > '9') return std::nullopt;
        digit = true;
        mantissa = mantissa * 10 + (c - '0');
        if (point) ++scale;
        if (mantissa > std::numeric_limits<std::int64_t>::max() || scale > 18) return std::nullopt;
    }
    if (!digit) return std::nullopt;
    return narrow(negative ? -mantissa : mantissa, scale);
}

}  // namespace dutylog
