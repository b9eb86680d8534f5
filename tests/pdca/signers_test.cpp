#include <catch2/catch.hpp>

#include "tests/pdca/support/maintenance.hpp"

// Signatures that people ask for besides those the definition names.

using namespace dutylog;              // NOLINT
using namespace dutylog::pdca;        // NOLINT
using namespace dutylog::pdca::test;  // NOLINT

namespace {

/// EQ does it, OHM answers for it, WS approves it.
const std::string signed_work = R"(
id: signed-work
for: fan where fan.running != none
due: 1 month after fan.running.on
owner: EQ
accountable: OHM
do:
  service:
    title: {zh-CN: 保养, en: Service}
    approve: all of [WS]
)";

const StreamId signed_duty = duty("signed-work");

Act adds(const std::string& when, const std::string& by, const std::string& signer) {
    return on(when, by, AddSigner{signed_duty, 0, "do.service", ActorId{signer}, "it is new"});
}
Act releases(const std::string& when, const std::string& by, const std::string& signer) {
    return on(when, by, ReleaseSigner{signed_duty, 0, "do.service", ActorId{signer}, "ill"});
}
Act does(const std::string& when, const std::string& by = "eli") {
    return on(when, by, complete(signed_duty, "do.service"));
}
Act approves(const std::string& when) {
    return on(when, "wes", ApproveStep{signed_duty, 0, "do.service", "WS"});
}
Act signs(const std::string& when, const std::string& by) {
    return on(when, by, ApproveStep{signed_duty, 0, "do.service", ""});
}

Play running() {
    Play play{{signed_work}};
    play.given({runs("2025-01-06")});
    return play;
}

}  // namespace

TEST_CASE("a step is complete only when who was asked to has signed it too", "[pdca][signer]") {
    running()
        .given({adds("2025-01-07", "omar", "tao"), does("2025-01-10"), approves("2025-01-11")})
        .when(signs("2025-01-13", "tao"))
        .then({"step_approved do.service", "deadline_met on 2025-01-10", "cycle_closed"});
    running()
        .given({adds("2025-01-07", "omar", "tao"), does("2025-01-10"), signs("2025-01-11", "tao")})
        .when(approves("2025-01-13"))
        .then({"step_approved do.service as WS", "deadline_met on 2025-01-10", "cycle_closed"});
}

TEST_CASE("the signer is told when there is something to sign, and once", "[pdca][signer]") {
    Play play = running();
    play.when(adds("2025-01-07", "omar", "tao")).then({"signer_added do.service by tao"});
    play.when(does("2025-01-10"))
        .then({"step_completed do.service", "notice_planned signature to tao"});
    CHECK(play.outbox().contains("duty/signed-work/fan/F1#1.do.service.sign@tao"));
    play.when(approves("2025-01-11")).then({"step_approved do.service as WS"});
}

TEST_CASE("who is asked after the work is done is told at once", "[pdca][signer]") {
    running()
        .given({does("2025-01-10")})
        .when(adds("2025-01-11", "wes", "tao"))
        .then({"signer_added do.service by tao", "notice_planned signature to tao"});
}

TEST_CASE("work that was sent back is signed anew", "[pdca][signer]") {
    Play play = running();
    play.given(
        {adds("2025-01-07", "omar", "tao"), does("2025-01-10"), signs("2025-01-11", "tao"),
         on("2025-01-12", "wes", ReturnStep{signed_duty, 0, "do.service", "the belt is loose"})});
    play.when(does("2025-01-13"))
        .then({"step_completed do.service", "notice_planned signature to tao"});
    play.when(approves("2025-01-14")).then({"step_approved do.service as WS"});
    play.when(signs("2025-01-15", "tao")).then_among({"deadline_met on 2025-01-13"});
}

TEST_CASE("a signer can send the work back instead of signing", "[pdca][signer]") {
    running()
        .given({adds("2025-01-07", "omar", "tao"), does("2025-01-10")})
        .when(on("2025-01-11", "tao", ReturnStep{signed_duty, 0, "do.service", "no photo"}))
        .then_among({"step_returned do.service"});
}

TEST_CASE("who answers for a step, does it or approves it may ask for a signature",
          "[pdca][signer]") {
    for (const char* by : {"eli", "omar", "wes", "pia"})
        running().when(adds("2025-01-07", by, "tao")).then({"signer_added do.service by tao"});
    running().when(adds("2025-01-07", "zhang", "tao")).then_refused("not_concerned");
    running()
        .given({adds("2025-01-07", "omar", "zhang")})
        .when(adds("2025-01-08", "zhang", "tao"))
        .then({"signer_added do.service by tao"});
}

TEST_CASE("nobody signs their own work", "[pdca][signer]") {
    running().when(adds("2025-01-07", "omar", "eli")).then_refused("self_approval");
    running()
        .given({does("2025-01-08", "zhang")})
        .when(adds("2025-01-09", "omar", "zhang"))
        .then_refused("self_approval");
    running()
        .given({adds("2025-01-07", "omar", "tao")})
        .when(does("2025-01-08", "tao"))
        .then_refused("signer_is_doer");
    running()
        .given({adds("2025-01-07", "omar", "tao")})
        .when(on("2025-01-08", "omar",
                 ReassignStep{signed_duty, 0, "do.service", ActorId{"tao"}, "ill"}))
        .then_refused("signer_is_doer");
}

TEST_CASE("a signature is asked for once, of somebody who is there, for a reason",
          "[pdca][signer]") {
    running().when(adds("2025-01-07", "omar", "nobody")).then_refused("unknown_person");
    running()
        .given({adds("2025-01-07", "omar", "tao")})
        .when(adds("2025-01-08", "eli", "tao"))
        .then_refused("already_asked");
    running()
        .when(on("2025-01-07", "omar", AddSigner{signed_duty, 0, "do.service", ActorId{"tao"}, ""}))
        .then_refused("no_reason");
    Play two_approvers = running();
    two_approvers.given(
        {adds("2025-01-07", "omar", "tao"), does("2025-01-10"), approves("2025-01-11")});
    two_approvers.when(adds("2025-01-12", "omar", "wes")).then_refused("already_signed");
}

TEST_CASE("only who was asked signs, what is done, and once", "[pdca][signer]") {
    running()
        .given({does("2025-01-10")})
        .when(signs("2025-01-11", "tao"))
        .then_refused("not_asked");
    running()
        .given({adds("2025-01-07", "omar", "tao")})
        .when(signs("2025-01-08", "tao"))
        .then_refused("not_done");
    running()
        .given({adds("2025-01-07", "omar", "tao"), does("2025-01-10"), signs("2025-01-11", "tao")})
        .when(signs("2025-01-12", "tao"))
        .then_refused("already_signed");
}

TEST_CASE("who asked, or who answers for the duty, can do without a signature; not the doer",
          "[pdca][signer]") {
    running()
        .given({adds("2025-01-07", "wes", "tao"), does("2025-01-10"), approves("2025-01-11")})
        .when(releases("2025-01-12", "omar", "tao"))
        .then({"signer_released do.service by tao", "deadline_met on 2025-01-10", "cycle_closed"});
    running()
        .given({adds("2025-01-07", "eli", "tao")})
        .when(releases("2025-01-08", "eli", "tao"))
        .then_refused("self_approval");
    running()
        .given({adds("2025-01-07", "omar", "tao")})
        .when(releases("2025-01-08", "wes", "tao"))
        .then_refused("not_concerned");
    running().when(releases("2025-01-08", "omar", "tao")).then_refused("not_asked");
}

TEST_CASE("a signature that comes too late ends the breach and does not undo it",
          "[pdca][signer]") {
    Play play = running();
    play.given({adds("2025-01-07", "omar", "tao"), does("2025-01-10"), approves("2025-01-11")});
    play.until("2025-02-08").then_among({"deadline_missed due 2025-02-06 overdue"});
    play.when(signs("2025-02-10", "tao")).then_among({"step_approved do.service", "cycle_closed"});
}

TEST_CASE("what is complete needs no further signature", "[pdca][signer]") {
    Play{{maintenance}}
        .given({runs("2025-01-06"), serviced("2025-03-20")})
        .when(on("2025-03-21", "eli",
                 AddSigner{fan_duty, 1, "do.service", ActorId{"tao"}, "late thought"}))
        .then_refused("already_done");
}

TEST_CASE("whoever has still to sign can be urged", "[pdca][signer][urge]") {
    running()
        .given({adds("2025-01-07", "omar", "tao"), does("2025-01-10")})
        .when(on("2025-01-13", "eli", UrgeStep{signed_duty, 0, "do.service", ""}))
        .then({"step_urged do.service of wes, tao", "notice_planned urge to wes to tao"});
}
