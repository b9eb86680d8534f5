#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dutylog {

/// An exact decimal number: `mantissa × 10^-scale`, kept without trailing zeros, so equal numbers
/// are equal member by member. Nothing that decides is ever a floating-point number.
class Decimal {
public:
    static constexpr std::uint8_t scale_max = 9;

    Decimal() = default;
    Decimal(std::int64_t whole) : mantissa_{whole} {}  // NOLINT: whole numbers are decimals
    /// @returns nothing when `scale` passes `scale_max` after trailing zeros are dropped
    static std::optional<Decimal> of(std::int64_t mantissa, unsigned scale);

    std::int64_t mantissa() const noexcept { return mantissa_; }
    std::uint8_t scale() const noexcept { return scale_; }

    friend bool operator==(const Decimal&, const Decimal&) = default;
    friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

    template <class Archive>
    void serialize(Archive& archive) {
        archive(mantissa_, scale_);
    }

private:
    std::int64_t mantissa_ = 0;
    std::uint8_t scale_ = 0;
};

/// Arithmetic that says so when the result does not fit.
std::optional<Decimal> add(Decimal a, Decimal b);
std::optional<Decimal> subtract(Decimal a, Decimal b);
std::optional<Decimal> multiply(Decimal a, Decimal b);
/// Rounded half away from zero to `scale_max` places. @returns nothing for a zero divisor
std::optional<Decimal> divide(Decimal a, Decimal b);

/// `-12.5`: plain digits with a point; no exponent, no thousands separator.
std::string to_string(Decimal number);
std::optional<Decimal> parse_decimal(std::string_view text);

}  // namespace dutylog
