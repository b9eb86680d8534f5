#include "engine/scenario/definition_test.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "engine/history/questions.hpp"
#include "engine/history/rehearsal.hpp"
#include "engine/history/words.hpp"

namespace dutylog::scenario {

using definition::Given;
using definition::GivenKind;
using definition::TestCase;

namespace {

/// The name of the one subject of a test; other kinds are named after themselves.
constexpr const char* the_subject = "it";

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return "[" + text + "]";
}

class Run {
public:
    Run(const pdca::RulesPtr& rules, const TestCase& test)
        : rules_{rules},
          test_{test},
          definition_{*rules->definition(test.definition)},
          rehearsal_{[rules](const Digest&) { return rules; }} {}

    std::vector<std::string> all() {
        start();
        for (const Given& given : test_.given) give(given);
        at_ = Instant{rules_->zone().day_end(test_.at).micros - 1};
        rehearsal_.advance(at_);
        expect();
        return std::move(differences_);
    }

private:
    const pdca::World& world() const { return rehearsal_.world(); }

    void say(std::string what) { differences_.push_back(std::move(what)); }

    Effective effective(Instant at) const {
        return {Precision::instant, at, rules_->zone().local(at).date, at, rules_->zone().name()};
    }

    /// A moment before the first line of the test.
    void start() {
        CivilDate first = test_.at;
        for (const Given& given : test_.given) first = std::min(first, given.on);
        now_ = rules_->zone().day_start(first.plus_days(-1));
        command(pdca::PublishBundle{Digest{}, "test", {}}, "test", now_, now_);
        about_ = subject(definition_.subject, the_subject);
        std::string person;
        for (const auto& [id, kind] : rules_->library().kinds)
            if (kind.person) person = id;
        const Reference top = top_subject();
        for (const auto& [id, role] : rules_->library().roles) {
            const Reference holder = subject(person, id);
            command(pdca::RecordFact{top, "holds_role",
                                     Record::of({{"role", id}, {"person", holder}}), 0},
                    "test", now_, now_);
        }
    }

    Reference top_subject() {
        for (const auto& [id, kind] : rules_->library().kinds)
            if (kind.parent.empty()) return subject(id, id);
        return {};
    }

    /// The subject of a kind and id, made with all it lives in where it is new.
    Reference subject(const std::string& kind, const std::string& id) {
        const Reference reference{kind, id};
        if (world().subject(reference) != nullptr) return reference;
        const auto known = rules_->library().kinds.find(kind);
        if (known == rules_->library().kinds.end()) return {};
        Reference parent;
        if (!known->second.parent.empty()) {
            const bool inside_it = known->second.parent == about_.kind;
            parent = inside_it ? about_ : subject(known->second.parent, known->second.parent);
        }
        command(pdca::AddSubject{reference, parent, {}}, "test", now_, now_);
        return reference;
    }

    std::optional<Rejection> command(pdca::Command order, const std::string& actor, Instant at,
                                     Instant recorded) {
        history::OutsideAct act;
        act.recorded = recorded;
        act.command = std::move(order);
        act.meta.actor = ActorId{actor};
        act.meta.effective = effective(at);
        return rehearsal_.run(act);
    }

    /// The subject a fact type speaks of, seen from the subject of the test.
    Reference subject_for(const std::string& fact) {
        const definition::FactType* type = rules_->fact(fact);
        if (type == nullptr || type->of == about_.kind) return about_;
        const Reference outer = world().ancestor(about_, type->of);
        return outer.empty() ? subject(type->of, type->of) : outer;
    }

    void make_references(const Value& value) {
        if (const auto* reference = value.as<Reference>()) subject(reference->kind, reference->id);
        if (const auto* list = value.as<List>())
            for (const Value& item : *list) make_references(item);
        if (const auto* record = value.as<Record>())
            for (const Field& field : record->fields()) make_references(field.value);
    }

    std::string actor_of(const Given& given) {
        if (!given.by.empty()) return given.by == about_.kind ? about_.id : given.by;
        const definition::Step* step = definition_.step(given.name);
        const std::string role =
            step == nullptr || step->owner.empty() ? definition_.owner : step->owner;
        return role == about_.kind ? about_.id : role;
    }

    void give(const Given& given) {
        const Instant at =
            given.at.value_or(rules_->zone().instant(calendar::local_time(given.on, 9, 0)));
        const Instant recorded =
            given.known ? rules_->zone().instant(calendar::local_time(*given.known, 9, 0)) : at;
        rehearsal_.advance(recorded);
        now_ = recorded;
        make_references(Value{given.values});
        const StreamId duty = pdca::duty_stream(definition_.id, about_);
        const std::string actor = actor_of(given);
        last_ = std::nullopt;
        switch (given.kind) {
            case GivenKind::fact:
                last_ =
                    command(pdca::RecordFact{subject_for(given.name), given.name, given.values, 0},
                            actor, at, recorded);
                break;
            case GivenKind::request:
                last_ = command(pdca::RequestAct{subject_for(given.name), given.name, given.values},
                                actor, at, recorded);
                break;
            case GivenKind::complete:
                last_ = command(pdca::CompleteStep{duty, 0, given.name, given.outcome, given.values,
                                                   given.evidence},
                                actor, at, recorded);
                break;
            case GivenKind::verify:
                last_ = command(pdca::VerifyMeasure{duty, 0, given.name, true, ""}, actor, at,
                                recorded);
                break;
            case GivenKind::approve:
                last_ =
                    command(pdca::ApproveStep{duty, 0, given.name, given.by}, actor, at, recorded);
                break;
        }
        const bool is_last = &given == &test_.given.back();
        if (last_ && !(is_last && (test_.expect.refused || test_.expect.gate_closed)))
            say("`" + given.name + "` of " + to_string(given.on) + " was refused (" +
                last_->reason + "): " + last_->detail);
    }

    // ---- what is expected -------------------------------------------------------------------

    const pdca::Duty* duty() const {
        return world().duty(pdca::duty_stream(definition_.id, about_));
    }

    const pdca::Cycle* cycle() const {
        const pdca::Duty* found = duty();
        if (found == nullptr) return nullptr;
        for (const pdca::Cycle& each : found->cycles)
            if (!each.met) return &each;
        return found->cycles.empty() ? nullptr : &found->cycles.back();
    }

    void same(const std::string& what, const std::string& expected, const std::string& found) {
        if (expected != found)
            say(what + ": expected " + expected + ", found " + (found.empty() ? "nothing" : found));
    }

    void same_set(const std::string& what, std::vector<std::string> expected,
                  std::vector<std::string> found) {
        std::sort(expected.begin(), expected.end());
        std::sort(found.begin(), found.end());
        same(what, joined(expected), joined(found));
    }

    std::vector<std::string> steps(bool overdue_only) const {
        std::vector<std::string> found;
        const pdca::Duty* known = duty();
        if (known == nullptr) return found;
        for (const pdca::Cycle& each : known->cycles)
            for (const pdca::StepState& step : each.steps) {
                if (step.status != pdca::StepStatus::open) continue;
                const bool late =
                    step.missed ||
                    (step.deadline.kind == pdca::DeadlineKind::none && each.missed && !each.met) ||
                    (each.missed && !each.met && step.id == definition_.met_by);
                if (!overdue_only || late) found.push_back(step.id);
            }
        return found;
    }

    void expect() {
        const auto& wanted = test_.expect;
        const pdca::Cycle* current = cycle();
        if (wanted.due)
            same("due", to_string(*wanted.due),
                 current == nullptr ? "" : to_string(current->deadline.nominal()));
        if (wanted.effective)
            same("effective", to_string(*wanted.effective),
                 current == nullptr ? "" : to_string(current->deadline.effective()));
        if (wanted.open) same_set("open", *wanted.open, steps(false));
        if (wanted.overdue) same_set("overdue", *wanted.overdue, steps(true));
        if (wanted.closed)
            same("closed", *wanted.closed ? "true" : "false",
                 duty() != nullptr && !duty()->past.empty() ? "true" : "false");
        if (wanted.cycles)
            same("cycles", std::to_string(*wanted.cycles),
                 std::to_string(duty() == nullptr ? 0 : duty()->cycles_made));
        if (wanted.phase)
            same("phase", *wanted.phase,
                 current != nullptr ? history::phase_word(*current) : "closed");
        if (wanted.findings) same_set("findings", *wanted.findings, findings());
        if (wanted.breaches) expect_breaches(*wanted.breaches);
        if (wanted.refused) same("refused", *wanted.refused, last_ ? last_->reason : "");
        if (wanted.gate_closed) expect_gate(*wanted.gate_closed);
    }

    std::vector<std::string> findings() const {
        std::vector<std::string> found;
        for (const auto& each : rehearsal_.events())
            if (const auto* raised = std::get_if<pdca::FindingRaised>(&each.event))
                if (!raised->finding.empty()) found.push_back(raised->finding);
        return found;
    }

    void expect_breaches(const std::vector<CivilDate>& expected) {
        std::vector<std::string> wanted;
        std::vector<std::string> found;
        for (const CivilDate day : expected) wanted.push_back(to_string(day));
        for (const pdca::BreachRecord& breach : world().breaches)
            if (breach.definition == definition_.id) found.push_back(to_string(breach.due_on));
        same_set("breaches", wanted, found);
    }

    /// Closed by a refused request, or by the step that keeps it closed.
    void expect_gate(const std::string& gate) {
        for (const auto& each : rehearsal_.events())
            if (const auto* refused = std::get_if<pdca::ActRefused>(&each.event))
                for (const pdca::GateClosed& closed : refused->gates)
                    if (closed.gate == gate || closed.definition == definition_.id) return;
        const auto open = steps(false);
        const definition::Step* step = definition_.step(gate);
        if (step != nullptr && !step->gates.empty() &&
            std::find(open.begin(), open.end(), gate) != open.end())
            return;
        say("gate_closed: the gate `" + gate + "` is open");
    }

    pdca::RulesPtr rules_;
    const TestCase& test_;
    const definition::Definition& definition_;
    history::Rehearsal rehearsal_;
    Reference about_;
    Instant now_;
    Instant at_;
    std::optional<Rejection> last_;
    std::vector<std::string> differences_;
};

}  // namespace

std::vector<std::string> run_definition_test(const pdca::RulesPtr& rules, const TestCase& test) {
    if (rules->definition(test.definition) == nullptr)
        return {"there is no definition " + test.definition};
    return Run{rules, test}.all();
}

}  // namespace dutylog::scenario
