#include <algorithm>
#include <set>

#include "engine/definition/checker.hpp"
#include "engine/rule/reads.hpp"

namespace dutylog::definition {

namespace {

/// A field that not everybody may read, and who may.
struct Secret {
    std::string field;
    std::string permission;
    friend auto operator<=>(const Secret&, const Secret&) = default;
};

class AccessChecker {
public:
    AccessChecker(const DefinitionDraft& draft, const Ground& ground)
        : draft_{draft},
          definition_{draft.definition},
          library_{ground.library},
          out_{ground.out} {}

    void check() {
        for (const Step& step : definition_.steps) {
            check_form(step);
            check_occasion(step);
            for (const Gate& gate : step.gates) check_gate(gate, "steps/" + step.id + "/gate");
        }
        for (const Gate& gate : definition_.gates) check_gate(gate, "gates/" + gate.id);
        for (const auto& [permission, people] : definition_.access)
            if (!protects(permission))
                out_.add("DL0320", span("access/" + permission), {{"name", permission}});
    }

private:
    SourceSpan span(const std::string& path) const { return draft_.places.span(path); }

    bool may_read(const std::string& name, const std::string& permission) const {
        const auto people = definition_.access.find(permission);
        return people != definition_.access.end() &&
               std::ranges::find(people->second, name) != people->second.end();
    }

    bool protects(const std::string& permission) const {
        const auto secret = [&](const FieldSpec& field) {
            return field.confidential == permission;
        };
        for (const auto& [id, fact] : library_.facts)
            if (std::ranges::any_of(fact.fields, secret)) return true;
        return std::ranges::any_of(definition_.steps, [&](const Step& step) {
            return std::ranges::any_of(step.form,
                                       [&](const FormField& field) { return secret(field.spec); });
        });
    }

    void check_form(const Step& step) {
        for (const FormField& field : step.form) {
            const std::string& permission = field.spec.confidential;
            if (permission.empty()) continue;
            const std::string path = "steps/" + step.id + "/form/" + field.spec.id;
            const auto people = definition_.access.find(permission);
            if (people == definition_.access.end() || people->second.empty()) {
                out_.add("DL0307", span(path + "/confidential"), {{"name", permission}});
            } else if (!step.owner.empty() && !may_read(step.owner, permission)) {
                out_.add("DL0306", span(path + "/confidential"),
                         {{"name", step.owner},
                          {"field", field.spec.id},
                          {"permission", permission}})
                    .beside(span("access/" + permission), Note::declared_here);
            }
        }
    }

    void collect(const rule::ExpressionPtr& expression, const Step* step, std::set<Secret>& found,
                 std::set<std::string>& seen) const {
        if (expression == nullptr) return;
        const rule::Reads reads = rule::reads(*expression);
        for (const rule::FieldRead& read : reads.records) add_fact_field(read, found);
        for (const rule::FieldRead& read : reads.subjects) {
            const auto kind = library_.kinds.find(read.owner);
            if (kind == library_.kinds.end()) continue;
            const auto derived = kind->second.derived.find(read.field);
            if (derived != kind->second.derived.end() && seen.insert(read.field).second)
                collect(derived->second, nullptr, found, seen);
        }
        for (const std::string& name : reads.functions) {
            const auto function = library_.functions.find(name);
            if (function != library_.functions.end() && seen.insert(name).second)
                collect(function->second.body, nullptr, found, seen);
        }
        if (step == nullptr) return;
        for (const FormField& field : step->form)
            if (!field.spec.confidential.empty() && reads.variables.contains(field.spec.id))
                found.insert({field.spec.id, field.spec.confidential});
        if (step->done_by)
            for (const std::string& variable : reads.variables)
                add_fact_field({step->done_by->fact, variable}, found);
    }

    void add_fact_field(const rule::FieldRead& read, std::set<Secret>& found) const {
        const auto fact = library_.facts.find(read.owner);
        if (fact == library_.facts.end()) return;
        for (const FieldSpec& field : fact->second.fields)
            if (field.id == read.field && !field.confidential.empty())
                found.insert({read.field, field.confidential});
    }

    void check_gate(const Gate& gate, const std::string& path) {
        std::set<Secret> secrets;
        std::set<std::string> seen;
        collect(gate.closed_while, nullptr, secrets, seen);
        collect(gate.flag_when, nullptr, secrets, seen);
        for (const Secret& secret : secrets)
            for (std::size_t i = 0; i < gate.tell.size(); ++i)
                if (!may_read(gate.tell[i], secret.permission))
                    out_.add("DL0308", span(path + "/tell/" + std::to_string(i)),
                             {{"name", gate.tell[i]},
                              {"field", secret.field},
                              {"permission", secret.permission}});
    }

    /// Who acts upon a finding learns what was found.
    void check_occasion(const Step& step) {
        for (std::size_t i = 0; i < step.upon_findings.size(); ++i)
            for (const Step& source : definition_.steps)
                for (const FindingSpec& finding : source.findings)
                    if (finding.id == step.upon_findings[i])
                        check_finding(step, source, finding,
                                      "steps/" + step.id + "/upon_findings/" + std::to_string(i));
    }

    void check_finding(const Step& step, const Step& source, const FindingSpec& finding,
                       const std::string& path) {
        std::set<Secret> secrets;
        std::set<std::string> seen;
        collect(finding.when, &source, secrets, seen);
        for (const Secret& secret : secrets) {
            if (step.owner.empty() || may_read(step.owner, secret.permission)) continue;
            out_.add("DL0309", span(path),
                     {{"name", step.id},
                      {"role", step.owner},
                      {"field", secret.field},
                      {"permission", secret.permission}})
                .beside(span("steps/" + source.id + "/findings/" + finding.id), Note::finding_here);
            return;
        }
    }

    const DefinitionDraft& draft_;
    const Definition& definition_;
    const Library& library_;
    Diagnostics& out_;
};

}  // namespace

void check_access(const DefinitionDraft& draft, const Ground& ground) {
    AccessChecker{draft, ground}.check();
}

}  // namespace dutylog::definition
