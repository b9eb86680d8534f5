#include <algorithm>

#include "engine/definition/checker.hpp"
#include "engine/definition/reading.hpp"

namespace dutylog::definition {

namespace {

using rule::Kind;
using rule::Type;

const std::vector<std::string>& type_words() {
    static const std::vector<std::string> words{"text", "integer", "decimal", "quantity",
                                                "date", "instant", "period",  "truth"};
    return words;
}

void unknown_type(const Type& type, const Library& library, bool bare, SourceSpan where,
                  Diagnostics& out) {
    std::vector<std::string> known = type_words();
    for (const auto& [id, kind] : library.kinds) known.push_back(bare ? id : "ref " + id);
    for (const auto& [id, words] : library.enumerations) known.push_back(id);
    if (bare)
        for (const auto& [id, fact] : library.facts) known.push_back(id);
    Diagnostic& problem = add_unknown(out, "DL0146", std::move(where), type.name, known);
    if (!bare && library.kinds.contains(type.name)) problem.with("suggestion", "ref " + type.name);
}

void resolve_name(Type& type, const Library& library, bool bare, const SourceSpan& where,
                  Diagnostics& out) {
    const bool optional = type.optional;
    if (bare && library.kinds.contains(type.name))
        type = reference_to(type.name);
    else if (bare && library.facts.contains(type.name))
        type = record_of(type.name);
    else if (const auto words = library.enumerations.find(type.name);
             words != library.enumerations.end()) {
        type.kind = Kind::enumeration;
        type.words = words->second;
    } else {
        if (!type.name.empty()) unknown_type(type, library, bare, where, out);
        type.name.clear();
    }
    type.optional = optional;
}

}  // namespace

void resolve_type(Type& type, const Library& library, bool bare, SourceSpan where,
                  Diagnostics& out) {
    switch (type.kind) {
        case Kind::any:
            return resolve_name(type, library, bare, where, out);
        case Kind::enumeration: {
            if (type.name.empty()) return;
            const auto words = library.enumerations.find(type.name);
            if (words != library.enumerations.end())
                type.words = words->second;
            else
                add_unknown(out, "DL0145", std::move(where), type.name,
                            names_of(library.enumerations));
            return;
        }
        case Kind::reference:
            if (!library.kinds.contains(type.name))
                add_unknown(out, "DL0107", std::move(where), type.name, names_of(library.kinds));
            return;
        case Kind::quantity:
            if (!type.unit.empty() &&
                std::ranges::find(library.units, type.unit) == library.units.end())
                add_unknown(out, "DL0208", std::move(where), type.unit, library.units)
                    .with("found", "`" + type.unit + "`");
            return;
        case Kind::list: {
            Type element = *type.element;
            resolve_type(element, library, bare, std::move(where), out);
            type.element = std::make_shared<const Type>(std::move(element));
            return;
        }
        default:
            return;
    }
}

bool is_ladder_word(std::string_view word) {
    return word == "owner" || word == "head" || word == "accountable" || word == "informed";
}

}  // namespace dutylog::definition
