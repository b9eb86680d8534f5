#include <algorithm>
#include <set>

#include "engine/definition/checker.hpp"
#include "engine/rule/suggest.hpp"

namespace dutylog::definition {

namespace {

/// Whether every step can be reached and every way ends.
class FlowChecker {
public:
    FlowChecker(const DefinitionDraft& draft, const Ground& ground)
        : draft_{draft}, definition_{draft.definition}, out_{ground.out} {}

    void check() {
        check_opening();
        check_circles();
        if (!in_circle_) check_reached();
        for (const Step& step : definition_.steps) {
            check_outcomes(step);
            check_findings(step);
            check_evidence(step);
            check_breach(step);
            if (step.measure && step.upon_findings.empty())
                out_.add("DL0143", span("steps/" + step.id + "/measure"), {{"name", step.id}});
        }
        for (const Gate& gate : definition_.gates)
            if (!draft_.places.has("gates/" + gate.id + "/closed_while"))
                out_.add("DL0135", span("gates/" + gate.id), {{"name", gate.id}});
    }

private:
    SourceSpan span(const std::string& path) const { return draft_.places.span(path); }

    std::size_t position(const std::string& id) const {
        for (std::size_t i = 0; i < definition_.steps.size(); ++i)
            if (definition_.steps[i].id == id) return i;
        return definition_.steps.size();
    }

    void check_opening() {
        const bool clock = definition_.due.kind != ClockKind::date || draft_.places.has("due");
        const bool repeats = draft_.places.has("every");
        if (definition_.steps.empty() && definition_.gates.empty())
            out_.add("DL0122", span("id"));
        else if (!definition_.steps.empty() && !definition_.upon && !repeats && !clock)
            out_.add("DL0123", span("id"));
        if (definition_.upon && repeats)
            out_.add("DL0124", span("upon")).beside(span("every"), Note::other_here);
        if (definition_.upon && !clock && every_step_dated()) out_.add("DL0421", span("upon"));
        if (!definition_.upon && draft_.places.has("while_open"))
            out_.add("DL0148", span("while_open"));
    }

    /// Otherwise the steps without a deadline are told one by one.
    bool every_step_dated() const {
        return std::ranges::all_of(definition_.steps, [&](const Step& step) {
            return draft_.places.has("steps/" + step.id + "/due");
        });
    }

    /// Steps that wait for themselves by way of `after:`.
    void check_circles() {
        std::set<std::string> told;
        for (const Step& step : definition_.steps) {
            std::vector<std::string> way{step.id};
            if (told.contains(step.id) || !leads_back(step, step.id, way)) continue;
            std::string circle;
            for (const std::string& id : way) {
                circle += id + " → ";
                told.insert(id);
            }
            in_circle_ = true;
            out_.add("DL0119", span("steps/" + step.id + "/after"),
                     {{"name", step.id}, {"circle", circle + step.id}});
        }
    }

    bool leads_back(const Step& step, const std::string& goal,
                    std::vector<std::string>& way) const {
        for (const std::string& id : step.after) {
            if (id == goal) return true;
            const Step* earlier = definition_.step(id);
            if (earlier == nullptr || std::ranges::find(way, id) != way.end()) continue;
            way.push_back(id);
            if (leads_back(*earlier, goal, way)) return true;
            way.pop_back();
        }
        return false;
    }

    static bool makes(const Step& step, const std::vector<std::string>& findings,
                      const std::vector<std::string>& outcomes) {
        const auto among = [](const auto& list, const std::vector<std::string>& names) {
            return std::ranges::any_of(list, [&](const auto& one) {
                return std::ranges::find(names, one.id) != names.end();
            });
        };
        return among(step.findings, findings) || among(step.outcomes, outcomes);
    }

    /// Whether the step can open, given the steps known to be reached.
    bool opens(const Step& step, const std::set<std::string>& reached) const {
        for (const Step& other : definition_.steps) {
            if (other.id == step.id || !reached.contains(other.id)) continue;
            for (const Outcome& outcome : other.outcomes)
                if (outcome.go == step.id || outcome.then == step.id) return true;
        }
        const auto known = [&](const std::string& id) {
            return reached.contains(id) || definition_.step(id) == nullptr;
        };
        if (!std::ranges::all_of(step.after, known)) return false;
        if (step.upon_findings.empty() && step.upon_outcomes.empty()) return true;
        return std::ranges::any_of(definition_.steps, [&](const Step& other) {
            return other.id != step.id && other.phase <= step.phase && reached.contains(other.id) &&
                   makes(other, step.upon_findings, step.upon_outcomes);
        });
    }

    void check_reached() {
        std::set<std::string> reached;
        for (bool grown = true; grown;) {
            grown = false;
            for (const Step& step : definition_.steps)
                if (!reached.contains(step.id) && opens(step, reached))
                    grown = reached.insert(step.id).second;
        }
        for (const Step& step : definition_.steps)
            if (!reached.contains(step.id) && !names_nothing(step))
                out_.add("DL0117", span("steps/" + step.id),
                         {{"name", step.id}, {"waits", waited_for(step, reached)}});
    }

    /// Whether it waits only for what does not exist, which is told already.
    bool names_nothing(const Step& step) const {
        return (!step.upon_findings.empty() || !step.upon_outcomes.empty()) &&
               std::ranges::none_of(definition_.steps, [&](const Step& other) {
                   return makes(other, step.upon_findings, step.upon_outcomes);
               });
    }

    static std::string waited_for(const Step& step, const std::set<std::string>& reached) {
        for (const std::string& id : step.after)
            if (!reached.contains(id)) return id;
        return step.upon_findings.empty() ? step.upon_outcomes.front() : step.upon_findings.front();
    }

    void check_outcomes(const Step& step) {
        const Outcome* idle = nullptr;
        for (const Outcome& outcome : step.outcomes) {
            const std::string path = "steps/" + step.id + "/outcomes/" + outcome.id;
            check_bound(step, outcome, path);
            check_needs(step, outcome, path);
            if (!outcome.go.empty() || !outcome.needs.empty() || awaited(outcome.id)) continue;
            if (idle != nullptr)
                out_.add("DL0141", span(path), {{"name", outcome.id}, {"other", idle->id}});
            else
                idle = &outcome;
        }
    }

    void check_bound(const Step& step, const Outcome& outcome, const std::string& path) {
        const bool bound = draft_.places.has(path + "/at_most");
        if (bound != !outcome.then.empty())
            out_.add("DL0125", span(path), {{"name", bound ? "then" : "at_most"}});
        const std::size_t here = position(step.id);
        const auto goes_back = [&](const std::string& to) {
            return !to.empty() && definition_.step(to) != nullptr && position(to) <= here;
        };
        if (goes_back(outcome.go) && outcome.at_most == 0)
            out_.add("DL0118", span(path + "/go"), {{"name", outcome.id}, {"to", outcome.go}});
        else if (goes_back(outcome.then))
            out_.add("DL0118", span(path + "/then"), {{"name", outcome.id}, {"to", outcome.then}});
    }

    /// A name that is almost one of the form's is a slip; others are fields of their own.
    void check_needs(const Step& step, const Outcome& outcome, const std::string& path) {
        std::vector<std::string> known = step.evidence;
        for (const FormField& field : step.form) known.push_back(field.spec.id);
        for (std::size_t i = 0; i < outcome.needs.size(); ++i) {
            if (std::ranges::find(known, outcome.needs[i]) != known.end()) continue;
            const auto near = rule::suggestions(outcome.needs[i], known);
            if (!near.empty())
                out_.add("DL0114", span(path + "/needs/" + std::to_string(i)),
                         {{"name", outcome.needs[i]}, {"suggestion", near.front()}});
        }
    }

    bool awaited(const std::string& outcome) const {
        return std::ranges::any_of(definition_.steps, [&](const Step& step) {
            return std::ranges::find(step.upon_outcomes, outcome) != step.upon_outcomes.end();
        });
    }

    void check_findings(const Step& step) {
        for (const FindingSpec& finding : step.findings) {
            const bool answered = std::ranges::any_of(definition_.steps, [&](const Step& other) {
                return std::ranges::find(other.upon_findings, finding.id) !=
                       other.upon_findings.end();
            });
            if (!answered)
                out_.add("DL0120", span("steps/" + step.id + "/findings/" + finding.id),
                         {{"name", finding.id}});
        }
    }

    void check_evidence(const Step& step) {
        if (!step.done_by) return;
        const std::string path = "steps/" + step.id;
        for (std::size_t i = 0; i < step.evidence.size(); ++i)
            out_.add("DL0121", span(path + "/evidence/" + std::to_string(i)),
                     {{"name", step.evidence[i]}})
                .beside(span(path + "/done_by"), Note::other_here);
    }

    void check_breach(const Step& step) {
        if (!step.breached_by) return;
        const std::string path = "steps/" + step.id;
        const bool own = draft_.places.has(path + "/due");
        const ClockKind kind = own ? step.due.kind : definition_.due.kind;
        if (kind != ClockKind::at_once) out_.add("DL0416", span(path + "/breached_by"));
    }

    const DefinitionDraft& draft_;
    const Definition& definition_;
    Diagnostics& out_;
    bool in_circle_ = false;
};

}  // namespace

void check_flow(const DefinitionDraft& draft, const Ground& ground) {
    FlowChecker{draft, ground}.check();
}

}  // namespace dutylog::definition
