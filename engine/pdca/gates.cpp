#include "engine/pdca/gates.hpp"

#include <algorithm>
#include <set>

namespace dutylog::pdca {

namespace {

/// A member of a list that closes a gate, in the words that tell it apart.
std::string name_of(const Value& member) {
    if (const auto* record = member.as<Record>()) {
        for (const auto* field : {"hazard", "factor", "name", "id"})
            if (const Value* found = record->find(field)) return to_string(*found);
    }
    return to_string(member);
}

std::string join(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

constexpr const char* gate_before = "before";  // of every definition that must be done first
constexpr const char* done_first = " must be done first";
constexpr const char* done_first_zh = "须先完成";

/// What a gate of that name can say, as far as the definition has one.
std::vector<Text> sentences_of(const definition::Definition& definition, const std::string& gate) {
    if (gate == gate_before)
        return {{definition.title.in(Language::zh_cn) + done_first_zh,
                 definition.title.in(Language::en) + done_first}};
    std::vector<Text> found;
    const auto add = [&](const std::vector<definition::Gate>& gates) {
        for (const definition::Gate& each : gates)
            if (each.id == gate) found.insert(found.end(), {each.say, each.flag_say});
    };
    add(definition.gates);
    for (const definition::Step& step : definition.steps) add(step.gates);
    return found;
}

class Asking {
public:
    Asking(const World& world, const Rules& rules, const Reference& subject,
           const std::string& act_name, const registry::FactEntry& act, Instant now,
           GateAnswer& answer)
        : world_{world},
          rules_{rules},
          subject_{subject},
          act_name_{act_name},
          act_{act},
          now_{now},
          answer_{answer} {}

    void ask(const definition::Definition& definition, const definition::Gate& gate) {
        Scope scope{world_, rules_, now_};
        scope.set(subject_.kind, subject_);
        scope.set("on", act_.effective.date);
        scope.set("act", scope.record_of(subject_, act_name_, act_));
        if (!scope.holds(definition.where)) return;
        const Value closed = rule::evaluate(*gate.closed_while, scope);
        GateClosed said{definition.id, gate.id, basis_of(definition, gate), "", {}};
        const auto* truth = closed.as<bool>();
        const auto* list = closed.as<List>();
        if (list != nullptr)
            for (const Value& member : *list) said.members.push_back(name_of(member));
        if ((truth != nullptr && *truth) || (list != nullptr && !list->empty())) {
            said.detail = gate.say.in(Language::en);
            if (!said.members.empty()) said.detail += " (" + join(said.members) + ")";
            add(answer_.closed, std::move(said), gate, scope);
        } else if (gate.flag_when != nullptr && scope.holds(gate.flag_when)) {
            said.detail = gate.flag_say.in(Language::en);
            add(answer_.flags, std::move(said), gate, scope);
        }
    }

    void ask_before(const definition::Definition& definition) {
        Judge judge{world_, definition, about(definition), now_};
        if (judge.done_before(act_)) return;
        GateClosed said{definition.id,
                        gate_before,
                        definition.basis.empty() ? "" : definition.basis.front().obligation,
                        definition.title.in(Language::en) + done_first,
                        {}};
        answer_.closed.push_back(std::move(said));
        answer_.tell.push_back(definition.owner);
    }

private:
    /// The subject of the definition that the act concerns.
    Reference about(const definition::Definition& definition) const {
        if (definition.subject == subject_.kind) return subject_;
        return world_.ancestor(subject_, definition.subject);
    }

    static std::string basis_of(const definition::Definition& definition,
                                const definition::Gate& gate) {
        if (!gate.basis.empty()) return gate.basis;
        return definition.basis.empty() ? "" : definition.basis.front().obligation;
    }

    void add(std::vector<GateClosed>& to, GateClosed said, const definition::Gate& gate,
             const Scope& scope) {
        to.push_back(std::move(said));
        answer_.tell.insert(answer_.tell.end(), gate.tell.begin(), gate.tell.end());
        const auto reads = scope.reads();
        answer_.rests_on.insert(answer_.rests_on.end(), reads.begin(), reads.end());
    }

    const World& world_;
    const Rules& rules_;
    const Reference& subject_;
    const std::string& act_name_;
    const registry::FactEntry& act_;
    Instant now_;
    GateAnswer& answer_;
};

/// The gates of open steps, by the version each cycle runs on.
void ask_steps(const World& world, const Reference& subject, const std::string& act,
               Asking& asking) {
    std::set<std::string> ids;
    for (const auto& [bundle, rules] : world.known_rules)
        for (const definition::Definition* definition : rules->about(subject.kind))
            ids.insert(definition->id);
    std::set<std::string> asked;
    for (const std::string& id : ids) {
        const Duty* duty = world.duty(duty_stream(id, subject));
        if (duty == nullptr) continue;
        for (const Cycle& cycle : duty->cycles)
            for (const StepState& state : cycle.steps) {
                if (state.status != StepStatus::open) continue;
                const definition::Definition* pinned = world.pinned(id, cycle.version);
                const definition::Step* step = pinned == nullptr ? nullptr : pinned->step(state.id);
                if (step == nullptr) continue;
                for (const auto& gate : step->gates)
                    if (gate.act == act && asked.insert(id + "/" + state.id + "/" + gate.id).second)
                        asking.ask(*pinned, gate);
            }
    }
}

}  // namespace

GateAnswer ask_gates(const World& world, const Rules& rules, const Reference& subject,
                     const std::string& act, const Value& value, const Effective& effective,
                     Instant now) {
    GateAnswer answer;
    registry::FactEntry entry;
    entry.effective = effective;
    entry.recorded = now;
    entry.value = value;
    Asking asking{world, rules, subject, act, entry, now, answer};
    for (const definition::Definition* definition : rules.about(subject.kind))
        for (const auto& gate : definition->gates)
            if (gate.act == act) asking.ask(*definition, gate);
    ask_steps(world, subject, act, asking);
    for (const definition::Definition* definition : rules.reading(act))
        if (definition->upon && definition->upon->fact == act &&
            definition->due.kind == definition::ClockKind::before)
            asking.ask_before(*definition);
    std::sort(answer.tell.begin(), answer.tell.end());
    answer.tell.erase(std::unique(answer.tell.begin(), answer.tell.end()), answer.tell.end());
    std::sort(answer.rests_on.begin(), answer.rests_on.end());
    answer.rests_on.erase(std::unique(answer.rests_on.begin(), answer.rests_on.end()),
                          answer.rests_on.end());
    std::erase(answer.rests_on, Position{0});
    return answer;
}

Text sentence_of(const Rules* rules, const GateClosed& said) {
    if (const auto* definition = rules == nullptr ? nullptr : rules->definition(said.definition))
        for (const Text& text : sentences_of(*definition, said.gate))
            if (const std::string& en = text.in(Language::en);
                !en.empty() && said.detail.starts_with(en))
                return {text.in(Language::zh_cn) + said.detail.substr(en.size()), said.detail};
    return {said.detail, said.detail};
}

}  // namespace dutylog::pdca
