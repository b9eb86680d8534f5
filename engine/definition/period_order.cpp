#include "engine/definition/period_order.hpp"

#include <cstdint>
#include <optional>

namespace dutylog::definition {

namespace {

struct Minutes {
    std::int64_t least = 0;
    std::int64_t most = 0;
};

constexpr std::int64_t day = 24 * 60;

Minutes minutes_of(Period period) {
    const std::int64_t n = period.count;
    switch (period.unit) {
        case PeriodUnit::minutes:
            return {n, n};
        case PeriodUnit::hours:
            return {n * 60, n * 60};
        case PeriodUnit::days:
            return {n * day, n * day};
        // Five a week at most, and holidays make them fewer.
        case PeriodUnit::working_days:
            return {n * day, n * 3 * day};
        case PeriodUnit::weeks:
            return {n * 7 * day, n * 7 * day};
        case PeriodUnit::months:
            return {n * 28 * day, n * 31 * day};
        case PeriodUnit::years:
            return {n * 365 * day, n * 366 * day};
    }
    return {};
}

/// The count in one unit that both have, if there is one.
std::optional<std::int64_t> common_count(Period period, Period other) {
    const auto is_months = [](Period p) {
        return p.unit == PeriodUnit::months || p.unit == PeriodUnit::years;
    };
    if (period.unit == other.unit) return period.count;
    if (!is_months(period) || !is_months(other)) return std::nullopt;
    return std::int64_t{period.count} * (period.unit == PeriodUnit::years ? 12 : 1);
}

}  // namespace

bool surely_longer(Period a, Period b) {
    const auto count = common_count(a, b);
    if (count) return *count > *common_count(b, a);
    return minutes_of(a).least > minutes_of(b).most;
}

bool surely_not_shorter(Period a, Period b) {
    const auto count = common_count(a, b);
    if (count) return *count >= *common_count(b, a);
    return minutes_of(a).least >= minutes_of(b).most;
}

}  // namespace dutylog::definition
