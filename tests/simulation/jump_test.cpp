#include <catch2/catch.hpp>

#include "engine/log/derived_keys.hpp"
#include "engine/runtime/command_loop.hpp"
#include "tests/simulation/checks.hpp"
#include "tests/simulation/disk.hpp"
#include "tests/simulation/invention.hpp"
#include "tests/simulation/library.hpp"

using namespace dutylog;
using namespace dutylog::simulation;

namespace {

constexpr Instant beginning{1'736'157'600'000'000};  // 2025-01-06T10:00:00Z

/// Two clocks of which one may be set to anything.
class Clocks final : public runtime::Runtime {
public:
    Instant wall() override { return wall_; }
    Elapsed monotonic() override { return monotonic_; }
    std::uint64_t random(std::string_view) override { return 0; }

    void pass(Elapsed span) {
        wall_ = wall_ + span;
        monotonic_ = Elapsed{monotonic_.micros + span.micros};
    }
    void set_wall(Instant wall) { wall_ = wall; }

private:
    Instant wall_ = beginning;
    Elapsed monotonic_{};
};

/// An employer behind the command loop, on a disk that fails and by a clock that jumps. There is no
/// other run to compare it with, as a process that starts after a jump does not notice the jump.
class Jumping {
public:
    explicit Jumping(std::uint64_t seed)
        : draw_{seed}, disk_{sqlite_disk(draw_.fork(), true)}, invention_{draw_, disk_->open()} {
        start();
        settle_in();
    }

    void live() {
        for (int turns = 120; turns > 0; --turns) {
            move_clocks();
            if (draw_.chance(70)) submit();
            if (draw_.chance(12)) disk_->arm(draw_);
            turn();
            disk_->disarm();
            if (engine_->world().timers_held) ++held_;
        }
        check();
    }

    std::size_t jumps() const { return jumps_; }
    std::size_t crashes() const { return crashes_; }
    std::size_t held() const { return held_; }

private:
    void start() {
        loop_.reset();
        engine_.reset();
        log::EventStore& store = disk_->open();
        engine_ = std::make_unique<runtime::Engine>(store, keys_, rules_);
        loop_ = std::make_unique<runtime::CommandLoop>(clocks_, *engine_);
        invention_.look_at(store);
    }

    void settle_in() {
        auto publication = runtime::publication_of(library_of(draw_terms(draw_)));
        const pdca::PublishBundle order{publication.bundle, "edition", ActorId{}};
        auto made = invention_.submission(engine_->world(), order, ActorId{"w1"}, clocks_.wall());
        made.blobs = std::move(publication.blobs);
        ask(std::move(made));
        turn();
        rules_ = engine_->world().known_rules;
        const auto add = [&](const Reference& subject, const Reference& parent) {
            ask(invention_.submission(engine_->world(), pdca::AddSubject{subject, parent, {}},
                                      ActorId{"records"}, clocks_.wall()));
        };
        add({"employer", "acme"}, {});
        add({"site", "north"}, {"employer", "acme"});
        for (const char* id : {"w1", "w2", "w3"}) add({"worker", id}, {"site", "north"});
        add({"post", "p1"}, {"site", "north"});
        add({"asset", "a1"}, {"site", "north"});
        turn();
    }

    void move_clocks() {
        clocks_.pass(minutes(draw_.between(0, 3 * 24 * 60)));
        if (!draw_.chance(12)) return;
        ++jumps_;
        const int hours_off = draw_.chance(50) ? draw_.between(-2, 2) : draw_.between(-9000, 9000);
        clocks_.set_wall(clocks_.wall() + minutes(60 * hours_off + draw_.between(-59, 59)));
    }

    void submit() {
        // A jump waits for a person; without one nothing would ever fire again.
        if (engine_->world().timers_held && draw_.chance(50))
            return ask(invention_.submission(
                engine_->world(), pdca::DecideClock{draw_.chance(30), "looked at the clock"},
                ActorId{"w1"}, loop_->now()));
        ask(invention_.next(engine_->world(), loop_->now()));
    }

    /// Sends a command, now and after every start until it is answered.
    void ask(runtime::Submission submission) { unanswered_.push_back(std::move(submission)); }

    void turn() {
        for (;;) try {
                const auto waiting = unanswered_;
                for (const runtime::Submission& submission : waiting)
                    REQUIRE(loop_->submit(submission,
                                          [&](const runtime::Answer& answer) { hear(answer); }));
                loop_->turn();
                unanswered_.clear();
                return;
            } catch (const log::StoreError&) {
                ++crashes_;
                loop_.reset();
                engine_.reset();
                disk_->crash(draw_);
                disk_->disarm();
                start();
            }
    }

    void hear(const runtime::Answer& answer) {
        const bool reused = answer.refusal && answer.refusal->reason == "command_reused";
        if (!answer.command.empty() && !reused) answered_.insert_or_assign(answer.command, answer);
    }

    void check() {
        disk_->crash(draw_);
        start();
        log::EventStore& store = engine_->store();
        check_record(store);
        check_commands(store, answered_);
        check_refusals(store, answered_);
        check_outbox(store);
        check_fold(store, *engine_);
        check_rehearsal(store, *engine_);
    }

    Draw draw_;
    std::unique_ptr<Disk> disk_;
    Clocks clocks_;
    std::map<Digest, pdca::RulesPtr> rules_;
    log::DerivedKeys keys_{"simulation"};
    std::unique_ptr<runtime::Engine> engine_;
    std::unique_ptr<runtime::CommandLoop> loop_;
    Invention invention_;
    std::vector<runtime::Submission> unanswered_;
    Ledger answered_;
    std::size_t jumps_ = 0;
    std::size_t crashes_ = 0;
    std::size_t held_ = 0;  ///< turns in which timers waited for a person
};

}  // namespace

TEST_CASE("the log keeps its promises while the clock jumps and the disk fails", "[simulation]") {
    std::size_t jumps = 0;
    std::size_t crashes = 0;
    std::size_t held = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        INFO("seed " << seed);
        Jumping jumping{seed};
        REQUIRE_NOTHROW(jumping.live());
        jumps += jumping.jumps();
        crashes += jumping.crashes();
        held += jumping.held();
    }
    CHECK(jumps > 200);
    CHECK(crashes > 200);
    CHECK(held > 200);
}
