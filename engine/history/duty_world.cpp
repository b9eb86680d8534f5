#include "engine/history/duty_world.hpp"

#include <algorithm>
#include <set>

#include "engine/history/rehearsal.hpp"
#include "engine/pdca/readers.hpp"
#include "engine/pdca/stored.hpp"

namespace dutylog::history {

using namespace pdca;  // NOLINT: commands and the world are named here

namespace {

const StreamId refusals{"refusals"};

struct DutyName {
    std::string definition;
    Reference subject;
};

/// `duty/DEFINITION/KIND/ID`.
DutyName parsed(const StreamId& stream) {
    constexpr std::string_view prefix = "duty/";
    const std::string& name = stream.str();
    if (!name.starts_with(prefix)) return {};
    const std::size_t slash = name.find('/', prefix.size());
    if (slash == std::string::npos) return {};
    return {name.substr(prefix.size(), slash - prefix.size()),
            subject_of_stream(StreamId{"subject" + name.substr(slash)})};
}

bool known(const log::StoredEvent& stored, const Clocks& clocks) {
    return !clocks.known_at || stored.envelope.recorded <= *clocks.known_at;
}

void collect_references(const Value& value, std::vector<Reference>& into) {
    if (const auto* reference = value.as<Reference>()) into.push_back(*reference);
    if (const auto* list = value.as<List>())
        for (const Value& each : *list) collect_references(each, into);
    if (const auto* record = value.as<Record>())
        for (const Field& field : record->fields()) collect_references(field.value, into);
}

/// The streams in the order of their positions, folded as they were recorded.
World as_recorded(log::EventStore& store, const RulesSource& source, const StreamId& duty,
                  const Clocks& clocks) {
    std::vector<log::StoredEvent> events;
    for (const StreamId& stream : {log_stream(), duty})
        store.scan_stream(stream, 1, [&](const log::StoredEvent& stored) {
            if (!known(stored, clocks)) return false;
            events.push_back(stored);
            return true;
        });
    std::ranges::sort(events, {}, [](const auto& stored) { return stored.envelope.position; });
    World world;
    world.source = source;
    for (const log::StoredEvent& stored : events) replay(world, stored);
    return world;
}

/// Reads what came from outside into the streams that one duty can read.
class Reading {
public:
    Reading(log::EventStore& store, const Clocks& clocks) : store_{store}, clocks_{clocks} {}

    /// @param name  as the duty's stream has it
    OutsideHistory of(const DutyName& name, const StreamId& duty, const Rules& rules) {
        take(log_stream());
        take(duty);
        subjects_.push_back(name.subject);
        close();
        if (const auto* definition = rules.definition(name.definition))
            for (const std::string& kind : inner_kinds(*definition, rules))
                take_inside(kind, name.subject);
        take(refusals);
        keep_what_stands();
        return std::move(history_);
    }

private:
    void take(const StreamId& stream) {
        if (!streams_.insert(stream).second) return;
        store_.scan_stream(stream, 1, [&](const log::StoredEvent& stored) {
            if (!known(stored, clocks_)) return false;
            if (complete(history_.acts, stored)) return true;
            if (auto act = outside_act(stored)) take(std::move(*act), stored);
            add_answers(history_.answers, stored);
            return true;
        });
    }

    void take(OutsideAct act, const log::StoredEvent& stored) {
        if (stored.envelope.stream == refusals && !concerns(stored)) return;
        if (const auto* added = std::get_if<AddSubject>(&act.command)) {
            parents_[added->subject] = added->parent;
            subjects_.push_back(added->parent);
        }
        if (const auto* fact = std::get_if<RecordFact>(&act.command))
            collect_references(fact->value, subjects_);
        places_.insert(act.position);
        history_.acts.push_back(std::move(act));
    }

    bool concerns(const log::StoredEvent& stored) const {
        const Event event =
            EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload);
        const auto* refused = std::get_if<CommandRefused>(&event);
        return refused != nullptr &&
               (refused->target.empty() || streams_.contains(StreamId{refused->target}));
    }

    /// A subject brings what it lives in and what its facts point at.
    void close() {
        while (!subjects_.empty()) {
            const Reference next = subjects_.back();
            subjects_.pop_back();
            if (!next.empty()) take(subject_stream(next));
        }
    }

    /// Kinds that live inside the duty's subject and whose facts its definition reads.
    static std::set<std::string> inner_kinds(const definition::Definition& definition,
                                             const Rules& rules) {
        std::set<std::string> kinds;
        for (const std::string& id : facts_read(definition, rules.library()))
            if (const auto* type = rules.fact(id))
                if (type->of != definition.subject && rules.within(type->of, definition.subject))
                    kinds.insert(type->of);
        return kinds;
    }

    void take_inside(const std::string& kind, const Reference& outer) {
        for (const StreamId& stream : store_.streams("subject/" + kind + "/"))
            if (lives_in(subject_of_stream(stream), outer)) take(stream);
        close();
    }

    bool lives_in(Reference subject, const Reference& outer) {
        while (!subject.empty() && subject != outer) subject = parent_of(subject);
        return subject == outer;
    }

    Reference parent_of(const Reference& subject) {
        if (const auto found = parents_.find(subject); found != parents_.end())
            return found->second;
        Reference& parent = parents_[subject];
        store_.scan_stream(subject_stream(subject), 1, [&](const log::StoredEvent& stored) {
            const auto act = outside_act(stored);
            const auto* added = act ? std::get_if<AddSubject>(&act->command) : nullptr;
            if (added != nullptr) parent = added->parent;
            return false;
        });
        return parent;
    }

    /// In the order of the log, without withdrawals of records that are not read here.
    void keep_what_stands() {
        std::ranges::sort(history_.acts, {}, &OutsideAct::position);
        std::erase_if(history_.acts, [&](OutsideAct& act) {
            auto* voided = std::get_if<VoidRecords>(&act.command);
            if (voided == nullptr) return false;
            std::erase_if(voided->positions,
                          [&](log::Position at) { return !places_.contains(at); });
            return voided->positions.empty();
        });
    }

    log::EventStore& store_;
    const Clocks& clocks_;
    OutsideHistory history_;
    std::set<StreamId> streams_;
    std::set<log::Position> places_;
    std::vector<Reference> subjects_;  ///< still to be read
    std::map<Reference, Reference> parents_;
};

/// One edition from the beginning on, instead of those of their time.
void judge_by(const Digest& bundle, OutsideHistory& history) {
    bool first = true;
    std::erase_if(history.acts, [&](OutsideAct& act) {
        auto* order = std::get_if<PublishBundle>(&act.command);
        if (order == nullptr) return false;
        order->bundle = bundle;
        return !std::exchange(first, false);
    });
}

}  // namespace

World duty_world(log::EventStore& store, const RulesSource& source, const StreamId& duty,
                 const Clocks& clocks, const log::KeyRing* keys) {
    World recorded = as_recorded(store, source, duty, clocks);
    if (!clocks.true_at && !clocks.rules) return recorded;
    const RulesPtr rules = clocks.rules ? source(*clocks.rules) : recorded.rules;
    if (rules == nullptr) return recorded;  // nothing was ever published
    OutsideHistory history = Reading{store, clocks}.of(parsed(duty), duty, *rules);
    if (clocks.rules) judge_by(*clocks.rules, history);
    if (clocks.true_at)
        return rehearse_as_true(std::move(history), source, keys, *clocks.true_at).world();
    Rehearsal rehearsal{source, keys, history.answers};
    for (const OutsideAct& act : history.acts) rehearsal.run(act);
    rehearsal.advance(clocks.known_at.value_or(store.last_recorded()));
    return rehearsal.world();
}

}  // namespace dutylog::history
