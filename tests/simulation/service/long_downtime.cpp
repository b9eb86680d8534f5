#include <map>
#include <set>

#include "engine/pdca/stored.hpp"
#include "tests/simulation/broken.hpp"
#include "tests/simulation/checks.hpp"
#include "tests/simulation/service/big_life.hpp"
#include "tests/simulation/service/crowd.hpp"
#include "tests/simulation/service/promises.hpp"
#include "tests/simulation/service/receivers.hpp"

namespace dutylog::simulation {

namespace {

constexpr Instant monday{1'736'128'800'000'000};  // 2025-01-06T10:00 in Shanghai
constexpr Elapsed downtime = hours(24 * 90);
constexpr Elapsed told_within = hours(24);
constexpr std::size_t people = 40;
/// A digest holds so many notices; what a person has missed comes in as many as that takes,
constexpr std::size_t digest_holds = 1'000;
/// and so many more, since what is noticed a little later comes in one of its own.
constexpr std::size_t messages_beside = 3;

class AfterDowntime {
public:
    AfterDowntime(std::uint64_t seed, std::size_t deadlines, ServicePlant plant)
        : draw_{seed},
          outside_{monday, draw_.fork(), plant},
          machine_{outside_, sqlite_disk(draw_.fork(), true), [] {}},
          crowd_{.sites = people, .assets = deadlines} {
        open_mailboxes(outside_, draw_, people);
        machine_.begin();
    }

    ServiceTally live() {
        enter_crowd(machine_, outside_, crowd_);
        promise_all(machine_, outside_, crowd_, 1);
        machine_.process().engine().save_snapshot();
        machine_.restart(downtime);
        back_ = outside_.clocks.wall();
        catch_up();
        check_missed();
        check_once(store(), machine_.process().engine().world(), outside_.clocks.wall());
        pass(minutes(30), seconds(1));
        pass(told_within, minutes(5));
        check_all_told(store(), monday, back_ + told_within);
        check_nothing_fails(store(), back_, outside_.clocks.wall());
        check_no_flood();
        check_sent(store(), outside_);
        check_reports(store(), outside_);
        check_record(store());
        return tally();
    }

private:
    log::EventStore& store() { return machine_.store(); }

    void turn() {
        machine_.process().turn();
        outside_.turn();
        require(outside_.broken.empty(), outside_.broken);
    }

    /// Until no timer is due any more; people are told meanwhile.
    void catch_up() {
        for (std::size_t turns = 0;; ++turns) {
            turn();
            outside_.clocks.pass(seconds(1));
            const auto next = machine_.process().loop().wake_up();
            if (!next || *next > outside_.clocks.wall()) return;
            require(turns < crowd_.assets, "the service catches up with what it has missed");
        }
    }

    /// What is under way is let come to its end, second by second.
    void pass(Elapsed span, Elapsed step) {
        const Instant until = outside_.clocks.wall() + span;
        while (outside_.clocks.wall() < until) {
            turn();
            const bool busy = machine_.process().courier().figures().under_way > 0;
            outside_.clocks.pass(busy ? seconds(1) : step);
        }
    }

    /// Every deadline once, recorded now, with the time at which it was due.
    void check_missed() {
        std::set<StreamId> missed;
        std::set<Instant> due;
        store().scan(1, [&](const log::StoredEvent& stored) {
            const log::Envelope& envelope = stored.envelope;
            if (envelope.type != pdca::DeadlineMissed::type) return true;
            const auto event = std::get<pdca::DeadlineMissed>(
                pdca::EventCodec::decode(envelope.type, envelope.schema, stored.payload));
            require(missed.insert(envelope.stream).second,
                    "a missed deadline is on the record once: " + envelope.stream.str());
            due.insert(event.due);
            require(envelope.recorded >= back_ && event.due < back_ - hours(24 * 75),
                    "what was missed is recorded afterwards, with its own time: " +
                        envelope.stream.str());
            return true;
        });
        require(missed.size() == crowd_.assets,
                "every missed deadline is on the record: " + std::to_string(missed.size()));
        require(due.size() == 1, "all of them were due at the same time");
    }

    void check_no_flood() {
        const std::size_t each = (crowd_.assets + people - 1) / people;
        const std::size_t most = (each + digest_holds - 1) / digest_holds + messages_beside;
        std::map<std::string, std::vector<const Taken*>> messages;
        for (const Taken& mail : outside_.mail_servers.at("post.test").taken())
            messages[mail.target].push_back(&mail);
        for (const auto& [person, mails] : messages) {
            require(mails.size() <= most, "what was missed makes no flood: " + person + " gets " +
                                              std::to_string(mails.size()) + " messages");
            require(each < 2 || mails.front()->body.contains("Precedence: bulk"),
                    "the first message after the downtime is a digest: " + person);
        }
        require(messages.size() == people, "everybody is told");
    }

    ServiceTally tally() {
        ServiceTally tally{.starts = outside_.starts};
        tally.attempts = outside_.attempts();
        for (const auto& [channel, taken] : outside_.taken()) tally.taken += taken->size();
        tally.events = store().head().size;
        return tally;
    }

    Draw draw_;
    Outside outside_;
    Machine machine_;
    Crowd crowd_;
    Instant back_;
};

}  // namespace

ServiceOutcome live_after_downtime(std::uint64_t seed, std::size_t deadlines, ServicePlant plant) {
    ServiceOutcome outcome;
    try {
        outcome.tally = AfterDowntime{seed, deadlines, plant}.live();
    } catch (const std::exception& error) {
        outcome.broken = error.what();
    }
    return outcome;
}

}  // namespace dutylog::simulation
