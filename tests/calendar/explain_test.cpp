#include "engine/calendar/explain.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/calendar/data.hpp"

using namespace dutylog;
using namespace dutylog::calendar;
using namespace dutylog::calendar::test;

using Sentences = std::vector<std::string>;

TEST_CASE("15 days into the Spring Festival are explained", "[calendar][explain]") {
    const DueDate due =
        compute_due(day("2026-02-03"), {.period = period("15 days")}, china(), shanghai());
    CHECK(explain(due.trace, Language::en) ==
          Sentences{
              "The event is on 2026-02-03 (Tuesday); that day is not counted, counting begins on "
              "2026-02-04.",
              "The 15th day is 2026-02-18 (Wednesday).",
              "2026-02-18 (Wednesday) is a rest day: Spring Festival, until 2026-02-23 (source "
              "cn-2026).",
              "The next workday is 2026-02-24 (Tuesday).",
              "2026-02-24 ends at 24:00 in Asia/Shanghai, 2026-02-24T16:00:00Z.",
          });
    CHECK(explain(due.trace, Language::zh_cn) ==
          Sentences{
              "事件发生于2026-02-03（星期二），当日不计，自2026-02-04起算。",
              "第15日为2026-02-18（星期三）。",
              "2026-02-18（星期三）为休息日：春节，至2026-02-23（依据 cn-2026）。",
              "顺延至下一个工作日2026-02-24（星期二）。",
              "2026-02-24于当地24:00截止（Asia/Shanghai，2026-02-24T16:00:00Z）。",
          });
}

TEST_CASE("a count of working days names the holidays and make-up days it met",
          "[calendar][explain]") {
    const DueDate due =
        compute_due(day("2026-02-06"), {.period = period("30 working days")}, china(), shanghai());
    const Sentences sentences = explain(due.trace, Language::en);
    CHECK(Sentences(sentences.begin() + 1, sentences.end() - 1) ==
          Sentences{
              "Counted as worked: 2026-02-14, Spring Festival (source cn-2026).",
              "Not counted: 2026-02-15 to 2026-02-23, Spring Festival (source cn-2026).",
              "Counted as worked: 2026-02-28, Spring Festival (source cn-2026).",
              "The 30th working day is 2026-03-26 (Thursday).",
          });
}

TEST_CASE("a long count names so many ranges and counts the others", "[calendar][explain]") {
    const DueDate due =
        compute_due(day("2024-01-02"), {.period = period("700 working days")}, china(), shanghai());
    std::int32_t named = 0;
    std::int32_t others = 0;
    for (const TraceStep& step : due.trace) {
        named +=
            step.kind == StepKind::rest_days_skipped || step.kind == StepKind::extra_days_worked;
        if (step.kind == StepKind::more_ranges) others = step.period.count;
    }
    CHECK(named == trace_ranges_max);
    CHECK(others == 30);
}

TEST_CASE("clamped months, make-up days and hours are said in plain words", "[calendar][explain]") {
    const auto said = [](const Base& base, const char* length, std::size_t step,
                         Language language) {
        return explain(compute_due(base, {.period = period(length)}, china(), shanghai()).trace,
                       language)
            .at(step);
    };
    CHECK(said(day("2024-02-29"), "1 year", 1, Language::en) ==
          "The month has no day 29; its last day takes the place: 2025-02-28.");
    CHECK(said(day("2024-02-29"), "1 year", 2, Language::en) ==
          "1 year from 2024-02-29 ends on 2025-02-28 (Friday).");
    CHECK(said(day("2025-02-14"), "12 months", 2, Language::en) ==
          "2026-02-14 (Saturday) is made a workday: Spring Festival (source cn-2026).");
    CHECK(said(day("2026-04-08"), "10 days", 2, Language::en) ==
          "2026-04-18 (Saturday) is a rest day of the week.");
    CHECK(said(day("2026-12-20"), "15 days", 2, Language::zh_cn) ==
          "尚无2027年节假日安排，仅按每周工作日推算，日期为暂定。");
    const Instant told = moment("2025-10-21T09:55+08:00");
    CHECK(said(told, "1 hour", 0, Language::en) ==
          "Counted from the moment, 2025-10-21 09:55 in Asia/Shanghai.");
    CHECK(said(told, "1 hour", 1, Language::en) ==
          "1 hour later is 2025-10-21 10:55 in Asia/Shanghai; hours do not move over rest days.");
    CHECK(said(told, "2 days", 0, Language::en) ==
          "2025-10-21T01:55:00Z is 2025-10-21 09:55 in Asia/Shanghai.");
}

TEST_CASE("ordinals end as English wants them", "[calendar][explain]") {
    const auto nth = [](std::int32_t count) {
        return explain(TraceStep{.kind = StepKind::counted,
                                 .date = day("2026-02-18"),
                                 .other = day("2026-02-03"),
                                 .period = {count, PeriodUnit::days},
                                 .at = {},
                                 .source = {},
                                 .name = {}},
                       Language::en);
    };
    CHECK(nth(1) == "The 1st day is 2026-02-18 (Wednesday).");
    CHECK(nth(2) == "The 2nd day is 2026-02-18 (Wednesday).");
    CHECK(nth(13) == "The 13th day is 2026-02-18 (Wednesday).");
    CHECK(nth(23) == "The 23rd day is 2026-02-18 (Wednesday).");
    CHECK(nth(111) == "The 111th day is 2026-02-18 (Wednesday).");
}

TEST_CASE("a step that no version of the engine wrote is said without harm",
          "[calendar][explain]") {
    TraceStep step;
    step.kind = static_cast<StepKind>(200);
    CHECK(explain(step, Language::en).empty());
    step.kind = StepKind::counted;
    step.period = {-7, static_cast<PeriodUnit>(200)};
    CHECK_NOTHROW(explain(step, Language::zh_cn));
    CHECK_NOTHROW(explain(step, Language::en));
}

TEST_CASE("every kind of step has its own sentence in both languages", "[calendar][explain]") {
    for (const Language language : {Language::en, Language::zh_cn}) {
        std::vector<std::string> said;
        for (auto kind = 0; kind <= static_cast<int>(StepKind::at_once); ++kind) {
            TraceStep step;
            step.kind = static_cast<StepKind>(kind);
            step.source = "table";
            const std::string sentence = explain(step, language);
            CHECK_FALSE(sentence.empty());
            CHECK(sentence.find('{') == std::string::npos);
            CHECK(std::find(said.begin(), said.end(), sentence) == said.end());
            said.push_back(sentence);
        }
    }
}
