#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/civil_date.hpp"

namespace dutylog::calendar {

/// The days worked in an ordinary week, bit 0 for Monday … bit 6 for Sunday.
struct WeekMask {
    std::uint8_t bits = 0b001'1111;

    constexpr bool works(CivilDate date) const {
        return ((bits >> (date.iso_weekday() - 1)) & 1) != 0;
    }
    friend constexpr bool operator==(const WeekMask&, const WeekMask&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(bits);
    }
};

constexpr WeekMask monday_to_friday{0b001'1111};
constexpr WeekMask monday_to_saturday{0b011'1111};
constexpr WeekMask sunday_to_thursday{0b100'1111};

/// The days by name, Monday first: `mon tue wed thu fri`.
std::string to_string(WeekMask week);
/// Reads days and ranges of days in small letters, which may run over Sunday: `mon-fri`, `sun-thu`,
/// `mon-wed sat`. @returns nothing for other text, and for a week without a working day
std::optional<WeekMask> parse_week_mask(std::string_view text);

}  // namespace dutylog::calendar
