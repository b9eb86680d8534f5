#include "tests/simulation/play.hpp"

#include "engine/log/derived_keys.hpp"
#include "engine/runtime/snapshot.hpp"
#include "tests/simulation/broken.hpp"
#include "tests/simulation/checks.hpp"

namespace dutylog::simulation {

namespace {

/// So many starts in a row may be struck; then the disk is left in peace.
constexpr int starts_max = 5;

class Play {
public:
    Play(const Story& story, Disk& disk, Plant plant, Draw draw, Trace& trace)
        : story_{story}, disk_{disk}, plant_{plant}, draw_{draw}, trace_{trace} {}

    Tally play() {
        start();
        before_ = mark_of(*through_);
        // One move in some of the histories is struck at each of its writes and syncs in turn.
        const std::size_t swept = draw_.below(10 * story_.lived.size());
        for (const Lived& lived : story_.lived) {
            if (draw_.chance(4)) cut_power(lived);
            if (&lived == &story_.lived.front() + swept) {
                make_at_every_point(lived);
            } else {
                if (draw_.chance(20)) disk_.arm(draw_);
                make(lived);
            }
            disk_.disarm();
            before_ = lived.after;
        }
        check_end();
        return tally_;
    }

private:
    void start() {
        through_.reset();
        store_ = &disk_.open();
        through_ = planted(plant_, *store_);
        // Mostly with the rules at hand: to read them again takes longer than all the rest.
        engine_ = std::make_unique<runtime::Engine>(
            *through_, keys_, draw_.chance(90) ? story_.rules : decltype(story_.rules){});
    }

    void stop() {
        engine_.reset();
        through_.reset();
    }

    void start_after_crash() {
        ++tally_.crashes;
        for (int tries = 0;; ++tries) {
            stop();
            disk_.crash(draw_);
            if (draw_.chance(15) && tries < starts_max) disk_.arm(draw_);
            try {
                start();
                return disk_.disarm();
            } catch (const log::StoreError& error) {
                require(tries < starts_max, std::string{"the log opens again: "} + error.what());
            }
        }
    }

    /// Whatever was acknowledged is there after the power went, with nothing under way.
    void cut_power(const Lived& next) {
        start_after_crash();
        require(found() == before_,
                "what was acknowledged before " + at(next) + " outlives a crash");
    }

    void make(const Lived& lived) {
        while (!attempt(lived)) continue;
    }

    /// The power goes at the first write or sync of the move, then at the second, and so on.
    void make_at_every_point(const Lived& lived) {
        for (std::uint64_t point = 0;; ++point) {
            disk_.power_off_after(point);
            if (attempt(lived)) return;
            ++tally_.points;
        }
    }

    /// @returns whether the move is made; if not, the engine has started again
    bool attempt(const Lived& lived) {
        try {
            if (lived.move.kind == Move::Kind::restart) {
                stop();
                disk_.close();
                start();
            } else {
                note(carry_out(*engine_, lived.move), lived);
                if (draw_.chance(8)) tell_again(lived);
            }
            return true;
        } catch (const log::StoreError&) {
            start_after_crash();
            return check_after_crash(lived);
        }
    }

    bool check_after_crash(const Lived& lived) {
        const Mark left = found();
        require(left == before_ || left == lived.after,
                "after a crash the log stands before or after " + at(lived));
        check_commands(*store_, answered_);
        if (draw_.chance(20)) check_fold(*store_, *engine_);
        if (left == lived.after && left != before_) ++tally_.half_way;
        return left == lived.after && lived.move.kind != Move::Kind::run;
    }

    /// The answer was lost on its way: the sender asks again.
    void tell_again(const Lived& lived) {
        if (lived.move.kind != Move::Kind::run) return;
        ++tally_.told_again;
        const auto answers = carry_out(*engine_, lived.move);
        for (std::size_t i = 0; i < answers.size(); ++i)
            if (!answers[i].command.empty())
                require(same_answer(answers[i], lived.answers[i]),
                        "a repeated command gets its first answer: " + answers[i].command.str() +
                            difference(answers[i], lived.answers[i]));
    }

    void note(const std::vector<runtime::Answer>& answers, const Lived& lived) {
        for (std::size_t i = 0; i < answers.size(); ++i) {
            const runtime::Answer& answer = answers[i];
            const bool reused = answer.refusal && answer.refusal->reason == "command_reused";
            if (answer.command.empty() || reused) continue;
            require(same_answer(answer, lived.answers[i]),
                    "the same command gets the same answer: " + answer.command.str() +
                        difference(answer, lived.answers[i]));
            answered_.insert_or_assign(answer.command, answer);
        }
    }

    void check_end() {
        // The process ends without a word, and whatever is there is what there is.
        const bool in_order = draw_.chance(50);
        stop();
        in_order ? disk_.close() : disk_.crash(draw_);
        start();
        check_record(*store_);
        check_commands(*store_, answered_);
        check_refusals(*store_, answered_);
        check_outbox(*store_);
        check_fold(*store_, *engine_);
        check_once(*store_, engine_->world(), story_.end);
        check_rehearsal(*store_, *engine_);
        require(found() == before_, "the log is the one of a run without faults");
        require(runtime::write_snapshot(engine_->world()) == story_.world,
                "the state is the one of a run without faults");
        tally_.events = store_->head().size;
    }

    /// What the log holds now.
    Mark found() {
        const Mark mark = mark_of(*through_);
        trace_.add(mark);
        return mark;
    }

    std::string at(const Lived& lived) const {
        return "move " + std::to_string(&lived - story_.lived.data());
    }

    const Story& story_;
    Disk& disk_;
    Plant plant_;
    Draw draw_;
    Trace& trace_;
    log::EventStore* store_ = nullptr;
    log::DerivedKeys keys_{"simulation"};
    std::unique_ptr<log::EventStore> through_;
    std::unique_ptr<runtime::Engine> engine_;
    Mark before_;
    Ledger answered_;
    Tally tally_;
};

}  // namespace

Tally play_story(const Story& story, Disk& disk, Plant plant, Draw draw, Trace& trace) {
    return Play{story, disk, plant, draw, trace}.play();
}

}  // namespace dutylog::simulation
