#include "engine/definition/check_expression.hpp"
#include "engine/definition/checker.hpp"

namespace dutylog::definition {

namespace {

using rule::Kind;
using rule::Type;

/// Gives each expression of a definition the scope of its place (section 4 of the language).
class ExpressionsChecker {
public:
    ExpressionsChecker(DefinitionDraft& draft, const Ground& ground)
        : draft_{draft}, definition_{draft.definition}, ground_{ground} {}

    void check() {
        check("for/where", definition_.where, subject_scope(), truth());
        if (definition_.upon)
            check("upon/where", definition_.upon->where,
                  subject_scope().set(definition_.upon->fact, record_of(definition_.upon->fact)),
                  truth());
        check("every/from", definition_.anchor, cycle_scope(), date());
        check_clock("due", definition_.due, cycle_scope());
        for (Gate& gate : definition_.gates) check_gate(gate, "gates/" + gate.id);
        for (Step& step : definition_.steps) check_step(step);
        check("done/valid_until", definition_.valid_until, step_scope(), date());
        check("done/keep/at_least", definition_.keep_until, step_scope(), date());
    }

private:
    static Type truth() { return plain_type(Kind::truth, true); }
    static Type date() { return plain_type(Kind::date, true); }

    void check(const std::string& path, rule::ExpressionPtr& expression,
               const ExpressionScope& scope, const std::optional<Type>& wanted) {
        check_expression(expression, path, scope, wanted, draft_.places, ground_.out);
        check_table_keys(expression, path, ground_.tables, draft_.places, ground_.out);
        ground_.uses.add(expression, ground_.library);
    }

    ExpressionScope subject_scope() const {
        ExpressionScope scope{ground_.library, ground_.tables};
        scope.set("on", plain_type(Kind::date));
        if (ground_.library.kinds.contains(definition_.subject))
            scope.set(definition_.subject, reference_to(definition_.subject));
        return scope;
    }

    /// Besides: how often and when the deadline was last met, and the fact that opened the cycle.
    ExpressionScope cycle_scope() const {
        ExpressionScope scope = subject_scope();
        scope.set("last_completion", plain_type(Kind::date, true));
        scope.set("completions", plain_type(Kind::integer));
        if (draft_.definition.level != Level::duty)
            for (const auto* children : {"children_open", "children_overdue", "children_findings"})
                scope.set(children, plain_type(Kind::integer));
        if (definition_.upon) scope.set(definition_.upon->fact, record_of(definition_.upon->fact));
        return scope;
    }

    /// Besides: the cycle's own dates and those of its steps.
    ExpressionScope step_scope() const {
        ExpressionScope scope = cycle_scope();
        scope.set("opening", plain_type(Kind::date));
        scope.set("due", plain_type(Kind::date));
        for (const Step& step : definition_.steps) scope.set(step.id, plain_type(Kind::date, true));
        return scope;
    }

    /// Besides: the record matched, under its own name; the record that opened the cycle under
    /// `opened_by` where both are of one type.
    ExpressionScope match_scope(const FactMatch& match) const {
        ExpressionScope scope = step_scope();
        if (definition_.upon && definition_.upon->fact == match.fact)
            scope.set("opened_by", record_of(match.fact));
        return scope.set(match.fact, record_of(match.fact));
    }

    ExpressionScope form_scope(const Step& step) const {
        ExpressionScope scope = step_scope();
        for (const FormField& field : step.form) scope.set(field.spec.id, field.spec.type);
        return scope;
    }

    /// A finding sees the form, and the fields of the fact that completed the step.
    ExpressionScope finding_scope(const Step& step) const {
        ExpressionScope scope = step_scope();
        if (step.done_by) {
            const auto fact = ground_.library.facts.find(step.done_by->fact);
            if (fact != ground_.library.facts.end()) {
                scope.set(fact->first, record_of(fact->first));
                for (const FieldSpec& field : fact->second.fields) scope.set(field.id, field.type);
            }
        }
        for (const FormField& field : step.form) scope.set(field.spec.id, field.spec.type);
        return scope;
    }

    void check_clock(const std::string& path, Clock& clock, const ExpressionScope& scope) {
        check_moment(path, clock.due, scope);
        check_moment(path + "/from", clock.from, scope);
    }

    /// A date or an instant; none where it is not known yet.
    void check_moment(const std::string& path, rule::ExpressionPtr& expression,
                      const ExpressionScope& scope) {
        if (expression == nullptr) return;
        const auto before = ground_.out.all().size();
        check(path, expression, scope, std::nullopt);
        const Kind kind = expression->type.kind;
        const bool good = kind == Kind::date || kind == Kind::instant || kind == Kind::any;
        if (!good && ground_.out.all().size() == before)
            ground_.out.add("DL0405", draft_.places.span(path),
                            {{"found", to_string(expression->type)}});
    }

    void check_gate(Gate& gate, const std::string& path) {
        ExpressionScope scope = subject_scope();
        if (ground_.library.facts.contains(gate.act)) scope.set("act", record_of(gate.act));
        const auto before = ground_.out.all().size();
        check(path + "/closed_while", gate.closed_while, scope, std::nullopt);
        if (gate.closed_while != nullptr && ground_.out.all().size() == before) {
            const Kind kind = gate.closed_while->type.kind;
            if (kind != Kind::truth && kind != Kind::list && kind != Kind::any)
                ground_.out.add("DL0225", draft_.places.span(path + "/closed_while"),
                                {{"wanted", "@a-truth-or-a-list"},
                                 {"found", to_string(gate.closed_while->type)}});
        }
        check(path + "/flag_when", gate.flag_when, scope, truth());
        if (gate.closed_while == nullptr) gate.closed_while = always();
    }

    /// A gate of a step without a condition is closed while the step is open.
    static rule::ExpressionPtr always() {
        auto expression = std::make_shared<rule::Expression>();
        expression->literal = true;
        expression->type = plain_type(Kind::truth);
        return expression;
    }

    void check_step(Step& step) {
        const std::string path = "steps/" + step.id;
        check_clock(path + "/due", step.due, step_scope());
        if (step.done_by)
            check(path + "/done_by/where", step.done_by->where, match_scope(*step.done_by),
                  truth());
        if (step.breached_by)
            check(path + "/breached_by/where", step.breached_by->where,
                  match_scope(*step.breached_by), truth());
        for (FormField& field : step.form) {
            const std::string place = path + "/form/" + field.spec.id;
            check(place + "/must", field.must, form_scope(step), truth());
            check(place + "/should", field.should, form_scope(step), truth());
        }
        for (FindingSpec& finding : step.findings)
            check(path + "/findings/" + finding.id + "/when", finding.when, finding_scope(step),
                  truth());
        for (Gate& gate : step.gates) check_gate(gate, path + "/gate");
    }

    DefinitionDraft& draft_;
    Definition& definition_;
    const Ground& ground_;
};

}  // namespace

void check_expressions(DefinitionDraft& draft, const Ground& ground) {
    ExpressionsChecker{draft, ground}.check();
}

}  // namespace dutylog::definition
