#include "tests/simulation/checks.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "adapters/memory/store.hpp"
#include "engine/log/derived_keys.hpp"
#include "engine/pdca/stored.hpp"
#include "tests/simulation/author.hpp"
#include "tests/simulation/broken.hpp"
#include "tests/simulation/through.hpp"

using namespace dutylog;
using namespace dutylog::simulation;

namespace {

/// A history with work, missed deadlines, notices, gates and refusals in it.
constexpr std::uint64_t rich_seed = 8;

/// A sound log, and what its clients were told.
struct Sound {
    memory::MemoryStore store;
    log::DerivedKeys keys{"simulation"};
    std::unique_ptr<runtime::Engine> engine;
    Ledger answered;
    Instant end;

    Sound() {
        const Story story = write_story(rich_seed, Plant::none);
        engine = std::make_unique<runtime::Engine>(store, keys);
        for (const Lived& lived : story.lived)
            for (const runtime::Answer& answer : carry_out(*engine, lived.move))
                if (!answer.command.empty() &&
                    !(answer.refusal && answer.refusal->reason == "command_reused"))
                    answered.insert_or_assign(answer.command, answer);
        end = story.end;
    }
};

Sound& sound() {
    static Sound made;
    return made;
}

/// The sound log, as somebody reads it who reads it wrongly.
class Tampered final : public Through {
public:
    Tampered() : Through{sound().store} {}

    std::function<void(log::StoredEvent&)> change = [](log::StoredEvent&) {};
    std::set<log::Position> hidden;
    std::set<log::Position> doubled;
    std::function<void(std::vector<log::Timer>&)> change_timers = [](auto&) {};
    std::function<void(std::vector<log::OutboxEntry>&)> change_outbox = [](auto&) {};
    std::function<void(std::optional<log::CommandResult>&)> change_result = [](auto&) {};
    std::function<void(log::TreeHead&)> change_head = [](log::TreeHead&) {};

    void scan(log::Position from, const Visit& visit) override {
        store_.scan(from, [&](const log::StoredEvent& stored) {
            const log::Position at = stored.envelope.position;
            if (hidden.contains(at)) return true;
            log::StoredEvent read = stored;
            change(read);
            return visit(read) && (!doubled.contains(at) || visit(read));
        });
    }
    std::vector<log::Timer> timers_due(Instant until, std::size_t limit) override {
        auto timers = store_.timers_due(until, limit);
        change_timers(timers);
        return timers;
    }
    std::vector<log::OutboxEntry> outbox(std::size_t limit) override {
        auto entries = store_.outbox(limit);
        change_outbox(entries);
        return entries;
    }
    std::optional<log::CommandResult> result_of(const CommandId& command) override {
        auto result = store_.result_of(command);
        change_result(result);
        return result;
    }
    log::TreeHead head() override {
        log::TreeHead head = store_.head();
        change_head(head);
        return head;
    }
};

/// The first event for which `wanted` holds; the history is to have one.
template <class Wanted>
log::StoredEvent first(const Wanted& wanted) {
    std::optional<log::StoredEvent> found;
    sound().store.scan(1, [&](const log::StoredEvent& stored) {
        if (wanted(stored)) found = stored;
        return !found;
    });
    REQUIRE(found);
    return *found;
}

log::StoredEvent first_of(std::string_view type) {
    return first([&](const log::StoredEvent& stored) { return stored.envelope.type == type; });
}

/// What the check says of it; nothing where it finds nothing.
template <class Check>
std::string found_by(const Check& check) {
    try {
        check();
        return "";
    } catch (const Broken& broken) {
        return broken.what();
    }
}

std::string found_in_record(Tampered& log) {
    return found_by([&] { check_record(log); });
}
std::string found_in_commands(Tampered& log) {
    return found_by([&] { check_commands(log, sound().answered); });
}
std::string found_in_fold(Tampered& log) {
    return found_by([&] { check_fold(log, *sound().engine); });
}
std::string found_in_once(Tampered& log) {
    return found_by([&] { check_once(log, sound().engine->world(), sound().end); });
}
std::string found_in_rehearsal(Tampered& log) {
    return found_by([&] { check_rehearsal(log, *sound().engine); });
}

auto at(log::Position position, std::function<void(log::StoredEvent&)> change) {
    return [position, change = std::move(change)](log::StoredEvent& stored) {
        if (stored.envelope.position == position) change(stored);
    };
}

using Catch::Matchers::Contains;

}  // namespace

TEST_CASE("a sound log passes every check", "[simulation]") {
    Tampered log;
    CHECK(found_in_record(log).empty());
    CHECK(found_in_commands(log).empty());
    CHECK(found_in_fold(log).empty());
    CHECK(found_in_once(log).empty());
    CHECK(found_in_rehearsal(log).empty());
    CHECK(found_by([&] { check_refusals(log, sound().answered); }).empty());
    CHECK(found_by([&] { check_outbox(log); }).empty());
    CHECK(found_by([&] { check_settled(sound().engine->world(), sound().end); }).empty());
}

TEST_CASE("a position that is missing is found", "[simulation]") {
    Tampered log;
    log.hidden = {10};
    CHECK_THAT(found_in_record(log), Contains("positions have no gap"));
}

TEST_CASE("a byte that changed below a leaf is found", "[simulation]") {
    Tampered log;
    log.change = at(10, [](log::StoredEvent& stored) { stored.payload.back() ^= 1; });
    CHECK_THAT(found_in_record(log), Contains("its leaf is of its bytes"));
}

TEST_CASE("recorded time that runs back is found", "[simulation]") {
    Tampered log;
    log.change = at(10, [](log::StoredEvent& stored) { stored.envelope.recorded = Instant{1}; });
    CHECK_THAT(found_in_record(log), Contains("recorded time does not run back"));
}

TEST_CASE("a tree that is not over the stored events is found", "[simulation]") {
    Tampered log;
    log.change_head = [](log::TreeHead& head) { head.root.bytes[0] ^= 1; };
    CHECK_THAT(found_in_record(log), Contains("the root over the leaves"));
}

TEST_CASE("a command that was accepted and is not in the log is found", "[simulation]") {
    const auto lost = first([](const log::StoredEvent& stored) {
        const auto& envelope = stored.envelope;
        return envelope.type == pdca::FactRecorded::type && !envelope.command.empty();
    });
    Tampered log;
    log.hidden = {lost.envelope.position};
    CHECK_THAT(found_in_commands(log), Contains("are where its answer says"));
}

TEST_CASE("a command that is in the log twice is found", "[simulation]") {
    const auto once = first_of(pdca::FactRecorded::type);
    Tampered log;
    log.change = at(sound().store.head().size,
                    [&](log::StoredEvent& last) { last.envelope.command = once.envelope.command; });
    CHECK_THAT(found_in_commands(log), Contains("is in the log once"));
}

TEST_CASE("an answer that was not kept, or kept otherwise than given, is found", "[simulation]") {
    Tampered log;
    log.change_result = [](std::optional<log::CommandResult>& result) { result.reset(); };
    CHECK_THAT(found_in_commands(log), Contains("is kept"));
    log.change_result = [](std::optional<log::CommandResult>& result) {
        if (result) result->answer.push_back(0);
    };
    CHECK_THAT(found_in_commands(log), Contains("is kept as it was given"));
}

TEST_CASE("an effect of a refused command is found", "[simulation]") {
    const auto refusal = first_of(pdca::CommandRefused::type);
    const auto check = [](Tampered& log) {
        return found_by([&] { check_refusals(log, sound().answered); });
    };
    Tampered log;
    log.change = at(sound().store.head().size, [&](log::StoredEvent& last) {
        last.envelope.cause = refusal.envelope.position;
    });
    CHECK_THAT(check(log), Contains("nothing follows from a refusal"));

    Ledger answered = sound().answered;
    answered.at(refusal.envelope.command).last += 1;
    CHECK_THAT(found_by([&] { check_refusals(sound().store, answered); }),
               Contains("a refused command leaves its refusal"));
}

TEST_CASE("a missed deadline that is recorded twice is found", "[simulation]") {
    Tampered log;
    log.doubled = {first([](const log::StoredEvent& stored) {
                       if (stored.envelope.type != pdca::DeadlineMissed::type) return false;
                       const auto event = pdca::EventCodec::decode(
                           stored.envelope.type, stored.envelope.schema, stored.payload);
                       return std::get<pdca::DeadlineMissed>(event).breach !=
                              pdca::Breach::rejudged;
                   }).envelope.position};
    CHECK_THAT(found_in_once(log), Contains("a deadline is missed once"));
}

TEST_CASE("a rung that is climbed twice is found", "[simulation]") {
    Tampered log;
    log.doubled = {first_of(pdca::NoticesSkipped::type).envelope.position};
    CHECK_THAT(found_in_once(log), Contains("a rung is climbed once"));
}

TEST_CASE("a deadline that passed in silence is found", "[simulation]") {
    const Instant later = sound().end + hours(24 * 400);
    Tampered log;
    CHECK_THAT(found_by([&] { check_once(log, sound().engine->world(), later); }),
               Contains("a deadline that passed is met or missed"));
    CHECK_THAT(found_by([&] { check_settled(sound().engine->world(), later); }),
               Contains("nothing that follows is left unsaid"));
}

TEST_CASE("a state other than the one an event was stored with is found", "[simulation]") {
    Tampered log;
    log.change = at(first_of(pdca::DutyOpened::type).envelope.position,
                    [](log::StoredEvent& stored) { stored.envelope.state_hash.bytes[0] ^= 1; });
    CHECK_THAT(found_in_fold(log), Contains("replay gives the state hash"));
}

TEST_CASE("an event that the running engine does not know of is found", "[simulation]") {
    Tampered log;
    log.hidden = {sound().store.head().size};
    CHECK_THAT(found_in_fold(log), Contains("the running world equals a fold"));
}

TEST_CASE("a wake-up that is missing, or of another time, is found", "[simulation]") {
    REQUIRE_FALSE(sound().store.timers_due(sound().end + hours(24 * 4000), 1).empty());
    Tampered log;
    log.change_timers = [](std::vector<log::Timer>& timers) { timers.pop_back(); };
    CHECK_THAT(found_in_fold(log), Contains("every wake-up is kept"));
    log.change_timers = [](std::vector<log::Timer>& timers) { ++timers.back().due.micros; };
    CHECK_THAT(found_in_fold(log), Contains("is kept as the state asks for it"));
}

TEST_CASE("a message that is not waiting, or waits unasked, is found", "[simulation]") {
    const auto check = [](Tampered& log) { return found_by([&] { check_outbox(log); }); };
    Tampered log;
    REQUIRE_FALSE(sound().store.outbox(1).empty());
    log.change_outbox = [](auto& entries) { entries.pop_back(); };
    CHECK_THAT(check(log), Contains("every message waits"));
    log.change_outbox = [](auto& entries) { entries.push_back({"other@w1", "notice", {}, {}}); };
    CHECK_THAT(check(log), Contains("no message waits that nothing asks for"));
}

TEST_CASE("a history that does not come about again is found", "[simulation]") {
    Tampered log;
    log.hidden = {first_of(pdca::FactRecorded::type).envelope.position};
    CHECK_THAT(found_in_rehearsal(log), Contains("rehearsal"));
}
