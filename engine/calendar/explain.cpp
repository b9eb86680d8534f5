#include "engine/calendar/explain.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string_view>

#include "engine/calendar/floor_div.hpp"
#include "engine/calendar/zone.hpp"

namespace dutylog::calendar {

namespace {

/// A sentence in both languages. `{date}` is a bare day, `{day}` one with its weekday, `{range}`
/// the days of the step, `{wall}` its instant in local time; `{nth}` the count with its unit.
struct Sentence {
    std::string_view en;
    std::string_view zh;
};

// clang-format off: one kind a line, in the order of StepKind
constexpr std::array sentences{
    Sentence{"{at} is {wall} in {source}.", "{at} 在 {source} 为 {wall}。"},
    Sentence{"The event is on {day}; that day is not counted, counting begins on {other}.",
             "事件发生于{day}，当日不计，自{other}起算。"},
    Sentence{"The event is on {day}; that day is counted as the first.", "事件发生于{day}，当日计为第1日。"},
    Sentence{"The rule names {day}.", "规则指定的日期为{day}。"},
    Sentence{"{period} from {other} {end} on {day}.", "自{other}起{period}，届满日为{day}。"},
    Sentence{"The month has no day {other_day}; its last day takes the place: {date}.",
             "该月没有{other_day}日，以月末日{date}为届满日。"},
    Sentence{"Not counted: {range}, {name} (source {source}).", "不计入：{range}，{name}（依据 {source}）。"},
    Sentence{"Counted as worked: {range}, {name} (source {source}).", "计为工作日：{range}，{name}（依据 {source}）。"},
    Sentence{"{count} further ranges of holidays and make-up days were met.", "另有{count}段节假日或调休日。"},
    Sentence{"{day} is a rest day: {name}, until {other} (source {source}).",
             "{day}为休息日：{name}，至{other}（依据 {source}）。"},
    Sentence{"{day} is made a workday: {name} (source {source}).", "{day}被安排为工作日：{name}（依据 {source}）。"},
    Sentence{"The next workday is {day}.", "顺延至下一个工作日{day}。"},
    Sentence{"The workday before is {day}.", "提前至前一个工作日{day}。"},
    Sentence{"By this rule the end does not move: it stays on {date}.", "本规则届满日不因休息日移动，仍为{date}。"},
    Sentence{"The period must hold two working days; the second is {day}.",
             "期间至少应含两个工作日，第二个工作日为{day}。"},
    Sentence{"No holiday data covers {year}: only the week was asked, the date is provisional.",
             "尚无{year}年节假日安排，仅按每周工作日推算，日期为暂定。"},
    Sentence{"Counted from the moment, {wall} in {source}.", "自当时起算：{wall}（{source}）。"},
    Sentence{"Only the day is known; counted from its start, {wall} in {source}.",
             "仅知日期，自当日开始起算：{wall}（{source}）。"},
    Sentence{"{period} later is {wall} in {source}; hours do not move over rest days.",
             "{period}之后为{wall}（{source}）；按小时计算不因休息日移动。"},
    Sentence{"{period} earlier is {wall} in {source}; hours do not move over rest days.",
             "{period}之前为{wall}（{source}）；按小时计算不因休息日移动。"},
    Sentence{"{date} ends at 24:00 in {source}, {at}.", "{date}于当地24:00截止（{source}，{at}）。"},
    Sentence{"Due at once: {wall} in {source}.", "应当立即：{wall}（{source}）。"},
};
// clang-format on
static_assert(sentences.size() == static_cast<std::size_t>(StepKind::at_once) + 1);

constexpr Sentence counted_singly{"The {nth} is {day}.", "第{period}为{day}。"};
constexpr Sentence counted_back{"{period} before {other} is {day}.",
                                "{other}之前{period}为{day}。"};
constexpr Sentence begun_back{
    "The event is on {day}; that day is not counted, counting runs back from {other}.",
    "事件发生于{day}，当日不计，自{other}向前推算。"};
constexpr Sentence rest_of_week{"{day} is a rest day of the week.", "{day}为每周休息日。"};

Sentence sentence_of(const TraceStep& step) {
    const bool by_day =
        step.period.unit == PeriodUnit::days || step.period.unit == PeriodUnit::working_days;
    if (step.kind == StepKind::counted) {
        if (step.date < step.other) return counted_back;
        if (by_day && step.period.count > 0) return counted_singly;
    }
    if (step.kind == StepKind::day_not_counted && step.other < step.date) return begun_back;
    if (step.kind == StepKind::rest_day && step.source.empty()) return rest_of_week;
    const auto index = static_cast<std::size_t>(step.kind);
    return index < sentences.size() ? sentences[index] : Sentence{};
}

std::string with_weekday(CivilDate date, Language language) {
    constexpr std::array<std::string_view, 7> en{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                 "Friday", "Saturday", "Sunday"};
    constexpr std::array<std::string_view, 7> zh{"一", "二", "三", "四", "五", "六", "日"};
    const std::size_t day = date.iso_weekday() - 1;
    return language == Language::en ? fmt::format("{} ({})", to_string(date), en[day])
                                    : fmt::format("{}（星期{}）", to_string(date), zh[day]);
}

std::string range_of(const TraceStep& step, Language language) {
    if (step.other <= step.date) return to_string(step.date);
    return to_string(step.date) + (language == Language::en ? " to " : "至") +
           to_string(step.other);
}

/// The step's instant as the clock on the wall shows it.
std::string wall_clock(const TraceStep& step) {
    constexpr std::int64_t day = 86'400'000'000;
    const std::int64_t wall = step.at.micros + step.offset_s * std::int64_t{1'000'000};
    const std::int64_t days = floor_div(wall, day);
    return to_string(LocalTime{CivilDate{static_cast<std::int32_t>(days)}, wall - days * day});
}

/// `15th day`, `1st working day`
std::string nth(Period period) {
    const auto n = static_cast<std::uint32_t>(period.count);
    const bool teens = n % 100 >= 11 && n % 100 <= 13;
    constexpr std::array<std::string_view, 10> endings{"th", "st", "nd", "rd", "th",
                                                       "th", "th", "th", "th", "th"};
    return fmt::format("{}{} {}", n, teens ? "th" : endings[n % 10],
                       period.unit == PeriodUnit::working_days ? "working day" : "day");
}

std::string period_in(Period period, Language language) {
    if (language == Language::en) return to_string(period);
    constexpr std::array<std::string_view, 7> units{"分钟", "小时", "日", "个工作日",
                                                    "周",   "个月", "年"};
    const auto unit = static_cast<std::size_t>(period.unit);
    return fmt::format("{}{}", period.count, unit < units.size() ? units[unit] : "");
}

}  // namespace

std::string explain(const TraceStep& step, Language language) {
    const Sentence sentence = sentence_of(step);
    return fmt::format(
        fmt::runtime(language == Language::en ? sentence.en : sentence.zh),
        fmt::arg("date", to_string(step.date)), fmt::arg("day", with_weekday(step.date, language)),
        fmt::arg("year", step.date.year()), fmt::arg("other", to_string(step.other)),
        fmt::arg("other_day", step.other.day()), fmt::arg("range", range_of(step, language)),
        fmt::arg("count", step.period.count), fmt::arg("period", period_in(step.period, language)),
        fmt::arg("nth", nth(step.period)), fmt::arg("end", step.period.count == 1 ? "ends" : "end"),
        fmt::arg("at", to_string(step.at)), fmt::arg("wall", wall_clock(step)),
        fmt::arg("source", step.source), fmt::arg("name", step.name.in(language)));
}

std::vector<std::string> explain(const Trace& trace, Language language) {
    std::vector<std::string> steps;
    steps.reserve(trace.size());
    for (const TraceStep& step : trace) steps.push_back(explain(step, language));
    return steps;
}

}  // namespace dutylog::calendar
