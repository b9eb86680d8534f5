#include "engine/runtime/engine.hpp"

#include <catch2/catch.hpp>

#include "adapters/memory/store.hpp"
#include "engine/log/derived_keys.hpp"
#include "tests/scenarios/library.hpp"

using namespace dutylog;

namespace {

constexpr Instant morning{1'736'157'600'000'000};  // 2025-01-06T10:00:00Z

/// A log in memory with the example library published.
struct Employer {
    memory::MemoryStore store;
    log::DerivedKeys keys{"test"};
    runtime::Engine engine{store, keys};

    Employer() {
        auto publication = runtime::publication_of(tests::shipped("workflows/examples").files);
        const auto answer = engine.run({pdca::PublishBundle{publication.bundle, "first", {}},
                                        meta("publish"), std::move(publication.blobs)},
                                       morning);
        REQUIRE_FALSE(answer.refusal);
    }

    static pdca::Meta meta(const std::string& id) {
        pdca::Meta made;
        made.id = CommandId{id};
        made.actor = ActorId{"records"};
        made.effective.at = morning;
        return made;
    }

    runtime::Answer add(const std::string& museum, const std::string& id) {
        return engine.run({pdca::AddSubject{{"museum", museum}, {}, {}}, meta(id), {}}, morning);
    }
};

std::string reason_of(const runtime::Answer& answer) {
    return answer.refusal ? answer.refusal->reason : "";
}

}  // namespace

TEST_CASE("a command sent again gets its first answer and is not carried out twice", "[runtime]") {
    Employer employer;
    const auto first = employer.add("acme", "c1");
    REQUIRE(reason_of(first).empty());
    const auto head = employer.store.head();
    const auto again = employer.add("acme", "c1");
    CHECK(again.repeated);
    CHECK(runtime::encode(again) == runtime::encode(first));
    CHECK(employer.store.head() == head);
}

TEST_CASE("a refused command sent again is refused once on the record", "[runtime]") {
    Employer employer;
    employer.add("acme", "c1");
    const auto first = employer.add("acme", "c2");
    REQUIRE(reason_of(first) == "exists");
    const auto head = employer.store.head();
    CHECK(runtime::encode(employer.add("acme", "c2")) == runtime::encode(first));
    CHECK(employer.store.head() == head);
}

TEST_CASE("a command by who has not seen the newest version of a stream leaves nothing",
          "[runtime]") {
    Employer employer;
    const auto seen_at = [](log::Version version, const std::string& id) {
        runtime::Submission submission{
            pdca::AddSubject{{"gallery", id}, {"museum", "acme"}, {}}, Employer::meta(id), {}};
        submission.seen = log::ExpectedVersion{pdca::subject_stream({"museum", "acme"}), version};
        return submission;
    };
    REQUIRE(reason_of(employer.engine.run(seen_at(1, "early"), morning)) == "stale_version");
    employer.add("acme", "c1");
    const auto head = employer.store.head();
    CHECK(reason_of(employer.engine.run(seen_at(0, "late"), morning)) == "stale_version");
    CHECK(employer.store.head() == head);
    const auto taken = employer.engine.run(seen_at(1, "north"), morning);
    CHECK(reason_of(taken).empty());
    employer.engine.run({pdca::RecordFact{{"museum", "acme"},
                                          "holds_role",
                                          Value{Record::of({{"role", "DIR"}, {"person", "ana"}})}},
                         Employer::meta("c2"),
                         {}},
                        morning);
    CHECK(runtime::encode(employer.engine.run(seen_at(1, "north"), morning)) ==
          runtime::encode(taken));  // a repeat gets its answer, whatever came since
}

TEST_CASE("an id used for another command is refused and leaves nothing", "[runtime]") {
    Employer employer;
    employer.add("acme", "c1");
    const auto head = employer.store.head();
    CHECK(reason_of(employer.add("other", "c1")) == "command_reused");
    CHECK(employer.store.head() == head);
}

TEST_CASE("a command without an id is refused and leaves nothing, as it could come again unnoticed",
          "[runtime]") {
    Employer employer;
    const auto head = employer.store.head();
    CHECK(reason_of(employer.add("acme", "")) == "no_command_id");
    CHECK(employer.store.head() == head);
    CHECK(reason_of(employer.add("acme", "c1")).empty());
}
