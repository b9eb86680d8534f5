#include <algorithm>

#include "engine/calendar/explain.hpp"
#include "engine/history/questions.hpp"
#include "engine/history/words.hpp"
#include "engine/pdca/stored.hpp"
#include "engine/pdca/wheels.hpp"

namespace dutylog::history {

using namespace pdca;  // NOLINT

namespace json = boost::json;

World world_at(log::EventStore& store, const RulesSource& source, std::optional<Instant> known_at) {
    World world;
    world.source = source;
    store.scan(1, [&](const log::StoredEvent& stored) {
        if (known_at && stored.envelope.recorded > *known_at) return false;
        replay(world, stored);
        return true;
    });
    return world;
}

namespace {

json::object breach_json(const World& world, const BreachRecord& breach) {
    const calendar::Zone& zone = world.rules->zone();
    json::object found{{"duty", breach.definition},
                       {"of", breach.subject.id},
                       {"basis", breach.basis},
                       {"due", to_string(breach.due_on)},
                       {"due_at", to_string(breach.due)},
                       {"kind", word_of(breach.breach)},
                       {"known_since", to_string(zone.local(breach.known).date)},
                       {"event", breach.position}};
    if (!breach.what.empty()) found["step"] = breach.what;
    if (breach.tracked) found["tracked"] = true;
    return found;
}

/// What is kept of the cycle a fact opened, or of the newest; null where there is none.
const PastCycle* past_of(const Duty& duty, log::Position occasion) {
    for (auto past = duty.past.rbegin(); past != duty.past.rend(); ++past)
        if (occasion == 0 || past->occasion == occasion) return &*past;
    return nullptr;
}

/// The cycle a question is about: the newest that is not over, else the newest of all.
const Cycle* current(const Duty& duty, log::Position occasion = 0) {
    for (const Cycle& cycle : duty.cycles)
        if (occasion != 0 && cycle.occasion == occasion) return &cycle;
    if (occasion != 0) return nullptr;
    for (const Cycle& cycle : duty.cycles)
        if (!cycle.met) return &cycle;
    return duty.cycles.empty() ? nullptr : &duty.cycles.back();
}

json::array open_steps(const Cycle& cycle) {
    json::array open;
    for (const StepState& step : cycle.steps)
        if (step.status == StepStatus::open) open.emplace_back(step.id);
    return open;
}

void add_deadline(json::object& answer, const World& world, const Cycle& cycle, Instant at) {
    const Deadline& deadline = cycle.deadline;
    answer["due"] = to_string(deadline.nominal());
    answer["effective"] = to_string(deadline.effective());
    answer["enforced"] = to_string(deadline.enforced);
    if (deadline.kind == DeadlineKind::window)
        answer["window_from"] = to_string(deadline.window_from);
    if (deadline.rule.provisional) answer["provisional"] = true;
    answer["known_since"] = to_string(world.rules->zone().local(cycle.planned).date);
    answer["late_known"] = deadline.late_known;
    answer["overdue"] = !cycle.met && at >= deadline.ends;
}

/// Of a system or programme: how it stands, and which children make it so.
void add_children(json::object& answer, const World& world, const Duty& wheel) {
    const Tally tally = world.tally_of(wheel);
    answer["health"] = word_of(wheel.health);
    answer["duties"] = tally.duties;
    answer["findings"] = tally.findings;
    answer["vacant"] = tally.vacant;
    json::array open;
    json::array overdue;
    for (const Duty* child : children_of(world, wheel)) {
        const json::object name{{"duty", child->definition}, {"of", child->subject.id}};
        if (child->share.open > 0) open.push_back(name);
        if (child->share.overdue > 0) overdue.push_back(name);
    }
    answer["children_open"] = std::move(open);
    answer["children_overdue"] = std::move(overdue);
    json::array carried;
    for (const Cycle& cycle : wheel.cycles)
        for (const std::string& each : cycle.carried_in) carried.emplace_back(each);
    answer["carried_in"] = std::move(carried);
}

}  // namespace

json::array first_missed(const World& world) {
    std::vector<const BreachRecord*> order;
    for (const BreachRecord& breach : world.breaches) order.push_back(&breach);
    std::sort(order.begin(), order.end(), [](const BreachRecord* a, const BreachRecord* b) {
        return std::tie(a->tracked, a->due, a->definition, a->subject, a->position) <
               std::tie(b->tracked, b->due, b->definition, b->subject, b->position);
    });
    json::array found;
    for (const BreachRecord* breach : order) found.push_back(breach_json(world, *breach));
    return found;
}

json::object duty_state(const World& world, const StreamId& stream, Instant at,
                        log::Position occasion) {
    json::object answer;
    const Duty* duty = world.duty(stream);
    answer["known"] = duty != nullptr;
    if (duty == nullptr) {
        answer["phase"] = "none";
        answer["open"] = json::array{};
        answer["overdue"] = false;
        return answer;
    }
    if (duty->level != Level::duty) add_children(answer, world, *duty);
    const auto last = duty->last_completion();
    if (last) answer["last_met_on"] = to_string(*last);
    answer["cycles"] = duty->cycles_made;
    if (const Cycle* cycle = current(*duty, occasion)) {
        add_deadline(answer, world, *cycle, at);
        answer["cycle"] = cycle->number;
        answer["phase"] = phase_word(*cycle);
        answer["open"] = open_steps(*cycle);
        answer["met"] = cycle->met;
        answer["missed"] = cycle->missed;
        if (cycle->met) {
            answer["met_on"] = to_string(cycle->met_on);
            answer["days_late"] = std::max(0, cycle->met_on.days - cycle->deadline.enforced.days);
            answer["working_days_late"] =
                std::max(0, calendar::working_days_between(cycle->deadline.enforced, cycle->met_on,
                                                           world.rules->calendar()));
        }
    } else {
        answer["phase"] = duty->active ? "closed" : "ended";
        answer["open"] = json::array{};
        answer["overdue"] = false;
        if (const PastCycle* past = past_of(*duty, occasion)) {
            answer["due"] = to_string(past->nominal);
            answer["effective"] = to_string(past->due);
            answer["met"] = past->met;
            answer["assumed"] = past->assumed;
            if (past->met) {
                answer["met_on"] = to_string(past->met_on);
                answer["days_late"] = std::max(0, past->met_on.days - past->due.days);
                answer["working_days_late"] =
                    std::max(0, calendar::working_days_between(past->due, past->met_on,
                                                               world.rules->calendar()));
            }
        }
    }
    return answer;
}

json::array open_duties(const World& world, const Reference& about, log::Position occasion) {
    json::array found;
    for (const auto& [stream, duty] : world.duties) {
        if (!about.empty() && !world.inside(duty.subject, about)) continue;
        for (const Cycle& cycle : duty.cycles) {
            if (!cycle.running() || (occasion != 0 && cycle.occasion != occasion)) continue;
            if (cycle.met && open_steps(cycle).empty()) continue;
            json::object entry{{"duty", duty.definition},
                               {"of", duty.subject.id},
                               {"cycle", cycle.number},
                               {"phase", phase_word(cycle)},
                               {"due", to_string(cycle.deadline.nominal())},
                               {"effective", to_string(cycle.deadline.effective())},
                               {"open", open_steps(cycle)}};
            if (const auto* rule = world.pinned(duty.definition, cycle.version))
                if (!rule->basis.empty()) entry["basis"] = rule->basis.front().obligation;
            found.push_back(std::move(entry));
        }
    }
    return found;
}

json::object explain_date(const World& world, const StreamId& stream, Language language) {
    json::object answer;
    const Duty* duty = world.duty(stream);
    const Cycle* cycle = duty == nullptr ? nullptr : current(*duty);
    if (cycle == nullptr) return answer;
    const Deadline& deadline = cycle->deadline;
    answer["expression"] = deadline.expression;
    answer["due"] = to_string(deadline.nominal());
    answer["effective"] = to_string(deadline.effective());
    answer["enforced"] = to_string(deadline.enforced);
    answer["calendar"] = deadline.rule.calendar;
    answer["provisional"] = deadline.rule.provisional;
    json::array sentences;
    for (const std::string& line : calendar::explain(deadline.rule.trace, language))
        sentences.emplace_back(line);
    if (deadline.late_known)
        sentences.emplace_back(language == Language::en
                                   ? "It became known too late; it is enforced from " +
                                         to_string(deadline.enforced) + "."
                                   : "因得知过晚，自" + to_string(deadline.enforced) + "起执行。");
    answer["sentences"] = std::move(sentences);
    if (const auto* rule = world.pinned(duty->definition, cycle->version)) {
        json::array basis;
        for (const auto& each : rule->basis)
            basis.emplace_back(each.obligation + " " + each.rule + " (" + each.force + ")");
        answer["basis"] = std::move(basis);
    }
    return answer;
}

json::array editions(const World& world, const std::string& table, CivilDate on) {
    json::array found;
    const auto entry = world.rules->bundle().tables.find(table);
    if (entry == world.rules->bundle().tables.end()) return found;
    std::set<std::string> names;
    for (const Record& row : entry->second.rows) {
        const Value* from = row.find("valid_from");
        const Value* to = row.find("valid_to");
        const auto* first = from == nullptr ? nullptr : from->as<CivilDate>();
        const auto* end = to == nullptr ? nullptr : to->as<CivilDate>();
        const Value* edition = row.find("edition");
        const bool valid = (first == nullptr || on >= *first) && (end == nullptr || on < *end);
        if (valid && edition != nullptr) names.insert(to_string(*edition));
    }
    for (const std::string& name : names) found.emplace_back(name);
    return found;
}

}  // namespace dutylog::history
