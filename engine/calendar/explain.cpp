#include "engine/calendar/explain.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "engine/calendar/zone.hpp"

namespace dutylog::calendar {

namespace {

constexpr std::array<std::string_view, 7> weekdays_en{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                      "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 7> weekdays_zh{"星期一", "星期二", "星期三", "星期四",
                                                      "星期五", "星期六", "星期日"};

std::string en(CivilDate date) {
    return fmt::format("{} ({})", to_string(date), weekdays_en[date.iso_weekday() - 1]);
}

std::string zh(CivilDate date) {
    return fmt::format("{}（{}）", to_string(date), weekdays_zh[date.iso_weekday() - 1]);
}

std::string span(const TraceStep& step, std::string_view to) {
    if (step.other <= step.date) return to_string(step.date);
    return fmt::format("{}{}{}", to_string(step.date), to, to_string(step.other));
}

/// The step's instant as the clock on the wall shows it.
std::string wall(const TraceStep& step) {
    const Instant shown = step.at + seconds(step.offset_s);
    constexpr std::int64_t day = 86'400'000'000;
    const std::int64_t days = shown.micros / day - (shown.micros % day < 0 ? 1 : 0);
    return to_string(
        LocalTime{CivilDate{static_cast<std::int32_t>(days)}, shown.micros - days * day});
}

std::string ordinal(std::int32_t n) {
    const bool teens = n % 100 >= 11 && n % 100 <= 13;
    const char* ending = teens         ? "th"
                         : n % 10 == 1 ? "st"
                         : n % 10 == 2 ? "nd"
                         : n % 10 == 3 ? "rd"
                                       : "th";
    return fmt::format("{}{}", n, ending);
}

std::string_view unit_zh(PeriodUnit unit) {
    switch (unit) {
        case PeriodUnit::minutes:
            return "分钟";
        case PeriodUnit::hours:
            return "小时";
        case PeriodUnit::days:
            return "日";
        case PeriodUnit::working_days:
            return "个工作日";
        case PeriodUnit::weeks:
            return "周";
        case PeriodUnit::months:
            return "个月";
        case PeriodUnit::years:
            return "年";
    }
    return {};
}

bool single_days(PeriodUnit unit) {
    return unit == PeriodUnit::days || unit == PeriodUnit::working_days;
}

std::string counted_en(const TraceStep& step) {
    const bool before = step.date < step.other;
    if (before)
        return fmt::format("{} before {} is {}.", to_string(step.period), to_string(step.other),
                           en(step.date));
    if (single_days(step.period.unit) && step.period.count > 0)
        return fmt::format("The {} {} is {}.", ordinal(step.period.count),
                           step.period.unit == PeriodUnit::days ? "day" : "working day",
                           en(step.date));
    return fmt::format("{} from {} {} on {}.", to_string(step.period), to_string(step.other),
                       step.period.count == 1 ? "ends" : "end", en(step.date));
}

std::string counted_zh(const TraceStep& step) {
    const bool before = step.date < step.other;
    const std::string length = fmt::format("{}{}", step.period.count, unit_zh(step.period.unit));
    if (before) return fmt::format("{}之前{}为{}。", to_string(step.other), length, zh(step.date));
    if (single_days(step.period.unit) && step.period.count > 0)
        return fmt::format("第{}为{}。", length, zh(step.date));
    return fmt::format("自{}起{}，届满日为{}。", to_string(step.other), length, zh(step.date));
}

std::string moment_en(const TraceStep& step, std::string_view side) {
    return fmt::format("{} {} is {} in {}; hours do not move over rest days.",
                       to_string(step.period), side, wall(step), step.source);
}

std::string moment_zh(const TraceStep& step, std::string_view side) {
    return fmt::format("{}{}{}为{}（{}）；按小时计算不因休息日移动。", step.period.count,
                       unit_zh(step.period.unit), side, wall(step), step.source);
}

std::string rest_en(const TraceStep& step) {
    if (step.source.empty()) return fmt::format("{} is a rest day of the week.", en(step.date));
    return fmt::format("{} is a rest day: {}, until {} (source {}).", en(step.date),
                       step.name.in(Language::en), to_string(step.other), step.source);
}

std::string rest_zh(const TraceStep& step) {
    if (step.source.empty()) return fmt::format("{}为每周休息日。", zh(step.date));
    return fmt::format("{}为休息日：{}，至{}（依据 {}）。", zh(step.date),
                       step.name.in(Language::zh_cn), to_string(step.other), step.source);
}

std::string english(const TraceStep& step) {
    const std::string& name = step.name.in(Language::en);
    switch (step.kind) {
        case StepKind::local_day:
            return fmt::format("{} is {} in {}.", to_string(step.at), wall(step), step.source);
        case StepKind::day_not_counted:
            return step.other < step.date
                       ? fmt::format(
                             "The event is on {}; that day is not counted, counting runs back "
                             "from {}.",
                             en(step.date), to_string(step.other))
                       : fmt::format(
                             "The event is on {}; that day is not counted, counting begins on "
                             "{}.",
                             en(step.date), to_string(step.other));
        case StepKind::first_day_counted:
            return fmt::format("The event is on {}; that day is counted as the first.",
                               en(step.date));
        case StepKind::fixed_day:
            return fmt::format("The rule names {}.", en(step.date));
        case StepKind::counted:
            return counted_en(step);
        case StepKind::last_of_month:
            return fmt::format("The month has no day {}; its last day takes the place: {}.",
                               step.other.day(), to_string(step.date));
        case StepKind::rest_days_skipped:
            return fmt::format("Not counted: {}, {} (source {}).", span(step, " to "), name,
                               step.source);
        case StepKind::extra_days_worked:
            return fmt::format("Counted as worked: {}, {} (source {}).", span(step, " to "), name,
                               step.source);
        case StepKind::more_ranges:
            return fmt::format("{} further holidays and make-up days were met.", step.period.count);
        case StepKind::rest_day:
            return rest_en(step);
        case StepKind::workday:
            return fmt::format("{} is a workday: {} (source {}).", en(step.date), name,
                               step.source);
        case StepKind::rolled_forward:
            return fmt::format("The next workday is {}.", en(step.date));
        case StepKind::rolled_back:
            return fmt::format("The workday before is {}.", en(step.date));
        case StepKind::not_rolled:
            return fmt::format("By this rule the end does not move: it stays on {}.",
                               to_string(step.date));
        case StepKind::two_workdays:
            return fmt::format("The period must hold two working days; the second is {}.",
                               en(step.date));
        case StepKind::provisional:
            return fmt::format(
                "No holiday data covers {}: only the week was asked, the date is "
                "provisional.",
                step.date.year());
        case StepKind::from_moment:
            return fmt::format("Counted from the moment, {} in {}.", wall(step), step.source);
        case StepKind::start_of_day:
            return fmt::format("Only the day is known; counted from its start, {} in {}.",
                               wall(step), step.source);
        case StepKind::moment_after:
            return moment_en(step, "later");
        case StepKind::moment_before:
            return moment_en(step, "earlier");
        case StepKind::end_of_day:
            return fmt::format("{} ends at 24:00 in {}, {}.", to_string(step.date), step.source,
                               to_string(step.at));
    }
    return {};
}

std::string chinese(const TraceStep& step) {
    const std::string& name = step.name.in(Language::zh_cn);
    switch (step.kind) {
        case StepKind::local_day:
            return fmt::format("{} 在 {} 为 {}。", to_string(step.at), step.source, wall(step));
        case StepKind::day_not_counted:
            return step.other < step.date ? fmt::format("事件发生于{}，当日不计，自{}向前推算。",
                                                        zh(step.date), to_string(step.other))
                                          : fmt::format("事件发生于{}，当日不计，自{}起算。",
                                                        zh(step.date), to_string(step.other));
        case StepKind::first_day_counted:
            return fmt::format("事件发生于{}，当日计为第1日。", zh(step.date));
        case StepKind::fixed_day:
            return fmt::format("规则指定的日期为{}。", zh(step.date));
        case StepKind::counted:
            return counted_zh(step);
        case StepKind::last_of_month:
            return fmt::format("该月没有{}日，以月末日{}为届满日。", step.other.day(),
                               to_string(step.date));
        case StepKind::rest_days_skipped:
            return fmt::format("不计入：{}，{}（依据 {}）。", span(step, "至"), name, step.source);
        case StepKind::extra_days_worked:
            return fmt::format("计为工作日：{}，{}（依据 {}）。", span(step, "至"), name,
                               step.source);
        case StepKind::more_ranges:
            return fmt::format("另有{}段节假日或调休日。", step.period.count);
        case StepKind::rest_day:
            return rest_zh(step);
        case StepKind::workday:
            return fmt::format("{}为工作日：{}（依据 {}）。", zh(step.date), name, step.source);
        case StepKind::rolled_forward:
            return fmt::format("顺延至下一个工作日{}。", zh(step.date));
        case StepKind::rolled_back:
            return fmt::format("提前至前一个工作日{}。", zh(step.date));
        case StepKind::not_rolled:
            return fmt::format("本规则届满日不因休息日移动，仍为{}。", to_string(step.date));
        case StepKind::two_workdays:
            return fmt::format("期间至少应含两个工作日，第二个工作日为{}。", zh(step.date));
        case StepKind::provisional:
            return fmt::format("尚无{}年节假日安排，仅按每周工作日推算，日期为暂定。",
                               step.date.year());
        case StepKind::from_moment:
            return fmt::format("自当时起算：{}（{}）。", wall(step), step.source);
        case StepKind::start_of_day:
            return fmt::format("仅知日期，自当日开始起算：{}（{}）。", wall(step), step.source);
        case StepKind::moment_after:
            return moment_zh(step, "之后");
        case StepKind::moment_before:
            return moment_zh(step, "之前");
        case StepKind::end_of_day:
            return fmt::format("{}于当地24:00截止（{}，{}）。", to_string(step.date), step.source,
                               to_string(step.at));
    }
    return {};
}

}  // namespace

std::string explain(const TraceStep& step, Language language) {
    return language == Language::en ? english(step) : chinese(step);
}

std::vector<std::string> explain(const Trace& trace, Language language) {
    std::vector<std::string> sentences;
    sentences.reserve(trace.size());
    for (const TraceStep& step : trace) sentences.push_back(explain(step, language));
    return sentences;
}

}  // namespace dutylog::calendar
