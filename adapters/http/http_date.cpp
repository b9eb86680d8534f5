#include "adapters/http/http_date.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "engine/core/civil_date.hpp"

namespace dutylog::http {

std::string http_date(Instant at) {
    constexpr std::array<std::string_view, 7> days{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto second = std::chrono::floor<std::chrono::seconds>(
        std::chrono::sys_time<std::chrono::microseconds>{std::chrono::microseconds{at.micros}});
    const auto day = std::chrono::floor<std::chrono::days>(second);
    const CivilDate date{static_cast<std::int32_t>(day.time_since_epoch().count())};
    const std::chrono::hh_mm_ss time{second - day};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days.at(date.iso_weekday() - 1),
                       date.day(), months.at(date.month() - 1), date.year(), time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

}  // namespace dutylog::http
