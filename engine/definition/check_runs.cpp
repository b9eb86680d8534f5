#include <algorithm>
#include <set>

#include "engine/definition/checker.hpp"

namespace dutylog::definition {

namespace {

class RunChecker {
public:
    RunChecker(const std::vector<const DefinitionDraft*>& drafts, Diagnostics& out)
        : drafts_{drafts}, out_{out} {}

    void check() {
        for (const DefinitionDraft* draft : drafts_)
            for (const Step& step : draft->definition.steps) check(*draft, step);
    }

private:
    void check(const DefinitionDraft& draft, const Step& step) {
        const std::string& id = draft.definition.id;
        std::vector<std::string> way{id};
        if (step.run.empty() || told_.contains(id) || !leads_back(step.run, way)) return;
        std::string circle;
        for (const std::string& one : way) {
            circle += one + " → ";
            told_.insert(one);
        }
        out_.add("DL0134", draft.places.span("steps/" + step.id + "/run"),
                 {{"name", id}, {"circle", circle + id}});
    }

    bool leads_back(const std::string& id, std::vector<std::string>& way) const {
        if (id == way.front()) return true;
        if (std::ranges::find(way, id) != way.end()) return false;
        const auto other = std::ranges::find(
            drafts_, id, [](const DefinitionDraft* draft) { return draft->definition.id; });
        if (other == drafts_.end()) return false;
        way.push_back(id);
        for (const Step& step : (*other)->definition.steps)
            if (!step.run.empty() && leads_back(step.run, way)) return true;
        way.pop_back();
        return false;
    }

    const std::vector<const DefinitionDraft*>& drafts_;
    Diagnostics& out_;
    std::set<std::string> told_;
};

}  // namespace

void check_runs(const std::vector<const DefinitionDraft*>& drafts, Diagnostics& out) {
    RunChecker{drafts, out}.check();
}

}  // namespace dutylog::definition
