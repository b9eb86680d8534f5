#include "engine/pdca/process.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/pdca/command_codec.hpp"
#include "engine/pdca/sealing.hpp"
#include "engine/pdca/stored.hpp"

namespace dutylog::pdca {

namespace {

/// More consequences than this of one command mean that two rules undo each other.
constexpr std::size_t consequences_max = 200'000;

}  // namespace

Process::Process(World& world) : world_{world} {
    world_.unsealing.notes = std::make_shared<SealNotes>();
    restore_timers();
}

Outcome Process::execute(const Command& command, const Meta& meta, Instant now) {
    now_ = std::max(now, world_.recorded);
    base_ = world_.head;
    world_.unsealing.notes->asked.clear();
    Pairs touched;
    const auto* fire = std::get_if<FireTimer>(&command);
    by_timer_ = fire != nullptr;
    if (fire != nullptr) {
        if (!due(*fire)) return {};
        if (const Duty* duty = world_.duty(StreamId{fire->key})) touch_duty(*duty, touched);
    }
    const auto decision = decide(world_, command, meta, now_);
    if (!decision) return refuse(command, meta, decision.error());
    Outcome outcome;
    outcome.refusal = decision->refusal;
    outcome.warnings = decision->warnings;
    for (const Draft& draft : decision->drafts) apply(draft, meta, outcome, touched);
    if (fire != nullptr && world_.duty(StreamId{fire->key}) == nullptr)
        day_came(*fire, meta, outcome, touched);
    record_asked({}, meta, outcome, touched);
    settle(meta, outcome, touched);
    if (!outcome.events.empty() && std::holds_alternative<BundlePublished>(outcome.events.front()))
        set_day_timers(outcome);
    outcome.first = outcome.events.empty() ? 0 : base_ + 1;
    outcome.last = world_.head == base_ ? 0 : world_.head;
    return outcome;
}

/// A timer that was set anew or dropped since is a no-op.
bool Process::due(const FireTimer& fire) const {
    const auto timer = timers_.find(StreamId{fire.key});
    return timer != timers_.end() && !world_.timers_held &&
           timer->second.generation == fire.generation && timer->second.due <= now_;
}

Outcome Process::refuse(const Command& command, const Meta& meta, Rejection rejection) {
    Outcome outcome;
    CommandRefused event{std::string{name_of(command)}, "", rejection.reason, rejection.detail,
                         encode(command)};
    std::visit(
        [&](const auto& order) {
            if constexpr (requires { order.duty; })
                event.target = order.duty.str();
            else if constexpr (requires { order.subject; })
                event.target = subject_stream(order.subject).str();
        },
        command);
    Pairs touched;
    Draft draft;
    draft.event = event;
    draft.stream = StreamId{"refusals"};
    draft.effective = meta.effective;
    apply(std::move(draft), meta, outcome, touched);
    record_asked({}, meta, outcome, touched);
    outcome.refusal = std::move(rejection);
    outcome.first = base_ + 1;
    outcome.last = world_.head;
    return outcome;
}

/// Gives an event its place, folds it in, and notes which duties have to be judged anew.
void Process::apply(Draft draft, const Meta& meta, Outcome& outcome, Pairs& touched) {
    const bool first = outcome.events.empty();
    log::NewEvent stored;
    stored.stream = draft.stream;
    stored.type = EventCodec::type_of(draft.event);
    stored.schema = EventCodec::schema_of(draft.event);
    stored.effective = draft.effective;
    stored.bundle = world_.bundle;
    const bool outside = (first || draft.outside) && !by_timer_;
    stored.origin = outside ? log::Origin::outside : log::Origin::derived;
    stored.actor = outside ? meta.actor : ActorId{"engine"};
    if (outside) {
        stored.on_behalf_of = meta.on_behalf_of;
        stored.late_reason = meta.late_reason;
    }
    stored.command = meta.id;
    stored.cause = first ? -1 : 0;
    stored.rests_on = stored_reads(draft.rests_on, outcome);
    stored.corrects = draft.corrects;
    if (const auto* voided = std::get_if<RecordVoided>(&draft.event))
        stored.corrects = voided->positions.front();
    if (outcome.append.expected.empty() ||
        std::none_of(outcome.append.expected.begin(), outcome.append.expected.end(),
                     [&](const auto& e) { return e.stream == draft.stream; })) {
        const auto known = world_.versions.find(draft.stream);
        outcome.append.expected.push_back(
            {draft.stream, known == world_.versions.end() ? 0 : known->second});
    }
    stored.payload = EventCodec::encode(draft.event);
    drop_outbox(draft.event, draft.stream, outcome);
    const Duty* before = world_.duty(draft.stream);
    const Tally share = before == nullptr ? Tally{} : before->share;
    evolve(world_, draft.event,
           Circumstances{world_.head + 1, draft.stream, now_, draft.effective, stored.actor,
                         stored.on_behalf_of, stored.corrects, stored.origin});
    const Duty* after = world_.duty(draft.stream);
    if (after != nullptr && after->share != share) touch_parents(*after, touched);
    stored.state_hash = state_hash_of(world_, draft.stream);
    stored.fold_version = fold_version;
    if (const auto* notice = std::get_if<NoticePlanned>(&draft.event))
        tell_outside(*notice, outcome);
    touch(draft.event, draft.stream, touched);
    outcome.append.events.push_back(std::move(stored));
    outcome.events.push_back(std::move(draft.event));
}

/// What was read of this very append has no hash to be cited by yet: the cause, which every event
/// of the append names, stands for it, and so does what it rests on itself.
std::vector<Position> Process::stored_reads(const std::vector<Position>& read,
                                            const Outcome& outcome) const {
    std::vector<Position> stored;
    for (const Position at : read) {
        if (at <= base_) {
            stored.push_back(at);
            continue;
        }
        const auto& inherited = outcome.append.events.at(at - base_ - 1).rests_on;
        stored.insert(stored.end(), inherited.begin(), inherited.end());
    }
    std::sort(stored.begin(), stored.end());
    stored.erase(std::unique(stored.begin(), stored.end()), stored.end());
    return stored;
}

/// Derived events to a fixpoint, in the order of definition and subject.
void Process::settle(const Meta& meta, Outcome& outcome, Pairs& touched) {
    Pairs changed;
    while (!touched.empty()) {
        const Pair pair = *touched.begin();
        touched.erase(touched.begin());
        changed.insert(pair);
        Judged judged;
        for (;;) {
            Drafts drafts = Judge{world_, *pair.definition, pair.subject, now_, &judged}.next();
            for (Draft& draft : drafts) apply(std::move(draft), meta, outcome, touched);
            record_asked(duty_stream(pair.definition->id, pair.subject), meta, outcome, touched);
            if (drafts.empty()) break;
            if (outcome.events.size() > consequences_max)
                throw std::logic_error{"the rules of " + pair.definition->id +
                                       " never come to rest"};
        }
        touched.erase(pair);  // by its own consequences, after which nothing more followed
    }
    for (const Pair& pair : changed) {
        set_timer(pair, outcome);
        record_asked(duty_stream(pair.definition->id, pair.subject), meta, outcome, touched);
    }
}

/// @param about  the duty that was judged; where there is none yet, the person's own stream
void Process::record_asked(const StreamId& about, const Meta& meta, Outcome& outcome,
                           Pairs& touched) {
    std::map<std::string, SealedFieldsAsked> by_key;
    for (const auto& [question, asked] : world_.unsealing.notes->asked)
        by_key[asked.key].questions.push_back({question, asked.answer});
    world_.unsealing.notes->asked.clear();
    for (auto& [key, event] : by_key) {
        event.key = key;
        Draft draft;
        draft.event = std::move(event);
        draft.stream = world_.duty(about) != nullptr ? about : subject_stream(subject_of_key(key));
        draft.effective = {Precision::instant, now_, world_.rules->zone().local(now_).date, now_,
                           world_.rules->zone().name()};
        apply(std::move(draft), meta, outcome, touched);
    }
}

void Process::set_timer(const Pair& pair, Outcome& outcome) {
    const StreamId stream = duty_stream(pair.definition->id, pair.subject);
    const Duty* duty = world_.duty(stream);
    if (duty == nullptr) return;
    const auto due = Judge{world_, *pair.definition, pair.subject, now_}.wake_up();
    const auto known = timers_.find(stream);
    if (!due) {
        if (known == timers_.end()) return;
        timers_.erase(known);
        outcome.append.drop_timers.push_back(stream.str());
        return;
    }
    const log::Timer timer{stream.str(), *due, duty->generation};
    if (known != timers_.end() && known->second == timer) return;
    timers_[stream] = timer;
    outcome.append.set_timers.push_back(timer);
}

void Process::restore_timers() {
    timers_.clear();
    if (world_.rules == nullptr) return;
    for (const auto& [id, definition] : world_.rules->bundle().definitions)
        if (const auto timer = next_day(definition)) timers_[StreamId{timer->key}] = *timer;
    for (const auto& [stream, duty] : world_.duties) {
        const auto* definition = world_.rule_of(duty);
        if (definition == nullptr) continue;
        const auto due = Judge{world_, *definition, duty.subject, duty.touched}.wake_up();
        if (due) timers_[stream] = {stream.str(), *due, duty.generation};
    }
}

}  // namespace dutylog::pdca
