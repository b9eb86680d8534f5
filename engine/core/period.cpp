#include "engine/core/period.hpp"

#include <fmt/format.h>

#include <array>

namespace dutylog {

namespace {

struct UnitName {
    PeriodUnit unit;
    std::string_view singular;
};

constexpr std::array names{
    UnitName{PeriodUnit::minutes, "minute"},
    UnitName{PeriodUnit::hours, "hour"},
    UnitName{PeriodUnit::days, "day"},
    UnitName{PeriodUnit::weeks, "week"},
    UnitName{PeriodUnit::working_days, "working day"},
    UnitName{PeriodUnit::months, "month"},
    UnitName{PeriodUnit::years, "year"},
};

constexpr std::int32_t count_max = 10'000;

}  // namespace

std::string to_string(Period period) {
    for (const UnitName& name : names)
        if (name.unit == period.unit)
            return fmt::format("{} {}{}", period.count, name.singular,
                               period.count == 1 ? "" : "s");
    return {};
}

std::optional<Period> parse_period(std::string_view text) {
    std::int32_t count = 0;
    std::size_t used = 0;
    while (used < text.size() && text[used] >= '0' && text[used] <= '9') {
        count = count * 10 + (text[used++] - '0');
        if (count > count_max) return std::nullopt;
    }
    if (used == 0 || used >= text.size() || text[used] != ' ') return std::nullopt;
    std::string_view word = text.substr(used + 1);
    if (word.ends_with('s')) word.remove_suffix(1);
    for (const UnitName& name : names)
        if (name.singular == word) return Period{count, name.unit};
    return std::nullopt;
}

}  // namespace dutylog
