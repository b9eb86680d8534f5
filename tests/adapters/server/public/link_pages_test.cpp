#include <catch2/catch.hpp>

#include "tests/adapters/server/public/reminded.hpp"

using namespace dutylog;
using namespace dutylog::test;
using notice::LinkPurpose;

TEST_CASE("a link acknowledges when its button is pressed, once, and opening it does nothing",
          "[server][links]") {
    Reminded museum;
    const std::string path = museum.path(LinkPurpose::acknowledge, "mei");
    const std::string page = museum.get(path);
    CHECK(status_of(page) == 200);
    CHECK_THAT(body_of(page), Catch::Contains("Maintenance of the fans") &&
                                  Catch::Contains("2025-06-10") && Catch::Contains("<form"));
    CHECK(body_of(page).find("mei") == std::string::npos);
    CHECK(museum.events<pdca::DeliveryRecorded>().empty());

    CHECK(status_of(museum.post(path)) == 200);
    const auto delivered = museum.events<pdca::DeliveryRecorded>();
    REQUIRE(delivered.size() == 1);
    CHECK(delivered[0].outcome == pdca::Delivery::acknowledged);
    CHECK(delivered[0].notice == museum.notice);
    CHECK(delivered[0].person == "mei");
    CHECK(delivered[0].channel == "link");

    for (const std::string& again : {museum.post(path), museum.get(path)}) {
        CHECK(status_of(again) == 410);
        CHECK_THAT(body_of(again), Catch::Contains("used before"));
    }
    museum.close();
    museum.open();
    CHECK(status_of(museum.post(path)) == 410);
    CHECK(museum.events<pdca::DeliveryRecorded>().size() == 1);
}

TEST_CASE("a link that is wrong, changed or too old says so, and not whether there is a notice",
          "[server][links]") {
    Reminded museum;
    const std::string good = museum.path(LinkPurpose::acknowledge, "mei");
    std::string changed = good;
    changed[changed.size() / 2] = changed[changed.size() / 2] == 'A' ? 'B' : 'A';
    const std::string wrong = museum.get("/l/AAAA");
    CHECK(status_of(wrong) == 404);
    CHECK(body_of(museum.get(changed)) == body_of(wrong));
    CHECK(body_of(museum.post(changed)) == body_of(wrong));
    // The signed name of a feed opens no page.
    const std::string feed = museum.house->links().calendar("mei", museum.clock.wall());
    const std::string token = feed.substr(feed.rfind('/') + 1, feed.size() - feed.rfind('/') - 5);
    CHECK(body_of(museum.get("/l/" + token)) == body_of(wrong));

    museum.restart_at(24 * 14);
    const std::string expired = museum.post(good);
    CHECK(status_of(expired) == 410);
    CHECK_THAT(body_of(expired), Catch::Contains("expired"));
    CHECK(body_of(expired).find("fans") == std::string::npos);
    CHECK(museum.events<pdca::DeliveryRecorded>().empty());
}

TEST_CASE("a link that opens a duty says that it was read", "[server][links]") {
    Reminded museum;
    CHECK(status_of(museum.post(museum.path(LinkPurpose::open, "mei"))) == 200);
    CHECK(museum.events<pdca::DeliveryRecorded>().at(0).outcome == pdca::Delivery::read);
}

TEST_CASE("more time is asked of someone else, with a reason, inside the duty's deadline",
          "[server][links]") {
    Reminded museum;
    const std::string own = museum.get(museum.path(LinkPurpose::postpone, "mei"));
    CHECK_THAT(body_of(own), Catch::Contains("no step that you can put off"));
    museum.serviced();
    const std::string path = museum.path(LinkPurpose::postpone, "omar");
    CHECK_THAT(body_of(museum.get(path)),
               Catch::Contains("Measure the speed of the air") && Catch::Contains("value=\"ana\""));
    const std::string form = "step=check.speed&approver=ana&until=";
    for (const std::string& bad :
         {form + "2025-06-08", form + "2025-06-08&reason=+", form + "2025-06-11&reason=late",
          form + "2025-05-01&reason=late", form + "soon&reason=late",
          std::string{"step=check.speed&approver=omar&until=2025-06-08&reason=late"},
          std::string{"step=do.service&approver=ana&until=2025-06-08&reason=late"}}) {
        INFO(bad);
        CHECK(status_of(museum.post(path, bad)) == 422);
    }
    CHECK(status_of(museum.post(path, form + "2025-06-08&reason=the+meter+is+away")) == 200);
    const auto asked = museum.events<pdca::PostponementAsked>();
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].approver == ActorId{"ana"});
    CHECK(asked[0].reason == "the meter is away");
    CHECK(to_string(asked[0].until) == "2025-06-08");
    CHECK(status_of(museum.post(path, form + "2025-06-09&reason=again")) == 410);
    const auto told = museum.events<pdca::NoticePlanned>().back();
    CHECK(told.kind == pdca::NoticeKind::decision);
    CHECK(told.to.front().person == "ana");
    CHECK(told.by == ActorId{"omar"});
}

TEST_CASE("who was asked grants more time or refuses it by a link, once, and nobody else can",
          "[server][links]") {
    Reminded museum;
    museum.serviced();
    museum.post(museum.path(LinkPurpose::postpone, "omar"),
                "step=check.speed&approver=ana&until=2025-06-08&reason=late");
    museum.notice = museum.events<pdca::NoticePlanned>().back().notice;
    const std::string grant = museum.path(LinkPurpose::grant, "ana");
    const std::string refuse = museum.path(LinkPurpose::refuse, "ana");
    CHECK_THAT(body_of(museum.get(grant)),
               Catch::Contains("2025-06-08") && Catch::Contains("<form"));
    for (const char* other : {"omar", "mei"})
        CHECK(status_of(museum.post(museum.path(LinkPurpose::grant, other))) == 422);
    const std::string omar = museum.token_of("omar", {"own"});
    const auto answer = [&] {
        return museum.ask_as(omar, "GET /api/v1/inbox").body.at("entries").at(0).as_object();
    };
    SECTION("granted") {
        CHECK(status_of(museum.post(grant)) == 200);
        const auto decided = museum.events<pdca::PostponementDecided>();
        REQUIRE(decided.size() == 1);
        CHECK(decided[0].granted);
        CHECK(to_string(decided[0].deadline.effective()) == "2025-06-08");
        CHECK(answer().at("kind") == "more_time_granted");
    }
    SECTION("refused, with a reason") {
        CHECK(status_of(museum.post(refuse)) == 422);
        CHECK(status_of(museum.post(refuse, "reason=the+meter+is+back")) == 200);
        const auto decided = museum.events<pdca::PostponementDecided>();
        REQUIRE(decided.size() == 1);
        CHECK_FALSE(decided[0].granted);
        CHECK(decided[0].reason == "the meter is back");
        CHECK(answer().at("kind") == "more_time_refused");
        CHECK(answer().at("reason") == "the meter is back");
        CHECK_THAT(json::serialize(answer()), Catch::Contains("Decided by"));
    }
    for (const std::string& again : {museum.post(grant), museum.post(refuse, "reason=x")})
        CHECK(status_of(again) == 410);
    CHECK(museum.events<pdca::PostponementDecided>().size() == 1);
}

TEST_CASE("a step is handed on to somebody who is known, by its owner", "[server][links]") {
    Reminded museum;
    const std::string path = museum.path(LinkPurpose::delegate, "mei");
    CHECK(status_of(museum.post(path, "step=do.service&to=nobody&reason=away")) == 422);
    CHECK(status_of(museum.post(path, "step=do.service&to=mei&reason=away")) == 422);
    CHECK(status_of(museum.post(path, "step=do.service&to=omar&reason=away")) == 200);
    const auto given = museum.events<pdca::StepReassigned>();
    REQUIRE(given.size() == 1);
    CHECK(given[0].owner == ActorId{"omar"});
    // Who was told of it for another reason has nothing to hand on.
    const std::string other = museum.path(LinkPurpose::delegate, "ana");
    CHECK(status_of(museum.post(other, "step=do.service&to=ana&reason=x")) == 422);
}

TEST_CASE("digests are unsubscribed from with one click, as mail programs do it",
          "[server][links]") {
    Reminded museum;
    museum.notice = "digest-1";
    const std::string path = museum.path(LinkPurpose::unsubscribe, "mei");
    CHECK_THAT(body_of(museum.get(path)), Catch::Contains("No more digests"));
    CHECK(status_of(museum.post(path,
                                "--b\r\nContent-Disposition: form-data; "
                                "name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n",
                                "multipart/form-data; boundary=b")) == 200);
    const auto told = museum.events<pdca::DeliveryRecorded>();
    REQUIRE(told.size() == 1);
    CHECK(told[0].notice == "subject/keeper/mei#digests");
    CHECK(told[0].outcome == pdca::Delivery::skipped);
    CHECK(status_of(museum.post(path, "List-Unsubscribe=One-Click")) == 410);
}

TEST_CASE("an address that asks too often is told to wait", "[server][links]") {
    Museum museum;
    unsigned status = 0;
    std::string answer;
    for (int i = 0; i < 100 && status != 429; ++i) {
        RawClient client{museum.port};
        client.send("GET /l/AAAA HTTP/1.1\r\nHost: a\r\n\r\n");
        answer = client.read_answer();
        status = status_of(answer);
    }
    CHECK(status == 429);
    CHECK_FALSE(field_of(answer, "Retry-After").empty());
}

TEST_CASE("links stop working when their keys are forgotten", "[server][links]") {
    Reminded museum;
    const std::string path = museum.path(LinkPurpose::acknowledge, "mei");
    CHECK(museum.ask("POST /api/v1/link-keys").status == 204);
    CHECK(status_of(museum.get(path)) == 200);
    CHECK(museum.ask("POST /api/v1/link-keys?forget=true").status == 204);
    CHECK(status_of(museum.get(path)) == 404);
    CHECK(museum.ask_as("", "POST /api/v1/link-keys").status == 401);
}
