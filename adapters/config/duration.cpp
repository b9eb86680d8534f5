#include "adapters/config/duration.hpp"

#include <fmt/format.h>

#include <charconv>

namespace dutylog::config {

namespace {

constexpr std::int64_t micros_max = hours(24L * 3660).micros;

struct Unit {
    std::string_view name;
    std::int64_t micros;
};
constexpr Unit units[] = {{"d", hours(24).micros},
                          {"h", hours(1).micros},
                          {"min", minutes(1).micros},
                          {"s", seconds(1).micros},
                          {"ms", 1'000}};

}  // namespace

std::optional<Elapsed> parse_duration(std::string_view text) {
    std::int64_t count = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
    if (read.ec != std::errc{} || count < 0) return {};
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    if (text.starts_with(' ')) text.remove_prefix(1);
    for (const Unit& unit : units)
        if (text == unit.name) {
            if (count > micros_max / unit.micros) return {};
            return Elapsed{count * unit.micros};
        }
    return {};
}

std::string to_text(Elapsed time) {
    if (time.micros == 0) return "0 s";
    for (const Unit& unit : units)
        if (time.micros % unit.micros == 0)
            return fmt::format("{} {}", time.micros / unit.micros, unit.name);
    return fmt::format("{} ms", time.micros / 1'000);
}

}  // namespace dutylog::config
