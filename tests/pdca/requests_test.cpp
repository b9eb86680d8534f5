#include <catch2/catch.hpp>

#include "tests/pdca/support/maintenance.hpp"

// What people say to each other and ask of each other: comments, urging, more time.

using namespace dutylog;              // NOLINT
using namespace dutylog::pdca;        // NOLINT
using namespace dutylog::pdca::test;  // NOLINT

namespace {

/// A report is written before the service; it has some days of its own.
const std::string reported = R"(
id: reported
for: fan where fan.running != none
due: 3 months after fan.running.on
owner: EQ
accountable: OHM
met_by: do.service
plan:
  report: {title: {zh-CN: 方案, en: Plan}, due: 30 days after fan.running.on}
do:
  service: {title: {zh-CN: 保养, en: Service}}
)";

const StreamId reported_duty = duty("reported");

Act urges(const std::string& when, const std::string& by, const std::string& step = "do.service") {
    return on(when, by, UrgeStep{fan_duty, 0, step, "the inspector comes"});
}
Act asks_for(const std::string& when, const std::string& until, const std::string& approver,
             const std::string& by = "eli") {
    return on(when, by,
              AskPostponement{reported_duty, 0, "plan.report", day(until), ActorId{approver},
                              "parts are late"});
}
Act decides(const std::string& when, const std::string& by, bool granted,
            const std::string& reason = "") {
    return on(when, by, DecidePostponement{reported_duty, 0, "plan.report", granted, reason});
}

Play opened_cycle() {
    Play play{{maintenance}};
    play.given({runs("2025-01-06")}).until("2025-03-10");
    return play;
}

}  // namespace

// ---- comments ------------------------------------------------------------------------------

TEST_CASE("a comment on a step, a cycle or a duty is on the record and changes nothing",
          "[pdca][comment]") {
    const std::string steps[] = {"do.service", "", ""};
    const CycleNumber cycles[] = {0, 1, 0};
    for (int i = 0; i < 3; ++i) {
        Play play = opened_cycle();
        const Digest before = state_hash(*play.world().duty(fan_duty));
        play.when(on("2025-03-11", "omar",
                     AddComment{fan_duty, cycles[i], steps[i], Value{"the belt squeaks"}}))
            .then({steps[i].empty() ? "comment_added" : "comment_added on " + steps[i]});
        CHECK(state_hash(*play.world().duty(fan_duty)) == before);
        CHECK(std::get<CommentAdded>(play.outcome().events.front()).cycle == (i == 2 ? 0U : 1U));
    }
}

TEST_CASE("a cycle that is over can still be spoken of", "[pdca][comment]") {
    Play{{maintenance}}
        .given({runs("2025-01-06"), serviced("2025-03-20"), tested("2025-03-21", 2)})
        .when(on("2025-03-22", "omar", AddComment{fan_duty, 1, "", Value{"well done"}}))
        .then({"comment_added"});
}

TEST_CASE("a comment says something, about something that is there", "[pdca][comment]") {
    opened_cycle()
        .when(on("2025-03-11", "omar", AddComment{fan_duty, 0, "", Value{""}}))
        .then_refused("missing_field");
    opened_cycle()
        .when(on("2025-03-11", "omar", AddComment{duty("nothing"), 0, "", Value{"so"}}))
        .then_refused("unknown_duty");
    opened_cycle()
        .when(on("2025-03-11", "omar", AddComment{fan_duty, 7, "", Value{"so"}}))
        .then_refused("no_open_cycle");
    opened_cycle()
        .when(on("2025-03-11", "omar", AddComment{fan_duty, 0, "do.nothing", Value{"so"}}))
        .then_refused("unknown_step");
}

// ---- urging --------------------------------------------------------------------------------

TEST_CASE("who owes a step is urged, by an event and a notice that waits to be sent",
          "[pdca][urge]") {
    Play play = opened_cycle();
    play.when(urges("2025-03-11", "omar"))
        .then({"step_urged do.service of eli", "notice_planned urge to eli"});
    CHECK(play.outbox().contains("duty/maintenance/fan/F1#1.do.service.urge@eli"));
    CHECK(std::get<NoticePlanned>(play.outcome().events.back()).by == ActorId{"omar"});
}

TEST_CASE("a person is urged about a step once in a working day, whoever urges", "[pdca][urge]") {
    const auto again = [](const std::string& when, const std::string& by) {
        Play play = opened_cycle();
        play.given({urges("2025-03-14", "omar")}).when(urges(when, by));  // a Friday
        return play;
    };
    again("2025-03-14T16:00", "omar").then_refused("urged_already");
    again("2025-03-14T16:00", "pia").then_refused("urged_already");
    again("2025-03-16", "omar").then_refused("urged_already");  // Sunday counts to Friday
    again("2025-03-17", "omar").then_among({"step_urged do.service of eli"});
}

TEST_CASE("nobody urges themselves, nor where nobody owes anything", "[pdca][urge]") {
    opened_cycle().when(urges("2025-03-11", "eli")).then_refused("own_step");
    opened_cycle().when(urges("2025-03-11", "omar", "check.airflow")).then_refused("step_not_open");
    opened_cycle()
        .given({on("2025-03-11", "omar", SuspendCycle{fan_duty, 0, "shut"})})
        .when(urges("2025-03-12", "omar"))
        .then_refused("suspended");
}

TEST_CASE("a measure that is done waits for whoever verifies it, who can be urged",
          "[pdca][urge]") {
    Play{{maintenance}}
        .given({runs("2025-01-06"), serviced("2025-03-20"), tested("2025-03-21", 0),
                repaired("2025-03-22")})
        .when(urges("2025-03-24", "omar", "act.repair"))
        .then({"step_urged act.repair of pia", "notice_planned urge to pia"});
}

TEST_CASE("urging moves no deadline", "[pdca][urge]") {
    Play play = opened_cycle();
    play.given({urges("2025-03-11", "omar")});
    play.until("2025-04-08").then_among({"deadline_missed due 2025-04-07 overdue"});
}

// ---- a suspended cycle ---------------------------------------------------------------------

TEST_CASE("the suspended cycle is found without its number", "[pdca][cycle]") {
    opened_cycle()
        .given({on("2025-03-11", "omar", SuspendCycle{fan_duty, 0, "shut"})})
        .when(on("2025-03-20", "omar", ResumeCycle{fan_duty, 0}))
        .then_among({"cycle_resumed"});
    opened_cycle()
        .when(on("2025-03-20", "omar", ResumeCycle{fan_duty, 0}))
        .then_refused("not_suspended");
}

// ---- more time -----------------------------------------------------------------------------

TEST_CASE("more time is asked of the approver, who is told", "[pdca][more_time]") {
    Play play{{reported}};
    play.given({runs("2025-01-06")})
        .when(asks_for("2025-01-20", "2025-02-20", "omar"))
        .then({"postponement_asked plan.report until 2025-02-20 of omar",
               "notice_planned decision to omar"});
    CHECK(play.outbox().contains("duty/reported/fan/F1#1.plan.report.more_time@omar"));
}

TEST_CASE("what is granted moves the deadline of the step, what is refused leaves it",
          "[pdca][more_time]") {
    Play play{{reported}};
    play.given({runs("2025-01-06"), asks_for("2025-01-20", "2025-02-20", "omar")});
    SECTION("granted") {
        play.when(decides("2025-01-21", "omar", true))
            .then({"postponement_decided plan.report due 2025-02-20",
                   "notice_planned more_time_granted to eli"});
        play.until("2025-02-10").then({});
        play.until("2025-02-22").then_among({"deadline_missed plan.report due 2025-02-20 overdue"});
    }
    SECTION("refused") {
        play.when(decides("2025-01-21", "omar", false, "the parts are there"))
            .then({"postponement_decided plan.report refused",
                   "notice_planned more_time_refused to eli"});
        play.until("2025-02-10").then_among({"deadline_missed plan.report due 2025-02-05 overdue"});
    }
    SECTION("and it can be asked again") {
        play.given({decides("2025-01-21", "omar", false, "say why")});
        play.when(asks_for("2025-01-22", "2025-02-15", "omar"))
            .then_among({"postponement_asked plan.report until 2025-02-15 of omar"});
    }
}

TEST_CASE("who asked for more time is told of the answer, by whom and why", "[pdca][more_time]") {
    Play play{{reported}};
    play.given({runs("2025-01-06"), asks_for("2025-01-20", "2025-02-20", "omar")});
    play.given({decides("2025-01-21", "omar", false, "the parts are there")});
    const std::string id = "duty/reported/fan/F1#1.plan.report.more_time_answer";
    CHECK(play.outbox().contains(id + "@eli"));
    const NoticeState& refused = play.world().duty(reported_duty)->notices.back();
    CHECK(refused.id == id);
    CHECK(refused.kind == NoticeKind::more_time_refused);
    CHECK(refused.by == ActorId{"omar"});
    play.given({asks_for("2025-01-22", "2025-02-15", "omar"), decides("2025-01-23", "omar", true)});
    CHECK(play.outbox().contains(id + "~2@eli"));  // an answer of its own
}

TEST_CASE("who asked for more time and is nobody in the log is told nothing", "[pdca][more_time]") {
    Play{{reported}}
        .given({runs("2025-01-06"), asks_for("2025-01-20", "2025-02-20", "omar", "a program")})
        .when(decides("2025-01-21", "omar", true))
        .then({"postponement_decided plan.report due 2025-02-20"});
}

TEST_CASE("nobody decides on their own request, and only who was asked", "[pdca][more_time]") {
    struct Row {
        Act act;
        const char* reason;
    };
    const Row asking[] = {
        {asks_for("2025-01-20", "2025-02-20", "eli"), "self_approval"},
        {asks_for("2025-01-20", "2025-02-20", "eli", "wes"), "self_approval"},  // eli owns it
        {asks_for("2025-01-20", "2025-02-20", "nobody"), "unknown_person"},
        {asks_for("2025-01-20", "2025-05-20", "omar"), "law_deadline"},
        {on("2025-01-20", "eli",
            AskPostponement{reported_duty, 0, "do.service", day("2025-02-20"), ActorId{"omar"},
                            "r"}),
         "law_deadline"},
        {decides("2025-01-20", "omar", true), "not_asked"},
    };
    for (const Row& row : asking)
        Play{{reported}}.given({runs("2025-01-06")}).when(row.act).then_refused(row.reason);
    const Row deciding[] = {
        {decides("2025-01-21", "eli", true), "self_approval"},
        {decides("2025-01-21", "pia", true), "not_the_approver"},
        {decides("2025-01-21", "omar", false), "no_reason"},
        {asks_for("2025-01-21", "2025-02-19", "pia"), "already_asked"},
    };
    for (const Row& row : deciding)
        Play{{reported}}
            .given({runs("2025-01-06"), asks_for("2025-01-20", "2025-02-20", "omar")})
            .when(row.act)
            .then_refused(row.reason);
}

TEST_CASE("what was asked is over when the step is done", "[pdca][more_time]") {
    Play{{reported}}
        .given({runs("2025-01-06"), asks_for("2025-01-20", "2025-02-20", "omar"),
                on("2025-01-21", "eli", complete(reported_duty, "plan.report"))})
        .when(decides("2025-01-22", "omar", true))
        .then_refused("not_asked");
}

// ---- channels ------------------------------------------------------------------------------

TEST_CASE("a channel stays off until somebody switches it on", "[pdca][channel]") {
    const auto off = SwitchChannel{"hr", false, "gone", "HTTP 410"};
    Play play{{maintenance}};
    play.when(on("2025-01-06", "sender", off)).then({"notice_channel_switched hr off"});
    CHECK(play.world().channels_off.contains("hr"));
    play.when(on("2025-01-07", "sender", off)).then_refused("no_change");
    play.when(on("2025-01-08", "omar", SwitchChannel{"hr", true, "", "mended"}))
        .then({"notice_channel_switched hr on"});
    CHECK(play.world().channels_off.empty());
}
