#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/calendar/work_calendar.hpp"
#include "engine/calendar/zone.hpp"
#include "engine/definition/definition_reader.hpp"
#include "engine/definition/diagnostic.hpp"
#include "engine/definition/expression_scope.hpp"
#include "engine/definition/library_reader.hpp"
#include "engine/definition/test_case.hpp"

/// Names, types and rules of prudence: drafts in, checked models out.
namespace dutylog::definition {

/// What of a library is used somewhere, as `role/OHM`, `fact/exam`, `function/exam_interval` …
class Uses {
public:
    void add(std::string_view sort, std::string_view name);
    bool has(std::string_view sort, std::string_view name) const;
    /// Everything a checked expression looks at.
    void add(const rule::ExpressionPtr& expression, const Library& library);

private:
    std::set<std::string, std::less<>> names_;
};

/// What definitions are held against.
struct Ground {
    const Library& library;
    const Tables& tables;
    const std::map<std::string, calendar::WorkCalendar>& calendars;
    const std::map<std::string, calendar::Zone>& zones;
    const std::map<std::string, std::string>& definitions;  ///< id → subject kind
    Uses& uses;
    Diagnostics& out;
};

/// Resolves the names and types of a library and checks its expressions in place.
void check_library(LibraryDraft& draft, const Tables& tables, Diagnostics& out);

/// Its functions and derived fields, which give each other their types.
void check_library_expressions(LibraryDraft& draft, const Tables& tables, Diagnostics& out);

/// Tells of a name that the language itself uses, so that a thing of the library could not be
/// reached by it.
void refuse_taken(const std::string& name, SourceSpan where, Diagnostics& out);

/// Checks a definition in place: names, expressions, people, time, flow.
void check_definition(DefinitionDraft& draft, const Ground& ground);

/// What the library declares and no definition uses.
/// @param tables  where each table gives its id
void check_unused(const LibraryDraft& draft, const std::map<std::string, SourceSpan>& tables,
                  const Ground& ground);

/// Definitions that start themselves again by way of `run:`.
void check_runs(const std::vector<const DefinitionDraft*>& drafts, Diagnostics& out);

/// Tests on days of years without public holidays, which the week alone would count.
void check_years(const Definition& definition, const std::vector<TestCase>& tests,
                 const Ground& ground);

/// The parts of `check_definition`, each a file.
void check_names(DefinitionDraft& draft, const Ground& ground);
void check_expressions(DefinitionDraft& draft, const Ground& ground);
void check_flow(const DefinitionDraft& draft, const Ground& ground);
void check_people(const DefinitionDraft& draft, const Ground& ground);
void check_access(const DefinitionDraft& draft, const Ground& ground);
void check_time(const DefinitionDraft& draft, const Ground& ground);
void check_conditions(const DefinitionDraft& draft, const Ground& ground);

/// Replaces a name by the kind of subject, the fact type or the enumeration it stands for.
/// @param bare  whether kinds and fact types may stand without `ref`, as in parameters
void resolve_type(rule::Type& type, const Library& library, bool bare, SourceSpan where,
                  Diagnostics& out);

/// Words in a ladder that are no roles: owner, head, accountable, informed.
bool is_ladder_word(std::string_view word);

template <class Map>
std::vector<std::string> names_of(const Map& map) {
    std::vector<std::string> names;
    for (const auto& [name, value] : map) names.push_back(name);
    return names;
}

}  // namespace dutylog::definition
