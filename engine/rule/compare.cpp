#include "engine/rule/compare.hpp"

#include <cstdint>

namespace dutylog::rule {

namespace {

std::optional<Decimal> number(const Value& value) {
    if (const auto* whole = value.as<std::int64_t>()) return Decimal{*whole};
    if (const auto* decimal = value.as<Decimal>()) return *decimal;
    return std::nullopt;
}

/// Usual lengths in minutes.
constexpr std::int64_t day = 24 * 60;
constexpr std::int64_t working_day = day * 7 / 5;
constexpr std::int64_t month = 43'830;  // a twelfth of 365.25 days

std::int64_t usual_length(Period period) {
    switch (period.unit) {
        case PeriodUnit::minutes:
            return period.count;
        case PeriodUnit::hours:
            return std::int64_t{period.count} * 60;
        case PeriodUnit::days:
            return period.count * day;
        case PeriodUnit::working_days:
            return period.count * working_day;
        case PeriodUnit::weeks:
            return period.count * 7 * day;
        case PeriodUnit::months:
            return period.count * month;
        case PeriodUnit::years:
            return period.count * 12 * month;
    }
    return 0;
}

/// Units that count alike: a year is twelve months, a week seven days, an hour sixty minutes.
PeriodUnit family(PeriodUnit unit) {
    switch (unit) {
        case PeriodUnit::hours:
            return PeriodUnit::minutes;
        case PeriodUnit::weeks:
            return PeriodUnit::days;
        case PeriodUnit::years:
            return PeriodUnit::months;
        default:
            return unit;
    }
}

std::partial_ordering order_periods(Period a, Period b) {
    const auto lengths = usual_length(a) <=> usual_length(b);
    const bool meet = lengths == 0 && family(a.unit) != family(b.unit) && a.count != 0;
    return meet ? std::partial_ordering::unordered : std::partial_ordering{lengths};
}

}  // namespace

std::optional<std::partial_ordering> order(const Value& a, const Value& b) {
    if (const auto left = number(a), right = number(b); left && right) return *left <=> *right;
    if (a.data().index() != b.data().index()) return std::nullopt;
    if (const auto* left = a.as<Quantity>()) {
        const auto* right = b.as<Quantity>();
        if (left->unit != right->unit) return std::nullopt;
        return left->amount <=> right->amount;
    }
    if (const auto* left = a.as<CivilDate>()) return *left <=> *b.as<CivilDate>();
    if (const auto* left = a.as<Instant>()) return *left <=> *b.as<Instant>();
    if (const auto* left = a.as<Period>()) return order_periods(*left, *b.as<Period>());
    return std::nullopt;
}

std::optional<bool> equal(const Value& a, const Value& b) {
    if (a.data().index() == b.data().index()) {
        if (const auto* left = a.as<std::string>()) return *left == *b.as<std::string>();
        if (const auto* left = a.as<bool>()) return *left == *b.as<bool>();
        if (const auto* left = a.as<Reference>()) return *left == *b.as<Reference>();
    }
    const auto ordering = order(a, b);
    return ordering ? std::optional{*ordering == 0} : std::nullopt;
}

}  // namespace dutylog::rule
