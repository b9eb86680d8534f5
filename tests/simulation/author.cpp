#include "tests/simulation/author.hpp"

#include <algorithm>

#include "adapters/memory/store.hpp"
#include "engine/log/derived_keys.hpp"
#include "engine/runtime/snapshot.hpp"
#include "tests/simulation/broken.hpp"
#include "tests/simulation/checks.hpp"

namespace dutylog::simulation {

using namespace pdca;  // NOLINT: every command is named here

namespace {

constexpr Instant beginning{1'736'157'600'000'000};  // 2025-01-06T10:00:00Z
constexpr std::size_t no_limit = 100'000;

/// All that a command may change, which is more than that it was there: not the events it left, nor
/// with whose key something in them is sealed.
Bytes state_of(World world) {
    world.head = 0;
    world.recorded = {};
    world.versions.clear();
    world.sealed_with.clear();
    return runtime::write_snapshot(world);
}

class Author {
public:
    Author(std::uint64_t seed, Plant plant)
        : draw_{seed}, through_{planted(plant, store_)}, invention_{draw_, store_} {
        restart();
    }

    Story write(const log::EventStore::Visit& look) {
        publish(true);
        settle_in();
        for (int left = draw_.between(30, 80); left > 0;) {
            pass_time();
            left -= some_commands();
            some_rest();
        }
        last_days();
        story_.world = runtime::write_snapshot(engine_->world());
        story_.end = now_;
        story_.rules = engine_->world().known_rules;
        if (look) store_.scan(1, look);
        return std::move(story_);
    }

private:
    /// Carries a move out and keeps it with what it came to.
    void live(Move move) {
        Lived lived;
        const Mark before = story_.lived.empty() ? Mark{} : story_.lived.back().after;
        const bool alone = move.batch.size() == 1;
        const Bytes state = alone ? state_of(engine_->world()) : Bytes{};
        if (move.kind == Move::Kind::restart)
            restart();
        else
            lived.answers = carry_out(*engine_, move);
        lived.move = std::move(move);
        lived.after = mark_of(store_);
        if (alone && lived.answers.front().refusal) check_refused(lived, before, state);
        story_.lived.push_back(std::move(lived));
    }
    /// A command that was refused changed nothing, and set nothing in motion.
    void check_refused(const Lived& lived, const Mark& before, const Bytes& state) const {
        const runtime::Answer& answer = lived.answers.front();
        const std::string what = answer.command.str() + " was refused and changed ";
        require(state_of(engine_->world()) == state, what + "the state");
        require(lived.after.timers == before.timers, what + "what is to be woken");
        require(lived.after.outbox == before.outbox || answer.refusal->reason == "gate_closed",
                what + "what is to be sent");
        require(answer.first != 0 || lived.after.head == before.head, what + "the log");
    }
    void restart() {
        auto known = engine_ == nullptr || draw_.chance(20) ? decltype(story_.rules){}
                                                            : engine_->world().known_rules;
        engine_ = std::make_unique<runtime::Engine>(*through_, keys_, std::move(known));
    }

    void publish(bool first) {
        terms_ = first ? draw_terms(draw_) : next_edition(terms_, draw_);
        runtime::Publication publication = runtime::publication_of(library_of(terms_));
        const PublishBundle order{publication.bundle, "edition", ActorId{first ? "" : "w2"}};
        auto made = invention_.submission(engine_->world(), order, ActorId{"w1"}, now_);
        made.blobs = std::move(publication.blobs);
        live({Move::Kind::run, now_, 0, {std::move(made)}});
        const auto& answers = story_.lived.back().answers;
        if (first && answers.front().refusal)
            throw Broken{"the library cannot be published: " + answers.front().refusal->detail};
    }

    void settle_in() {
        std::vector<runtime::Submission> batch;
        const auto add = [&](Command command) {
            batch.push_back(invention_.submission(engine_->world(), std::move(command),
                                                  ActorId{"records"}, now_));
        };
        const Reference employer{"employer", "acme"};
        const Reference site{"site", "north"};
        add(AddSubject{employer, {}, {}});
        add(AddSubject{site, employer, {}});
        const auto add_some = [&](const char* kind, const char* letter, int count) {
            for (int i = 1; i <= count; ++i)
                add(AddSubject{{kind, letter + std::to_string(i)}, site, {}});
        };
        add_some("worker", "w", draw_.between(3, 6));
        add_some("post", "p", draw_.between(2, 3));
        add_some("asset", "a", draw_.between(2, 4));
        live({Move::Kind::run, now_, 0, std::move(batch)});
        batch.clear();
        for (int roles = draw_.between(4, 12); roles > 0; --roles) {
            auto made = invention_.next(engine_->world(), now_);
            made.command = invention_.role_change();
            batch.push_back(std::move(made));
        }
        live({Move::Kind::run, now_, 0, std::move(batch)});
    }

    int some_commands() {
        if (draw_.chance(2)) return publish(false), 1;
        Move move{Move::Kind::run, now_, 0, {}};
        const int count = draw_.chance(30) ? draw_.between(2, 6) : 1;
        for (int i = 0; i < count; ++i)
            move.batch.push_back(invention_.next(engine_->world(), now_));
        live(std::move(move));
        return count;
    }

    void some_rest() {
        if (draw_.chance(6)) live({Move::Kind::snapshot, now_, 0, {}});
        if (draw_.chance(5)) live({Move::Kind::restart, now_, 0, {}});
        if (draw_.chance(10) && !overdue() && !engine_->world().timers_held)
            check_settled(engine_->world(), now_);
    }

    void pass_time() {
        const int way = draw_.between(1, 100);
        if (way <= 20) return;
        if (way <= 45) return go_on(minutes(draw_.between(1, 600)));
        if (way <= 93) return go_on(minutes(draw_.between(1, 9 * 24 * 60)));
        stand_still(hours(24 * draw_.between(5, 70)));
    }

    /// Timers fire when they are due; now and then the engine is a little late.
    void go_on(Elapsed span) {
        const Instant until = now_ + span;
        if (draw_.chance(90))
            for (auto next = engine_->next_timer(); next && *next <= until;
                 next = engine_->next_timer()) {
                now_ = std::max(now_, *next);
                live({Move::Kind::fire, now_, no_limit, {}});
            }
        now_ = until;
    }

    /// Nothing runs for a while; then everything overdue fires, some at a time.
    void stand_still(Elapsed span) {
        now_ = now_ + span;
        if (draw_.chance(60)) live({Move::Kind::restart, now_, 0, {}});
        const std::size_t limit = draw_.chance(50) ? no_limit : draw_.below(4) + 1;
        if (draw_.chance(30)) some_commands();
        while (overdue()) live({Move::Kind::fire, now_, limit, {}});
    }

    bool overdue() const {
        const auto next = engine_->next_timer();
        return next && *next <= now_;
    }

    void last_days() {
        if (engine_->world().timers_held) {
            const auto made = invention_.submission(engine_->world(), DecideClock{false, "the end"},
                                                    ActorId{"w1"}, now_);
            live({Move::Kind::run, now_, 0, {made}});
        }
        go_on(hours(24 * draw_.between(0, 60)));
        while (overdue()) live({Move::Kind::fire, now_, no_limit, {}});
    }

    Draw draw_;
    memory::MemoryStore store_;
    log::DerivedKeys keys_{"simulation"};
    std::unique_ptr<log::EventStore> through_;
    std::unique_ptr<runtime::Engine> engine_;
    Invention invention_;
    LibraryTerms terms_;
    Instant now_ = beginning;
    Story story_;
};

}  // namespace

Story write_story(std::uint64_t seed, Plant plant, const log::EventStore::Visit& look) {
    try {
        return Author{seed, plant}.write(look);
    } catch (const log::StoreError& error) {
        throw Broken{std::string{"the store failed though nothing was done to it: "} +
                     error.what()};
    }
}

}  // namespace dutylog::simulation
