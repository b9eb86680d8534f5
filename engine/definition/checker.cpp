#include "engine/definition/checker.hpp"

#include "engine/rule/reads.hpp"

namespace dutylog::definition {

void Uses::add(std::string_view sort, std::string_view name) {
    names_.insert(std::string{sort} + "/" + std::string{name});
}

bool Uses::has(std::string_view sort, std::string_view name) const {
    return names_.contains(std::string{sort} + "/" + std::string{name});
}

void Uses::add(const rule::ExpressionPtr& expression, const Library& library) {
    if (expression == nullptr) return;
    const rule::Reads reads = rule::reads(*expression);
    for (const rule::FieldRead& read : reads.subjects) {
        add("field", read.owner + "." + read.field);
        for (const auto& [id, fact] : library.facts)
            if (fact.of == read.owner && fact.access == read.field) add("fact", id);
        const auto kind = library.kinds.find(read.owner);
        if (kind == library.kinds.end()) continue;
        const auto derived = kind->second.derived.find(read.field);
        const std::string name = read.owner + "." + read.field;
        if (derived != kind->second.derived.end() && !has("derived", name)) {
            add("derived", name);
            add(derived->second, library);
        }
    }
    for (const std::string& table : reads.tables) add("table", table);
    for (const std::string& function : reads.functions) {
        if (has("function", function)) continue;
        add("function", function);
        const auto found = library.functions.find(function);
        if (found != library.functions.end()) add(found->second.body, library);
    }
}

void check_definition(DefinitionDraft& draft, const Ground& ground) {
    check_names(draft, ground);
    check_expressions(draft, ground);
    check_flow(draft, ground);
    check_people(draft, ground);
    check_access(draft, ground);
    check_time(draft, ground);
    check_conditions(draft, ground);
}

}  // namespace dutylog::definition
