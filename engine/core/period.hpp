#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dutylog {

/// The units in which law counts (Civil Code Art. 200; working days where a rule says so).
enum class PeriodUnit : std::uint8_t { minutes, hours, days, working_days, weeks, months, years };
/// Stored bytes beyond it are refused.
constexpr PeriodUnit last_of(PeriodUnit) { return PeriodUnit::years; }

/// `15 days`, `5 working days`, `12 months`, `1 hour`: a count of one unit, as written.
struct Period {
    std::int32_t count = 0;
    PeriodUnit unit = PeriodUnit::days;

    friend bool operator==(const Period&, const Period&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(count, unit);
    }
};

/// The English words a definition uses: `1 working day`, `30 days`.
std::string to_string(Period period);
/// Reads those words, singular or plural. @returns nothing for anything else, or a count above
/// 10,000
std::optional<Period> parse_period(std::string_view text);

}  // namespace dutylog
