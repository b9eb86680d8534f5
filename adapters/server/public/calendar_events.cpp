#include <algorithm>
#include <map>

#include "adapters/server/notice_words.hpp"
#include "adapters/server/public/calendar.hpp"
#include "adapters/server/public/calendar_moves.hpp"
#include "engine/pdca/people.hpp"

/// What a person's calendar shows.
namespace dutylog::server {

using channels::Feed;
using channels::FeedEvent;
using channels::FeedStatus;
using pdca::Cycle;
using pdca::Duty;
using pdca::StepState;

namespace {

class FeedMaker {
public:
    FeedMaker(const pdca::World& world, log::EventStore& store, std::string person, Instant now)
        : world_{world},
          store_{store},
          person_{std::move(person)},
          now_{now},
          today_{world.rules->zone().local(now).date} {}

    std::vector<FeedEvent> events() {
        for (const auto& [stream, duty] : world_.duties) {
            for (const Cycle& cycle : duty.cycles) {
                if (cycle.running() || cycle.status == pdca::CycleStatus::suspended)
                    add_open(duty, cycle);
            }
            for (const pdca::PastCycle& past : duty.past)
                if (is_recent(past.over)) add_past(duty, past);
        }
        std::ranges::stable_sort(
            found_, {}, [](const FeedEvent& event) { return std::get<CivilDate>(event.when); });
        if (found_.size() > feed_events_max) found_.resize(feed_events_max);
        for (FeedEvent& event : found_) settle_moves(event);
        return std::move(found_);
    }

private:
    struct Place {
        StreamId stream;
        pdca::CycleNumber cycle;
        std::string step;
    };

    bool owns(const Duty& duty, const Cycle& cycle,
              const definition::Definition& definition) const {
        const StepState* step = cycle.step(definition.met_by);
        if (step != nullptr && !step->owner.empty()) return step->owner.str() == person_;
        return pdca::holder(world_, *world_.rules, definition.owner, duty.subject, now_).str() ==
               person_;
    }

    bool is_recent(Instant at) const { return now_ - at <= channels::cancelled_kept; }

    /// What is suspended is not due meanwhile.
    void add_open(const Duty& duty, const Cycle& cycle) {
        const auto* definition = world_.pinned(duty.definition, cycle.version);
        if (definition == nullptr) return;
        const bool stands = cycle.status != pdca::CycleStatus::suspended;
        const bool recent = !cycle.met || is_recent(cycle.met_at);
        if (recent && cycle.deadline.kind != pdca::DeadlineKind::none &&
            owns(duty, cycle, *definition)) {
            add(duty, cycle.number, "", cycle.deadline.effective(), definition->title);
            if (!stands) found_.back().status = FeedStatus::cancelled;
            if (cycle.met) found_.back().status = FeedStatus::done;
        }
        if (!stands) return;
        for (const StepState& step : cycle.steps)
            if (step.owner.str() == person_ && step.id != definition->met_by)
                add_step(duty, cycle, *definition, step);
    }

    void add_step(const Duty& duty, const Cycle& cycle, const definition::Definition& definition,
                  const StepState& step) {
        const bool done = step.status == pdca::StepStatus::done && is_recent(step.at);
        if (step.deadline.kind == pdca::DeadlineKind::none ||
            (!done && step.status != pdca::StepStatus::open))
            return;
        const Text title = step_title(world_, duty, cycle, step.id);
        add(duty, cycle.number, step.id, step.deadline.effective(),
            {definition.title.zh_cn + "：" + title.zh_cn, definition.title.en + ": " + title.en});
        if (done) found_.back().status = FeedStatus::done;
    }

    /// What was met is done, by whoever did it and for whoever owed it; the rest is cancelled.
    void add_past(const Duty& duty, const pdca::PastCycle& past) {
        const auto* definition = world_.rule_of(duty);
        if (definition == nullptr) return;
        const ActorId owner =
            past.owner.empty()
                ? pdca::holder(world_, *world_.rules, definition->owner, duty.subject, now_)
                : past.owner;
        if (owner.str() != person_ && past.met_by.str() != person_) return;
        add(duty, past.number, "", past.due, definition->title);
        found_.back().status = past.met ? FeedStatus::done : FeedStatus::cancelled;
    }

    void add(const Duty& duty, pdca::CycleNumber cycle, const std::string& step, CivilDate due,
             const Text& title) {
        FeedEvent event;
        event.uid = duty.stream.str() + "#" + std::to_string(cycle) + "@dutylog";
        if (!step.empty()) event.uid = step + "." + event.uid;
        event.when = due;
        // A person's own calendar need not say whom it is about where it is about them.
        const std::string name = shown_name(world_, duty.subject);
        const bool own = duty.subject.id == person_;
        event.summary = own ? title : Text{title.zh_cn + " – " + name, title.en + " – " + name};
        event.category = {duty.system, duty.system};
        places_[event.uid] = {duty.stream, cycle, step};
        found_.push_back(std::move(event));
    }

    /// A feed shows at most a page or two, so each of its duties is read once.
    void settle_moves(FeedEvent& event) {
        const Place& place = places_.at(event.uid);
        auto [known, fresh] = moves_.try_emplace(place.stream);
        if (fresh) known->second = moves_of(store_, place.stream);
        const Moves& moves = known->second[{place.cycle, place.step}];
        event.sequence = moves.times;
        event.modified = moves.last;
    }

    const pdca::World& world_;
    log::EventStore& store_;
    std::string person_;
    Instant now_;
    CivilDate today_;
    std::vector<FeedEvent> found_;
    std::map<std::string, Place> places_;
    std::map<StreamId, AllMoves> moves_;
};

}  // namespace

Feed feed_of(const pdca::World& world, log::EventStore& store, const std::string& person,
             Instant now) {
    Feed feed;
    feed.name = {"待办事项", "Duties"};
    feed.zone = std::nullopt;  // whole days only
    feed.events = FeedMaker{world, store, person, now}.events();
    return feed;
}

}  // namespace dutylog::server
