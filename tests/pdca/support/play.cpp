#include "tests/pdca/support/play.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "engine/pdca/stored.hpp"
#include "tests/pdca/support/told.hpp"

namespace dutylog::pdca::test {

namespace {

const std::vector<std::pair<std::string, std::string>> staff{
    {"PR", "pia"}, {"OHM", "omar"}, {"EQ", "eli"}, {"WS", "wes"}, {"TU", "tao"}};

Effective effective(Instant at) {
    const CivilDate day{static_cast<std::int32_t>(at.micros / hours(24).micros)};
    return {Precision::instant, at, day, at, "Etc/UTC"};
}

}  // namespace

Act Act::said_of(const std::string& day, std::string reason) const {
    Act act = *this;
    act.effective = moment(day);
    act.late_reason = std::move(reason);
    return act;
}

Instant moment(const std::string& text) {
    const auto at = parse_instant(text.size() == 10 ? text + "T10:00Z" : text + "Z");
    if (!at) throw std::invalid_argument{text + " is no moment"};
    return *at;
}

CivilDate day(const std::string& text) {
    const auto date = parse_civil_date(text);
    if (!date) throw std::invalid_argument{text + " is no day"};
    return *date;
}

Act on(const std::string& when, const std::string& actor, Command command) {
    return {moment(when), moment(when), "", ActorId{actor}, std::move(command)};
}

Reference ref(const std::string& kind_and_id) {
    const std::size_t slash = kind_and_id.find('/');
    if (slash == std::string::npos) throw std::invalid_argument{kind_and_id + " is no subject"};
    return {kind_and_id.substr(0, slash), kind_and_id.substr(slash + 1)};
}

StreamId duty(const std::string& definition, const std::string& subject) {
    return duty_stream(definition, ref(subject));
}

Command fact(const std::string& subject, const std::string& type, Record value) {
    return RecordFact{ref(subject), type, std::move(value), 0};
}

Command complete(const StreamId& duty, const std::string& step, Record form,
                 std::vector<std::string> evidence) {
    return CompleteStep{duty, 0, step, "", std::move(form), std::move(evidence)};
}

Command ended_as(const StreamId& duty, const std::string& step, const std::string& outcome) {
    return CompleteStep{duty, 0, step, outcome, {}, {}};
}

Command holds(const std::string& role, const std::string& person, const std::string& subject) {
    const Value who = person.empty() ? Value{} : Value{Reference{"worker", person}};
    return RecordFact{ref(subject), "holds_role", Record::of({{"role", role}, {"person", who}}), 0};
}

Play::Play(const std::vector<std::string>& definitions) {
    world_.source = [this](const Digest& bundle) {
        const auto found = bundles_.find(bundle);
        return found == bundles_.end() ? nullptr : found->second;
    };
    process_.emplace(world_);
    const std::string start = "2025-01-01";
    publish(moment(start), rules_of(definitions), "");
    std::vector<Act> acts;
    const auto add = [&](const std::string& subject, const std::string& parent) {
        acts.push_back(
            on(start, "pia",
               AddSubject{ref(subject), parent.empty() ? Reference{} : ref(parent), {}}));
    };
    add("employer/works", "");
    add("site/north", "employer/works");
    add("fan/F1", "site/north");
    add("post/P1", "site/north");
    for (const auto& [role, person] : staff) add("worker/" + person, "site/north");
    add("worker/zhang", "site/north");
    for (const auto& [role, person] : staff) acts.push_back(on(start, "pia", holds(role, person)));
    given(acts);
    seen_ = events_.size();
}

Play& Play::given(const std::vector<Act>& acts) {
    for (const Act& act : acts) {
        const Outcome outcome = execute(act);
        INFO("given: " << (outcome.refusal
                               ? outcome.refusal->reason + ": " + outcome.refusal->detail
                               : ""));
        REQUIRE_FALSE(outcome.refusal);
    }
    return *this;
}

Play& Play::when(const Act& act) {
    advance(act.recorded);
    seen_ = events_.size();
    outcome_ = execute(act);
    require_equal_replay();
    return *this;
}

Play& Play::until(const std::string& when) {
    seen_ = events_.size();
    outcome_ = {};
    advance(moment(when));
    require_equal_replay();
    return *this;
}

Play& Play::published(const std::string& when, const std::vector<std::string>& definitions) {
    advance(moment(when));
    seen_ = events_.size();
    publish(moment(when), rules_of(definitions), "omar");
    require_equal_replay();
    return *this;
}

Play& Play::then(const std::vector<std::string>& expected) {
    CHECK(words() == expected);
    return *this;
}

Play& Play::then_among(const std::vector<std::string>& expected) {
    const std::vector<std::string> found = words();
    auto at = found.begin();
    for (const std::string& line : expected) {
        at = std::find(at, found.end(), line);
        INFO("expected `" << line << "` in this place");
        CHECKED_ELSE(at != found.end()) {
            CHECK(found == expected);
            return *this;
        }
        ++at;
    }
    return *this;
}

Play& Play::then_no(const std::string& beginning) {
    for (const std::string& line : words()) CHECK_FALSE(line.starts_with(beginning));
    return *this;
}

Play& Play::then_refused(const std::string& reason) {
    CHECK((outcome_.refusal ? outcome_.refusal->reason : "accepted") == reason);
    const std::vector<std::string> found = words();
    REQUIRE(found.size() == 1);
    CHECK(found[0].starts_with("command_refused "));
    return *this;
}

std::vector<Position> Play::positions(const std::string& words) const {
    std::vector<Position> found;
    for (std::size_t i = 0; i < events_.size(); ++i)
        if (told(events_[i]) == words) found.push_back(i + 1);
    return found;
}

std::vector<std::string> Play::words() const {
    std::vector<std::string> found;
    for (std::size_t i = seen_; i < events_.size(); ++i) found.push_back(told(events_[i]));
    return found;
}

void Play::publish(Instant at, RulesPtr rules, const std::string& approver) {
    const Digest bundle = rules->bundle().hash;
    bundles_[bundle] = std::move(rules);
    Act act{at, at, "", ActorId{"pia"}, PublishBundle{bundle, "test", ActorId{approver}}};
    outcome_ = execute(act);
    REQUIRE_FALSE(outcome_.refusal);
}

Outcome Play::execute(const Act& act) {
    advance(act.recorded);
    Meta meta;
    meta.id = CommandId{"c" + std::to_string(++commands_)};
    meta.actor = act.actor;
    meta.effective = effective(act.effective);
    meta.late_reason = act.late_reason;
    Outcome outcome = process_->execute(act.command, meta, act.recorded);
    take(outcome);
    return outcome;
}

Outcome Play::fire(const log::Timer& timer) {
    Meta meta;
    meta.id = CommandId{"t" + std::to_string(++commands_)};
    meta.effective = effective(timer.due);
    return process_->execute(FireTimer{timer.key, timer.generation}, meta, timer.due);
}

/// Timers that are due fire at their own time, the earliest first.
void Play::advance(Instant until) {
    for (;;) {
        const log::Timer* next = nullptr;
        for (const auto& [key, timer] : timers_)
            if (timer.due <= until && (next == nullptr || timer.due < next->due)) next = &timer;
        if (next == nullptr) return;
        const log::Timer timer = *next;
        timers_.erase(timer.key);
        const Outcome outcome = fire(timer);
        INFO("the wake-up of " << timer.key << " at " << to_string(timer.due));
        CHECK_FALSE(outcome.events.empty());
        take(outcome);
    }
}

void Play::take(const Outcome& outcome) {
    const log::Append& append = outcome.append;
    for (const std::string& key : append.drop_timers) timers_.erase(key);
    for (const log::Timer& timer : append.set_timers) timers_[timer.key] = timer;
    for (const std::string& id : append.drop_outbox) outbox_.erase(id);
    for (const log::OutboxEntry& entry : append.add_outbox) outbox_[entry.id] = entry;
    for (const log::NewEvent& event : append.events) {
        log_.push_back(event);
        recorded_.push_back(world_.recorded);
    }
    events_.insert(events_.end(), outcome.events.begin(), outcome.events.end());
}

/// What stands in the log is everything: bytes in, the same world and the same wake-ups out.
void Play::require_equal_replay() const {
    World again;
    again.source = world_.source;
    for (std::size_t i = 0; i < log_.size(); ++i) {
        const log::NewEvent& event = log_[i];
        evolve(again, EventCodec::decode(event.type, event.schema, event.payload),
               {i + 1, event.stream, recorded_[i], event.effective, event.actor, event.on_behalf_of,
                event.corrects, event.origin});
        REQUIRE(state_hash_of(again, event.stream) == event.state_hash);
    }
    CHECK(again.duties.size() == world_.duties.size());
    CHECK(again.breaches.size() == world_.breaches.size());
    const Process restored{again};
    std::map<std::string, log::Timer> timers;
    for (const auto& [stream, timer] : restored.timers()) timers[timer.key] = timer;
    CHECK(timers == timers_);
}

}  // namespace dutylog::pdca::test
