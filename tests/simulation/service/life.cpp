#include "tests/simulation/service/life.hpp"

#include "tests/simulation/broken.hpp"
#include "tests/simulation/checks.hpp"
#include "tests/simulation/invention.hpp"
#include "tests/simulation/library.hpp"
#include "tests/simulation/service/check_answers.hpp"
#include "tests/simulation/service/check_links.hpp"
#include "tests/simulation/service/clients.hpp"
#include "tests/simulation/service/machine.hpp"
#include "tests/simulation/service/promises.hpp"
#include "tests/simulation/service/receivers.hpp"

namespace dutylog::simulation {

namespace {

constexpr Instant beginning{1'736'157'600'000'000};  // 2025-01-06T10:00:00Z
constexpr Elapsed two_days = hours(48);
/// Rounds of bytes going back and forth within one moment.
constexpr int rounds_of_a_moment = 6;
/// Moments after which everybody has their answer, once everybody behaves.
constexpr int moments_of_an_answer = 400;

std::unique_ptr<Disk> disk_of(Ground ground, Draw& draw) {
    Draw own = draw.fork();
    return ground == Ground::shared_file ? file_disk() : sqlite_disk(own, true);
}

class Life {
public:
    Life(std::uint64_t seed, ServicePlant plant, Ground ground)
        : draw_{seed},
          outside_{beginning, draw_.fork(), plant},
          machine_{outside_, disk_of(ground, draw_), [this] { clients_.drop(); }},
          clients_{draw_} {
        open_receivers(outside_, draw_);
        machine_.begin();
        invention_.emplace(draw_, machine_.store());
    }

    ServiceTally live() {
        settle_in();
        if (outside_.plant == ServicePlant::send_before_commit) {
            machine_.disk().skip_syncs();
            restart(minutes(1));
        }
        storm();
        calm();
        check();
        return tally();
    }

private:
    Instant now() { return outside_.clocks.wall(); }
    log::EventStore& store() { return machine_.store(); }
    const pdca::World& world() { return machine_.process().engine().world(); }

    void crash() {
        machine_.crash(draw_);
        invention_->look_at(store());
    }

    void restart(Elapsed stands_still) {
        machine_.restart(stands_still);
        invention_->look_at(store());
    }

    // ---- what happens

    /// Everything that is on its way moves on, for a few seconds.
    void moment() {
        try {
            for (int round = 0; round < rounds_of_a_moment; ++round) {
                Process& process = machine_.process();
                const log::Position before = store().head().size;
                process.turn();
                outside_.turn();
                clients_.turn({now(), before, store().head().size, outside_.starts,
                               [&process] { return process.connect(); }},
                              outside_);
                outside_.clocks.pass(seconds(1));
            }
        } catch (const log::StoreError&) {
            crash();
        }
        require(outside_.broken.empty(), outside_.broken);
    }

    void ask() {
        if (draw_.chance(6)) clients_.sender.send(now());
        if (draw_.chance(25)) clients_.asker.ask(world(), beginning, now());
        auto submission = invention_->next(world(), now());
        const bool of_the_clock = std::holds_alternative<pdca::FireTimer>(submission.command) ||
                                  std::holds_alternative<pdca::ReportClockJump>(submission.command);
        if (!of_the_clock) draw_.one_of(clients_.givers).ask(submission);
    }

    void settle_in() {
        auto publication = runtime::publication_of(library_of(draw_terms(draw_)));
        const pdca::PublishBundle order{publication.bundle, "edition", ActorId{}};
        auto made = invention_->submission(world(), order, ActorId{"w1"}, now());
        made.blobs = std::move(publication.blobs);
        const auto answer = machine_.process().engine().run(made, now());
        require(!answer.refusal, "the library can be published");
        outside_.rules = world().known_rules;
        ApiClient& office = clients_.givers.front();
        const auto add = [&](const Reference& subject, const Reference& parent) {
            office.ask(invention_->submission(world(), pdca::AddSubject{subject, parent, {}},
                                              ActorId{"records"}, now()));
        };
        add({"employer", "acme"}, {});
        add({"site", "north"}, {"employer", "acme"});
        for (const char* id : {"w1", "w2", "w3@north", "w4"})
            add({"worker", id}, {"site", "north"});
        add({"post", "p1"}, {"site", "north"});
        add({"asset", "a1"}, {"site", "north"});
        machine_.process().begin_telling();
        for (int tries = 0; !office.is_idle(); ++tries) {
            require(tries < moments_of_an_answer, "the plant is entered in the end");
            moment();
        }
        for (int roles = 0; roles < 5; ++roles) {
            auto stated = invention_->next(world(), now());
            stated.command = invention_->role_change();
            office.ask(stated);
        }
    }

    void pass_time() {
        if (draw_.chance(6)) return outside_.clocks.pass(minutes(draw_.between(1, 20 * 24 * 60)));
        outside_.clocks.pass(draw_.chance(40) ? seconds(draw_.between(1, 120))
                                              : minutes(draw_.between(1, 24 * 60)));
    }

    void storm() {
        for (int left = draw_.between(30, 70); left > 0; --left) {
            if (draw_.chance(25)) change_the_weather(outside_, draw_);
            if (draw_.chance(12)) machine_.disk().arm(draw_);
            for (int more = draw_.between(0, 3); more > 0; --more) ask();
            pass_time();
            moment();
            machine_.try_second();
            machine_.disk().disarm();
            if (draw_.chance(3)) crash();
            if (draw_.chance(3)) restart(minutes(draw_.between(1, 90 * 24 * 60)));
        }
    }

    /// Everybody behaves from now on.
    void calm() {
        machine_.disk().disarm();
        clear_the_sky(outside_);
        clients_.feed.hurry();
        const Instant calm_since = now();
        pass_days(5);
        if (machine_.process().courier().figures().channels_off == 0) {
            check_all_told(store(), calm_since, now() - two_days);
            check_nothing_fails(store(), calm_since + two_days, now());
        }
        restart(minutes(5));
        switch_on();
        pass_days(8);
        for (int moments = 0; !clients_.waiting().empty() || !is_followed(); ++moments) {
            require(moments < moments_of_an_answer,
                    "everybody is answered in the end; still wait:" + clients_.waiting());
            moment();
        }
        check_all_told(store(), beginning, now() - two_days);
    }

    /// Somebody has mended what was wrong with the channels.
    void switch_on() {
        for (const auto& [channel, off] : world().channels_off)
            clients_.givers.front().ask(invention_->submission(
                world(), pdca::SwitchChannel{channel, true, {}, "mended"}, ActorId{"w1"}, now()));
    }

    bool is_followed() {
        return !clients_.feed.seen().empty() &&
               clients_.feed.seen().back().position == store().head().size;
    }

    void pass_days(int days) {
        for (int quarter = 0; quarter < 4 * days; ++quarter) {
            if (draw_.chance(40)) ask();
            moment();
            // Nobody is kept waiting for hours in the middle of a sentence.
            do moment();
            while (machine_.process().courier().figures().under_way > 0);
            outside_.clocks.pass(hours(6));
        }
        moment();
    }

    // ---- what must hold

    void check() {
        machine_.end_and_begin(draw_);
        const Ledger answered = clients_.answered();
        check_sent(store(), outside_);
        check_reports(store(), outside_);
        check_order(store(), outside_);
        check_record(store());
        check_commands(store(), answered);
        check_refusals(store(), answered);
        check_outbox(store());
        check_fold(store(), machine_.process().engine());
        check_feed(store(), clients_.feed);
        check_links(store(), clients_.links);
        check_facts(store(), clients_.sender);
        check_answers(store(), rules(), clients_.asker);
    }

    pdca::RulesSource rules() {
        return [this](const Digest& bundle) { return outside_.rules.at(bundle); };
    }

    ServiceTally tally() {
        ServiceTally tally{.starts = outside_.starts, .crashes = machine_.crashes()};
        tally.commands = clients_.answered().size();
        tally.asked_again = clients_.asked_again();
        tally.questions = clients_.asker.answers();
        tally.links = clients_.links.done().size();
        tally.facts = clients_.sender.taken().size();
        tally.attempts = outside_.attempts();
        for (const auto& [channel, taken] : outside_.taken()) tally.taken += taken->size();
        tally.events = store().head().size;
        return tally;
    }

    Draw draw_;
    Outside outside_;
    Machine machine_;
    Clients clients_;
    std::optional<Invention> invention_;
};

}  // namespace

ServiceOutcome live(std::uint64_t seed, ServicePlant plant, Ground ground) {
    ServiceOutcome outcome;
    try {
        outcome.tally = Life{seed, plant, ground}.live();
    } catch (const std::exception& error) {
        outcome.broken = error.what();
    }
    return outcome;
}

}  // namespace dutylog::simulation
