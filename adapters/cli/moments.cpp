#include "adapters/cli/moments.hpp"

#include "adapters/cli/failure.hpp"

namespace dutylog::cli {

namespace {

std::optional<int> two_digits(std::string_view text, int max) {
    if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return std::nullopt;
    const int number = (text[0] - '0') * 10 + text[1] - '0';
    return number <= max ? std::optional{number} : std::nullopt;
}

}  // namespace

std::optional<Instant> read_instant(const std::string& text, const calendar::Zone& zone) {
    if (const auto at = parse_instant(text)) return at;
    const std::string_view view = text;
    if (view.size() != 16 || (view[10] != 'T' && view[10] != ' ') || view[13] != ':')
        return std::nullopt;
    const auto date = parse_civil_date(view.substr(0, 10));
    const auto hour = two_digits(view.substr(11, 2), 23);
    const auto minute = two_digits(view.substr(14, 2), 59);
    if (!date || !hour || !minute) return std::nullopt;
    return zone.instant(calendar::local_time(*date, *hour, *minute));
}

Instant read_cut(const std::string& option, const std::string& text, const calendar::Zone& zone) {
    if (const auto date = parse_civil_date(text)) return Instant{zone.day_end(*date).micros - 1};
    if (const auto at = read_instant(text, zone)) return *at;
    throw Failure{
        ExitCode::usage,
        phrase("{0}: expected 2025-12-05, 2025-12-05T09:30 or 2025-12-05T09:30+08:00, "
               "found `{1}`",
               "{0}：应为 2025-12-05、2025-12-05T09:30 或 2025-12-05T09:30+08:00，实为 `{1}`",
               option, text)};
}

std::optional<Instant> read_cut_if_given(const std::string& option, const std::string& text,
                                         const calendar::Zone& zone) {
    if (text.empty()) return std::nullopt;
    return read_cut(option, text, zone);
}

CivilDate read_date(const std::string& option, const std::string& text) {
    const auto date = parse_civil_date(text);
    if (!date)
        throw Failure{ExitCode::usage,
                      phrase("{0}: expected a date as 2025-12-05, found `{1}`",
                             "{0}：应为日期，如 2025-12-05，实为 `{1}`", option, text)};
    return *date;
}

}  // namespace dutylog::cli
