#include <fmt/format.h>

#include "adapters/memory/store.hpp"
#include "engine/log/derived_keys.hpp"
#include "engine/runtime/engine.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/stopwatch.hpp"
#include "tests/bench/workshop.hpp"
#include "tests/scenarios/library.hpp"

namespace dutylog::bench {

namespace {

using namespace pdca;  // NOLINT: commands are named here

constexpr Instant new_year{1'735'693'200'000'000};  // 2025-01-01T01:00:00Z, nine in the morning
constexpr Elapsed day = hours(24);
constexpr std::uint64_t workers_a_post = 50;
constexpr std::size_t all = 1'000'000;

/// A year of an employer under the shipped library: its people enter posts and are examined, the
/// posts are measured, the facilities serviced, and every timer fires at its own time.
class Year {
public:
    explicit Year(std::uint64_t workers)
        : workers_{workers},
          posts_{std::max<std::uint64_t>(1, workers / workers_a_post)},
          publication_{runtime::publication_of(tests::shipped("workflows").files)},
          engine_{store_, keys_, {{publication_.bundle, tests::shipped("workflows").rules}}} {}

    std::uint64_t live() {
        settle_in();
        for (int days = 0; days < 365; ++days) {
            live_through(days);
            advance(now_ + day);
        }
        return engine_.world().head;
    }

private:
    static std::string named(const char* kind, std::uint64_t number) {
        return fmt::format("{}-{}", kind, number);
    }

    void add(Command command, const char* actor = "hr") {
        runtime::Submission made;
        made.command = std::move(command);
        made.meta.id = CommandId{fmt::format("c{}", ++commands_)};
        made.meta.actor = ActorId{actor};
        const CivilDate date{static_cast<std::int32_t>((now_ + hours(8)).micros / day.micros)};
        made.meta.effective = {Precision::instant, now_, date, now_, "Asia/Shanghai"};
        batch_.push_back(std::move(made));
    }
    void add_fact(const Reference& subject, const char* fact, std::vector<Field> fields) {
        add(RecordFact{subject, fact, Record::of(std::move(fields)), 0});
    }
    void run() {
        for (const runtime::Answer& answer : engine_.run(batch_, now_))
            if (answer.refusal) throw std::runtime_error{"in the year: " + answer.refusal->detail};
        batch_.clear();
    }

    void settle_in() {
        add(PublishBundle{publication_.bundle, "2025", {}});
        batch_.back().blobs = publication_.blobs;
        const Reference employer{"employer", "plant"}, site{"site", "works"};
        add(AddSubject{employer, {}, {}});
        add(AddSubject{site, employer, {}});
        for (const char* role : {"PR", "OHM", "HR", "MED", "TU", "EQ", "WS"}) {
            const Reference person{"worker", fmt::format("holder-{}", role)};
            add(AddSubject{person, site, {}});
            add_fact(employer, "holds_role", {{"role", role}, {"person", person}});
        }
        add_fact(site, "risk", {{"category", "serious"}});
        for (std::uint64_t post = 1; post <= posts_; ++post) settle_post(post, site);
        for (std::uint64_t worker = 1; worker <= workers_; ++worker) settle_worker(worker, site);
        run();
    }

    void settle_post(std::uint64_t number, const Reference& site) {
        const Reference post{"post", named("post", number)}, fan{"asset", named("fan", number)};
        add(AddSubject{post, site, {}});
        add(AddSubject{fan, site, {}});
        add_fact(post, "post_hazard", {{"hazard", "benzene"}});
        add_fact(fan, "facility", {{"post", post}, {"maintained", true}, {"toxic", true}});
    }

    void settle_worker(std::uint64_t number, const Reference& site) {
        const Reference worker{"worker", named("worker", number)};
        add(AddSubject{worker, site, {}});
        examine(worker, "pre-post");
        add_fact(worker, "assignment", {{"post", Reference{"post", post_of(number)}}});
        add_fact(worker, "exposure", {{"hazard", "benzene"}});
    }

    std::string post_of(std::uint64_t worker) const { return named("post", worker % posts_ + 1); }

    void examine(const Reference& worker, const char* phase) {
        add_fact(worker, "exam", {{"phase", phase}, {"hazards", List{Value{"benzene"}}}});
    }

    /// Each worker is examined on one day of the year, each post measured once a month.
    void live_through(int day_of_year) {
        const auto today = static_cast<std::uint64_t>(day_of_year);
        for (std::uint64_t worker = 1; worker <= workers_; ++worker)
            if (worker % 365 == today) examine({"worker", named("worker", worker)}, "in-post");
        for (std::uint64_t post = 1; post <= posts_; ++post)
            if ((today + post) % 30 == 0) measure({"post", named("post", post)});
        run();
    }

    void measure(const Reference& post) {
        add_fact(post, "sampling", {{"hazards", List{Value{"benzene"}}}});
    }

    /// Timers at their own time; those of one moment together.
    void advance(Instant until) {
        for (auto next = engine_.next_timer(); next && *next <= until;
             next = engine_.next_timer()) {
            now_ = std::max(now_, *next);
            engine_.fire(now_, all);
        }
        now_ = until;
    }

    std::uint64_t workers_;
    std::uint64_t posts_;
    runtime::Publication publication_;
    memory::MemoryStore store_;
    log::DerivedKeys keys_{"bench"};
    runtime::Engine engine_;
    Instant now_ = new_year;
    std::vector<runtime::Submission> batch_;
    std::uint64_t commands_ = 0;
};

Sample live(Workshop& shop) {
    Year year{shop.quick() ? 10U : 1500U};
    std::uint64_t events = 0;
    const double took = seconds_of([&] { events = year.live(); });
    return {took, {}, static_cast<double>(events)};
}

}  // namespace

std::vector<Figure> year_figures() {
    return {{"simulate_year_1500",
             "s",
             "one employer of 1,500 workers lives a year under the shipped library, in memory",
             "",
             "events in it",
             {{Aim::Kind::at_most, 10}},
             live}};
}

}  // namespace dutylog::bench
