#include "engine/definition/checker.hpp"

namespace dutylog::definition {

namespace {

/// Tables the engine itself looks into.
constexpr std::string_view obligations = "obligations";
constexpr std::string_view retention = "retention";

void note_type(const rule::Type& type, Uses& uses) {
    if (type.kind == rule::Kind::enumeration) uses.add("enumeration", type.name);
    if (type.element) note_type(*type.element, uses);
}

/// What the library itself uses: roles in ladders, enumerations in facts and functions.
void note_own_uses(const Library& library, Uses& uses) {
    for (const auto& [id, ladder] : library.ladders)
        for (const Rung& rung : ladder.rungs)
            for (const std::string& role : rung.tell) uses.add("role", role);
    for (const auto& [id, fact] : library.facts)
        for (const FieldSpec& field : fact.fields) note_type(field.type, uses);
    for (const auto& [id, function] : library.functions)
        for (const rule::Type& type : function.types) note_type(type, uses);
}

}  // namespace

void check_unused(const LibraryDraft& draft, const std::map<std::string, SourceSpan>& tables,
                  const Ground& ground) {
    const Library& library = draft.library;
    note_own_uses(library, ground.uses);
    const auto warn = [&](std::string_view code, std::string_view sort, const auto& declared,
                          const std::string& group) {
        for (const auto& [id, one] : declared)
            if (!ground.uses.has(sort, id))
                ground.out.add(code, draft.places.span(group + "/" + id), {{"name", id}});
    };
    warn("DL0136", "fact", library.facts, "facts");
    warn("DL0137", "function", library.functions, "functions");
    warn("DL0139", "ladder", library.ladders, "ladders");
    warn("DL0142", "enumeration", library.enumerations, "enumerations");
    for (const auto& [id, role] : library.roles)
        if (!role.principal && !ground.uses.has("role", id))
            ground.out.add("DL0138", draft.places.span("roles/" + id), {{"name", id}});
    for (const auto& [id, place] : tables)
        if (!ground.uses.has("table", id) && id != obligations && id != retention)
            ground.out.add("DL0140", place, {{"name", id}});
}

}  // namespace dutylog::definition
