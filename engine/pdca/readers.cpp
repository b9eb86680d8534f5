#include "engine/pdca/readers.hpp"

#include <functional>

namespace dutylog::pdca {

namespace {

using rule::Expression;
using rule::ExpressionPtr;
using rule::Op;

/// Walks expressions by name: a field of that access name counts, whatever it is read from.
class Walk {
public:
    explicit Walk(const definition::Library& library) : library_{library} {}

    void expression(const ExpressionPtr& root) {
        if (root != nullptr) visit(*root);
    }
    void match(const std::optional<definition::FactMatch>& found) {
        if (!found) return;
        facts.insert(found->fact);
        expression(found->where);
    }
    void clock(const definition::Clock& when) {
        expression(when.due);
        expression(when.from);
    }

    std::set<std::string> facts;

private:
    void visit(const Expression& node) {
        if (node.op == Op::field || node.op == Op::name) field(node.name);
        if (node.op == Op::call) call(node.name);
        for (const Expression& child : node.children) visit(child);
    }

    void field(const std::string& name) {
        for (const auto& [id, fact] : library_.facts)
            if (fact.access == name) facts.insert(id);
        if (!seen_fields_.insert(name).second) return;
        for (const auto& [id, kind] : library_.kinds) {
            const auto derived = kind.derived.find(name);
            if (derived != kind.derived.end()) expression(derived->second);
        }
    }

    void call(const std::string& name) {
        if (!seen_functions_.insert(name).second) return;
        const auto found = library_.functions.find(name);
        if (found != library_.functions.end()) expression(found->second.body);
    }

    const definition::Library& library_;
    std::set<std::string> seen_fields_;
    std::set<std::string> seen_functions_;
};

void walk_step(Walk& walk, const definition::Step& step) {
    walk.clock(step.due);
    walk.match(step.done_by);
    walk.match(step.breached_by);
    for (const auto& field : step.form) {
        walk.expression(field.must);
        walk.expression(field.should);
    }
    for (const auto& finding : step.findings) walk.expression(finding.when);
}

}  // namespace

std::set<std::string> facts_read(const definition::Definition& definition,
                                 const definition::Library& library) {
    Walk walk{library};
    walk.expression(definition.where);
    walk.match(definition.upon);
    walk.clock(definition.due);
    walk.expression(definition.anchor);
    for (const auto& step : definition.steps) walk_step(walk, step);
    return walk.facts;
}

}  // namespace dutylog::pdca
