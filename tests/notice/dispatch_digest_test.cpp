#include "tests/notice/dispatch_desk.hpp"

using namespace dutylog;
using namespace dutylog::notice;
using namespace dutylog::notice::dispatch;
using namespace dutylog::notice::dispatch::test;

TEST_CASE("what falls into one slot is one digest, what is critical does not wait for it",
          "[notice][dispatch]") {
    Desk desk;
    desk.planned("n1", "omar").planned("n2", "omar", Severity::warning, "duty/m");
    desk.planned("n3", "omar", Severity::critical);
    CHECK(desk.begun() == Lines{"mail n3"});
    desk.ends(taken).all_recorded().at(friday(9));
    CHECK(desk.begun() == Lines{"mail n1+n2"});
    CHECK(desk.under_way.front().is_digest());
    desk.reports.clear();
    desk.ends(taken);
    CHECK(desk.facts() == Lines{"n1 sent, delivered", "n2 sent, delivered"});
}

TEST_CASE("who wants no digests gets each thing by itself, at the same times",
          "[notice][dispatch]") {
    Dispatcher dispatcher{contacts()};
    for (const char* notice : {"n1", "n2"})
        dispatcher.appear({.notice = notice,
                           .person = "omar",
                           .role = "owner",
                           .duty = "duty/d",
                           .planned = friday(8),
                           .by_itself = true},
                          site, friday(8));
    CHECK(dispatcher.next(friday(8, 59)).attempts.empty());
    const Orders orders = dispatcher.next(friday(9));
    REQUIRE(orders.attempts.size() == 1);  // the second is of the same duty and waits for the first
    CHECK(orders.attempts[0].notices == Lines{"n1"});
}

TEST_CASE("what has become needless is not sent; a digest speaks of what is left",
          "[notice][dispatch]") {
    Desk desk;
    desk.planned("n1", "omar").planned("n2", "omar").planned("n3", "omar");
    desk.gone_from_outbox("n2", "omar").at(friday(9));
    CHECK(desk.begun() == Lines{"mail n1+n3"});
    desk.gone_from_outbox("n1", "omar").ends(silence).later(minutes(2));
    INFO("an attempt that is made again says the same");
    CHECK(desk.begun() == Lines{"mail n1+n3"});
    desk.gone_from_outbox("n3", "omar").ends(silence).later(hours(2));
    CHECK(desk.begun().empty());
    CHECK(desk.facts() == Lines{"n3 failed"});
}

TEST_CASE("the same notices give the same digest after a restart", "[notice][dispatch]") {
    const auto key = [](Elapsed late) {
        Desk desk;
        desk.planned("n1", "omar").planned("n2", "omar").at(friday(9) + late);
        return desk.under_way.front().key;
    };
    CHECK(key(seconds(0)) == key(hours(3)));
}
