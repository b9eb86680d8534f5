#include <algorithm>
#include <array>
#include <set>

#include "engine/definition/check_expression.hpp"
#include "engine/definition/checker.hpp"
#include "engine/rule/lexer.hpp"
#include "engine/rule/method.hpp"
#include "engine/rule/reads.hpp"

namespace dutylog::definition {

namespace {

using rule::Kind;
using rule::Type;

/// Names every scope has; a subject, fact or function of that name could not be reached.
constexpr std::array<std::string_view, 10> taken{
    "on", "due",   "opening", "last_completion", "completions", "plan",
    "do", "check", "act",     "opened_by"};

/// The functions and derived fields of a library. They may use each other in any order, so each is
/// checked when the first that needs it asks.
class LibraryExpressions {
public:
    LibraryExpressions(LibraryDraft& draft, const Tables& tables, Diagnostics& out)
        : draft_{draft}, library_{draft.library}, tables_{tables}, out_{out} {}

    void check() {
        for (auto& [id, function] : library_.functions) resolve_parameters(id, function);
        for (auto& [id, function] : library_.functions) {
            function_type(id);
            check_parameters_used(id, function);
        }
        for (auto& [id, kind] : library_.kinds)
            for (auto& [name, expression] : kind.derived) derived_type(id, name);
    }

private:
    SourceSpan span(const std::string& path) const { return draft_.places.span(path); }

    void resolve_parameters(const std::string& id, rule::Function& function) {
        const std::string path = "functions/" + id;
        refuse_taken(id, span(path), out_);
        if (rule::find_builtin(id)) out_.add("DL0126", span(path), {{"name", id}});
        for (std::size_t i = 0; i < function.parameters.size(); ++i) {
            const std::string place = path + "/of/" + function.parameters[i];
            refuse_taken(function.parameters[i], span(place), out_);
            resolve_type(function.types[i], library_, true, span(place + "/type"), out_);
        }
    }

    void check_parameters_used(const std::string& id, const rule::Function& function) {
        if (function.body == nullptr) return;
        const rule::Reads reads = rule::reads(*function.body);
        for (const std::string& name : function.parameters)
            if (!reads.variables.contains(name))
                out_.add("DL0245", span("functions/" + id + "/of/" + name), {{"name", name}});
    }

    ExpressionScope scope() {
        ExpressionScope scope{library_, tables_};
        scope.set("on", plain_type(Kind::date));
        scope.resolve_with([this](const std::string& kind,
                                  const std::string& field) { return derived_type(kind, field); },
                           [this](const std::string& function) { return function_type(function); });
        return scope;
    }

    /// The type of a function; checks its body first. A function on the way to itself is a circle.
    Type function_type(const std::string& id) {
        rule::Function& function = library_.functions.at(id);
        const std::string path = "functions/" + id + "/is";
        const auto make_scope = [&] {
            ExpressionScope found = scope();
            for (std::size_t i = 0; i < function.parameters.size(); ++i)
                found.set(function.parameters[i], function.types[i]);
            return found;
        };
        return checked(path, id, "DL0243", function.body, make_scope);
    }

    Type derived_type(const std::string& kind, const std::string& field) {
        rule::ExpressionPtr& expression = library_.kinds.at(kind).derived.at(field);
        const auto make_scope = [&] {
            if (expression != nullptr) {
                auto full = std::make_shared<rule::Expression>(*expression);
                over_subject(*full, kind, {});
                expression = std::move(full);
            }
            return scope().set(kind, reference_to(kind));
        };
        return checked("subjects/" + kind + "/derived/" + field, field, "DL0244", expression,
                       make_scope);
    }

    /// A derived field stands among the fields of its subject, which it may name without
    /// `worker.`: `assignment.post` becomes `worker.assignment.post`.
    void over_subject(rule::Expression& node, const std::string& kind,
                      std::vector<std::string> locals) const {
        if (!node.variable.empty()) locals.push_back(node.variable);
        const bool bare = node.op == rule::Op::name && node.name != kind && node.name != "on" &&
                          std::ranges::find(locals, node.name) == locals.end() &&
                          ExpressionScope{library_, tables_}.subject_field(kind, node.name);
        if (bare) {
            rule::Expression subject;
            subject.op = rule::Op::name;
            subject.name = kind;
            subject.span = {node.span.from, node.span.from};
            node.op = rule::Op::field;
            node.children.push_back(std::move(subject));
            return;
        }
        for (rule::Expression& child : node.children) over_subject(child, kind, locals);
    }

    template <class MakeScope>
    Type checked(const std::string& path, const std::string& name, std::string_view circle,
                 rule::ExpressionPtr& expression, MakeScope make_scope) {
        if (expression == nullptr) return plain_type(Kind::any, true);
        if (done_.contains(path)) return expression->type;
        if (!busy_.insert(path).second) {
            if (told_.insert(path).second) out_.add(circle, span(path), {{"name", name}});
            return plain_type(Kind::any, true);
        }
        const ExpressionScope made = make_scope();
        check_expression(expression, path, made, std::nullopt, draft_.places, out_);
        check_table_keys(expression, path, tables_, draft_.places, out_);
        busy_.erase(path);
        done_.insert(path);
        return expression->type;
    }

    LibraryDraft& draft_;
    Library& library_;
    const Tables& tables_;
    Diagnostics& out_;
    std::set<std::string> busy_;
    std::set<std::string> done_;
    std::set<std::string> told_;
};

}  // namespace

void refuse_taken(const std::string& name, SourceSpan where, Diagnostics& out) {
    const bool reserved = rule::reserved(name) || std::ranges::find(taken, name) != taken.end();
    if (reserved) out.add("DL0126", where, {{"name", name}});
}

void check_library_expressions(LibraryDraft& draft, const Tables& tables, Diagnostics& out) {
    LibraryExpressions{draft, tables, out}.check();
}

}  // namespace dutylog::definition
