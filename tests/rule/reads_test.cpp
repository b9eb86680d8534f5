#include "engine/rule/reads.hpp"

#include <catch2/catch.hpp>

#include "tests/rule/world.hpp"

using namespace dutylog::rule;
using namespace dutylog::rule::test;

using Names = std::set<std::string>;
using Fields = std::set<FieldRead>;

TEST_CASE("an expression says what it reads", "[rule][reads]") {
    const Reads found = reads(
        checked("worker.exposures.any(e, e.level > 80 dB and exam_interval(worker, e) != none) and "
                "table(\"exam-interval\", title, \"any\", do.attend).interval == 1 year"));
    CHECK(found.variables == Names{"worker", "title", "do.attend"});
    CHECK(found.subjects == Fields{{"worker", "exposures"}});
    CHECK(found.records == Fields{{"exposure", "level"}, {"table:exam-interval", "interval"}});
    CHECK(found.tables == Names{"exam-interval"});
    CHECK(found.functions == Names{"exam_interval"});
}

TEST_CASE("variables of methods are not read, unless outside", "[rule][reads]") {
    CHECK(reads(checked("numbers.any(on, on > 1)")).variables == Names{"numbers"});
    CHECK(reads(checked("numbers.any(n, n > 1) and on < due")).variables ==
          Names{"due", "numbers", "on"});
    CHECK(reads(checked("numbers.map(numbers, numbers + 1)")).variables == Names{"numbers"});
}

TEST_CASE("words of an enumeration are no variables", "[rule][reads]") {
    CHECK(reads(checked("conclusion == other")).variables == Names{"conclusion"});
}

TEST_CASE("what several expressions read is added up", "[rule][reads]") {
    Reads all = reads(checked("due"));
    all.add(reads(checked("worker.badge.number")));
    CHECK(all.variables == Names{"due", "worker"});
    CHECK(all.subjects == Fields{{"worker", "badge"}});
    CHECK(all.records == Fields{{"badge", "number"}});
}
