#include "engine/notice/retry_after.hpp"

#include <algorithm>
#include <array>

#include "engine/core/civil_date.hpp"

namespace dutylog::notice {

namespace {

constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> days = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 7> long_days = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes a text apart from the left; after a failure everything fails.
class Scan {
public:
    explicit Scan(std::string_view text) : rest_{text} {}

    Scan& word(std::string_view expected) {
        if (!rest_.starts_with(expected)) return fail();
        rest_.remove_prefix(expected.size());
        return *this;
    }
    Scan& number(std::size_t digits, int& value) {
        if (rest_.size() < digits) return fail();
        value = 0;
        for (const char c : rest_.substr(0, digits)) {
            if (!is_digit(c)) return fail();
            value = value * 10 + (c - '0');
        }
        rest_.remove_prefix(digits);
        return *this;
    }
    /// Two places, the first of which may be blank.
    Scan& padded(int& value) {
        if (!rest_.starts_with(' ')) return number(2, value);
        return word(" ").number(1, value);
    }
    template <std::size_t n>
    Scan& one_of(const std::array<std::string_view, n>& words, int& index) {
        for (std::size_t i = 0; i < n; ++i)
            if (rest_.starts_with(words[i])) {
                index = static_cast<int>(i);
                return word(words[i]);
            }
        return fail();
    }
    bool done() const { return good_ && rest_.empty(); }

private:
    Scan& fail() {
        good_ = false;
        rest_ = {};
        return *this;
    }

    std::string_view rest_;
    bool good_ = true;
};

struct Parts {
    int weekday = 0;
    int day = 0;
    int month = 0;  // from 0
    int year = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
};

Scan& time_of_day(Scan& scan, Parts& parts) {
    return scan.number(2, parts.hour)
        .word(":")
        .number(2, parts.minute)
        .word(":")
        .number(2, parts.second);
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`
bool read_fixed(std::string_view text, Parts& parts) {
    Scan scan{text};
    scan.one_of(days, parts.weekday).word(", ").number(2, parts.day).word(" ");
    scan.one_of(months, parts.month).word(" ").number(4, parts.year).word(" ");
    return time_of_day(scan, parts).word(" GMT").done();
}

/// `Sunday, 06-Nov-94 08:49:37 GMT`
bool read_rfc850(std::string_view text, Parts& parts, int year_now) {
    Scan scan{text};
    scan.one_of(long_days, parts.weekday).word(", ").number(2, parts.day).word("-");
    scan.one_of(months, parts.month).word("-").number(2, parts.year).word(" ");
    if (!time_of_day(scan, parts).word(" GMT").done()) return false;
    parts.year += year_now / 100 * 100;
    if (parts.year > year_now + 50) parts.year -= 100;
    return true;
}

/// `Sun Nov  6 08:49:37 1994`
bool read_asctime(std::string_view text, Parts& parts) {
    Scan scan{text};
    scan.one_of(days, parts.weekday).word(" ").one_of(months, parts.month).word(" ");
    scan.padded(parts.day).word(" ");
    return time_of_day(scan, parts).word(" ").number(4, parts.year).done();
}

int year_of(Instant at) {
    constexpr std::int64_t day_micros = hours(24).micros;
    const std::int64_t whole = at.micros / day_micros;
    return CivilDate{static_cast<std::int32_t>(std::clamp<std::int64_t>(whole, 0, 1'000'000))}
        .year();
}

std::optional<Instant> instant_of(const Parts& parts) {
    const auto month = static_cast<unsigned>(parts.month) + 1;
    const auto day = static_cast<unsigned>(parts.day);
    // Second 60 is a leap second, which this time line does not have.
    if (!CivilDate::valid(parts.year, month, day) || parts.hour > 23 || parts.minute > 59 ||
        parts.second > 60)
        return std::nullopt;
    const std::int64_t days_since = CivilDate{parts.year, month, day}.days;
    return Instant{} + hours(days_since * 24 + parts.hour) + minutes(parts.minute) +
           seconds(std::min(parts.second, 59));
}

}  // namespace

std::optional<Instant> parse_http_date(std::string_view text, Instant now) {
    for (const int form : {0, 1, 2}) {
        Parts parts;
        if (form == 0
                ? read_fixed(text, parts)
                : (form == 1 ? read_rfc850(text, parts, year_of(now)) : read_asctime(text, parts)))
            return instant_of(parts);
    }
    return std::nullopt;
}

std::optional<Elapsed> parse_retry_after(std::string_view text, Instant now) {
    if (text.empty()) return std::nullopt;
    if (!std::all_of(text.begin(), text.end(), is_digit)) {
        const auto date = parse_http_date(text, now);
        if (!date) return std::nullopt;
        return std::clamp(*date - now, Elapsed{}, retry_after_max);
    }
    std::int64_t count = 0;
    for (const char c : text)
        count = std::min(count * 10 + (c - '0'), retry_after_max.micros / 1'000'000);
    return seconds(count);
}

}  // namespace dutylog::notice
