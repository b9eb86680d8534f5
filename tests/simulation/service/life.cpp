#include "tests/simulation/service/life.hpp"

#include "tests/simulation/broken.hpp"
#include "tests/simulation/checks.hpp"
#include "tests/simulation/disk.hpp"
#include "tests/simulation/invention.hpp"
#include "tests/simulation/library.hpp"
#include "tests/simulation/service/api_client.hpp"
#include "tests/simulation/service/process.hpp"
#include "tests/simulation/service/promises.hpp"
#include "tests/simulation/service/receivers.hpp"

namespace dutylog::simulation {

namespace {

constexpr Instant beginning{1'736'157'600'000'000};  // 2025-01-06T10:00:00Z
constexpr Elapsed two_days = hours(48);
/// Rounds of bytes going back and forth within one moment.
constexpr int rounds_of_a_moment = 6;

class Life {
public:
    Life(std::uint64_t seed, ServicePlant plant)
        : draw_{seed},
          outside_{beginning, draw_.fork(), plant},
          disk_{sqlite_disk(draw_.fork(), true)},
          store_{&disk_->open()},
          invention_{draw_, *store_} {
        outside_.file_layer = disk_->file_layer();
        open_receivers(outside_, draw_);
        for (const char* name : {"office", "plant", "hr"})
            clients_.emplace_back(draw_.fork(), "sim", name);
        disk_->close();
        begin();
    }

    /// Its wires go with the process they stand in.
    ~Life() { end(); }
    Life(const Life&) = delete;
    Life& operator=(const Life&) = delete;

    ServiceTally live() {
        settle_in();
        if (outside_.plant == ServicePlant::send_before_commit) {
            disk_->skip_syncs();
            restart(minutes(1));
        }
        storm();
        calm();
        check();
        return tally();
    }

private:
    Instant now() { return outside_.clocks.wall(); }

    // ---- the process

    void begin() {
        ++outside_.starts;
        store_ = &disk_->open();
        process_ = std::make_unique<Process>(outside_, *store_);
        invention_.look_at(*store_);
        if (process_->engine().world().rules != nullptr) process_->begin_telling();
    }

    void end() {
        for (ApiClient& client : clients_) client.drop();
        for (auto& [host, receiver] : outside_.receivers) receiver.drop_guests();
        process_.reset();
    }

    /// The power goes, and comes back after a while; a start may be struck too.
    void crash() {
        for (int tries = 0;; ++tries) {
            ++crashes_;
            end();
            disk_->crash(draw_);
            disk_->disarm();
            if (draw_.chance(30)) outside_.clocks.pass(minutes(draw_.between(1, 600)));
            if (tries < 3 && draw_.chance(15)) disk_->arm(draw_);
            try {
                begin();
                return disk_->disarm();
            } catch (const log::StoreError& error) {
                require(tries < 4, std::string{"the log opens again: "} + error.what());
            }
        }
    }

    void restart(Elapsed stands_still) {
        end();
        disk_->close();
        outside_.clocks.pass(stands_still);
        begin();
    }

    // ---- what happens

    /// Everything that is on its way moves on, for a few seconds.
    void moment() {
        try {
            for (int round = 0; round < rounds_of_a_moment; ++round) {
                process_->turn();
                for (auto& [host, receiver] : outside_.receivers)
                    receiver.turn(now(), outside_.starts);
                for (ApiClient& client : clients_)
                    client.turn([this] { return process_->connect(); }, now());
                outside_.clocks.pass(seconds(1));
            }
        } catch (const log::StoreError&) {
            crash();
        }
        require(outside_.broken.empty(), outside_.broken);
    }

    void ask() {
        auto submission = invention_.next(process_->engine().world(), now());
        const bool of_the_clock = std::holds_alternative<pdca::FireTimer>(submission.command) ||
                                  std::holds_alternative<pdca::ReportClockJump>(submission.command);
        if (!of_the_clock) draw_.one_of(clients_).ask(submission);
    }

    void settle_in() {
        auto publication = runtime::publication_of(library_of(draw_terms(draw_)));
        const pdca::PublishBundle order{publication.bundle, "edition", ActorId{}};
        auto made = invention_.submission(process_->engine().world(), order, ActorId{"w1"}, now());
        made.blobs = std::move(publication.blobs);
        const auto answer = process_->engine().run(made, now());
        require(!answer.refusal, "the library can be published");
        outside_.rules = process_->engine().world().known_rules;
        const auto add = [&](const Reference& subject, const Reference& parent) {
            clients_.front().ask(invention_.submission(process_->engine().world(),
                                                       pdca::AddSubject{subject, parent, {}},
                                                       ActorId{"records"}, now()));
        };
        add({"employer", "acme"}, {});
        add({"site", "north"}, {"employer", "acme"});
        for (const char* id : {"w1", "w2", "w3@north"}) add({"worker", id}, {"site", "north"});
        add({"post", "p1"}, {"site", "north"});
        add({"asset", "a1"}, {"site", "north"});
        process_->begin_telling();
        for (int tries = 0; !clients_.front().is_idle(); ++tries) {
            require(tries < 200, "the plant is entered in the end");
            moment();
        }
        for (int roles = 0; roles < 5; ++roles) {
            auto stated = invention_.next(process_->engine().world(), now());
            stated.command = invention_.role_change();
            clients_.front().ask(stated);
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
            if (draw_.chance(12)) disk_->arm(draw_);
            for (int more = draw_.between(0, 3); more > 0; --more) ask();
            pass_time();
            moment();
            disk_->disarm();
            if (draw_.chance(3)) crash();
            if (draw_.chance(3)) restart(minutes(draw_.between(1, 90 * 24 * 60)));
        }
    }

    /// Everybody behaves from now on.
    void calm() {
        disk_->disarm();
        clear_the_sky(outside_);
        const Instant calm_since = now();
        pass_days(5);
        if (process_->courier().figures().channels_off == 0) {
            check_all_told(*store_, calm_since, now() - two_days);
            check_nothing_fails(*store_, calm_since + two_days, now());
        }
        restart(minutes(5));
        pass_days(8);
        for (int moments = 0; moments < 20; ++moments) moment();
        for (const ApiClient& client : clients_)
            require(client.is_idle(), "every command is answered in the end");
        check_all_told(*store_, beginning, now() - two_days);
    }

    void pass_days(int days) {
        for (int quarter = 0; quarter < 4 * days; ++quarter) {
            if (draw_.chance(40)) ask();
            moment();
            moment();
            outside_.clocks.pass(hours(6));
        }
        moment();
    }

    // ---- what must hold

    void check() {
        end();
        draw_.chance(50) ? disk_->crash(draw_) : disk_->close();
        begin();
        Ledger answered;
        for (const ApiClient& client : clients_)
            answered.insert(client.answered().begin(), client.answered().end());
        commands_ = answered.size();
        check_sent(*store_, outside_);
        check_reports(*store_, outside_);
        check_order(*store_, outside_);
        check_record(*store_);
        check_commands(*store_, answered);
        check_refusals(*store_, answered);
        check_outbox(*store_);
        check_fold(*store_, process_->engine());
    }

    ServiceTally tally() {
        ServiceTally tally{.starts = outside_.starts, .crashes = crashes_, .commands = commands_};
        for (const ApiClient& client : clients_) tally.asked_again += client.asked_again();
        for (const auto& [host, receiver] : outside_.receivers) {
            tally.attempts += receiver.connections();
            tally.taken += receiver.taken().size();
        }
        tally.events = store_->head().size;
        return tally;
    }

    Draw draw_;
    Outside outside_;
    std::unique_ptr<Disk> disk_;
    log::EventStore* store_;
    Invention invention_;
    std::deque<ApiClient> clients_;
    std::unique_ptr<Process> process_;
    std::size_t crashes_ = 0;
    std::size_t commands_ = 0;
};

}  // namespace

ServiceTally& ServiceTally::operator+=(const ServiceTally& other) {
    starts += other.starts;
    crashes += other.crashes;
    commands += other.commands;
    asked_again += other.asked_again;
    attempts += other.attempts;
    taken += other.taken;
    events += other.events;
    return *this;
}

ServiceOutcome live(std::uint64_t seed, ServicePlant plant) {
    ServiceOutcome outcome;
    try {
        outcome.tally = Life{seed, plant}.live();
    } catch (const std::exception& error) {
        outcome.broken = error.what();
    }
    return outcome;
}

}  // namespace dutylog::simulation
