#include <algorithm>

#include "engine/definition/checker.hpp"

namespace dutylog::definition {

namespace {

class PeopleChecker {
public:
    PeopleChecker(const DefinitionDraft& draft, const Ground& ground)
        : draft_{draft},
          definition_{draft.definition},
          library_{ground.library},
          out_{ground.out} {}

    void check() {
        for (const Step& step : definition_.steps) check_step(step);
        check_reach("owner", definition_.owner);
        check_reach("accountable", definition_.accountable);
        check_ladder();
    }

private:
    SourceSpan span(const std::string& path) const { return draft_.places.span(path); }

    /// Where a step's owner is named: in the step, or for all of them.
    SourceSpan owner_span(const Step& step) const {
        const std::string own = "steps/" + step.id + "/owner";
        return span(draft_.places.has(own) ? own : "owner");
    }

    void check_step(const Step& step) {
        const std::string path = "steps/" + step.id;
        if (step.owner.empty()) out_.add("DL0301", span(path), {{"name", step.id}});
        if (draft_.places.has(path + "/owner")) check_reach(path + "/owner", step.owner);
        const bool dated = draft_.places.has(path + "/due") || draft_.places.has("due") ||
                           draft_.places.has("every") || !definition_.upon;
        if (!dated) out_.add("DL0302", span(path), {{"name", step.id}});
        for (std::size_t i = 0; i < step.approve.size(); ++i)
            if (step.approve[i] == step.owner)
                out_.add("DL0303", span(path + "/approve/" + std::to_string(i)),
                         {{"name", step.owner}})
                    .beside(owner_span(step), Note::owner_here);
        if (step.measure && step.verified_by.empty())
            out_.add("DL0305", span(path + "/measure"), {{"name", step.id}});
        else if (!step.verified_by.empty() && step.verified_by == step.owner)
            out_.add("DL0304", span(path + "/verified_by"), {{"name", step.owner}})
                .beside(owner_span(step), Note::owner_here);
        if (step.phase == Phase::check)
            check_doer(step);
        else if (!step.self_check_reason.empty())
            out_.add("DL0310", span(path + "/self_check"));
    }

    /// Whoever records a fact did not do what it says, so steps done by facts count for nobody.
    void check_doer(const Step& check) {
        if (!check.self_check_reason.empty() || check.done_by || check.owner.empty()) return;
        for (const Step& doing : definition_.steps) {
            if (doing.phase != Phase::do_ || doing.done_by || doing.owner != check.owner) continue;
            const std::string own = "steps/" + check.id + "/owner";
            out_.add("DL0313", span(draft_.places.has(own) ? own : "steps/" + check.id),
                     {{"name", check.owner}, {"step", doing.id}})
                .beside(owner_span(doing), Note::owner_here);
            return;
        }
    }

    /// A role is looked up on what a derived field of its scope's name leads to, or on the subject;
    /// then on what that lives in.
    void check_reach(const std::string& path, const std::string& name) {
        const auto role = library_.roles.find(name);
        if (role == library_.roles.end() || role->second.scope.empty()) return;
        const std::string& scope = role->second.scope;
        if (!library_.kinds.contains(definition_.subject) || !library_.kinds.contains(scope))
            return;
        if (library_.kinds.at(definition_.subject).derived.contains(scope)) return;
        const auto parents = parents_of(library_, definition_.subject);
        if (scope == definition_.subject || std::ranges::find(parents, scope) != parents.end())
            return;
        out_.add("DL0319", span(path),
                 {{"name", name}, {"scope", scope}, {"subject", definition_.subject}});
    }

    bool is_principal(const std::string& name) const {
        const auto role = library_.roles.find(name);
        return role != library_.roles.end() && role->second.principal;
    }

    /// Whether the word names somebody other than the owner who can make the owner move.
    bool above_owner(const std::string& word) const {
        if (word == "owner" || word == "informed") return false;
        if (word == "head") return true;
        if (word == "accountable")
            return !definition_.accountable.empty() && definition_.accountable != definition_.owner;
        return word != definition_.owner;
    }

    void check_ladder() {
        if (definition_.steps.empty()) return;
        if (definition_.ladder.empty()) {
            out_.add("DL0314", span("id"));
            return;
        }
        const auto ladder = library_.ladders.find(definition_.ladder);
        if (ladder == library_.ladders.end()) return;
        bool above = definition_.tracked || is_principal(definition_.owner);
        std::string missing;
        for (const Rung& rung : ladder->second.rungs) {
            const bool late = !rung.before || rung.period.count == 0;
            for (const std::string& word : rung.tell) {
                above = above || (late && above_owner(word));
                if ((word == "accountable" && definition_.accountable.empty()) ||
                    (word == "informed" && definition_.informed.empty()))
                    missing = word;
            }
        }
        if (!above)
            out_.add("DL0312", span("ladder"),
                     {{"name", definition_.ladder}, {"owner", definition_.owner}});
        if (missing == "accountable") out_.add("DL0321", span("ladder"));
    }

    const DefinitionDraft& draft_;
    const Definition& definition_;
    const Library& library_;
    Diagnostics& out_;
};

}  // namespace

void check_people(const DefinitionDraft& draft, const Ground& ground) {
    PeopleChecker{draft, ground}.check();
}

}  // namespace dutylog::definition
