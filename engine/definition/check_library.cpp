#include <algorithm>

#include "engine/definition/checker.hpp"
#include "engine/definition/reading.hpp"

namespace dutylog::definition {

namespace {

class LibraryChecker {
public:
    LibraryChecker(LibraryDraft& draft, Diagnostics& out)
        : draft_{draft}, library_{draft.library}, out_{out} {}

    void check() {
        check_enumerations();
        check_kinds();
        check_facts();
        check_roles();
        check_ladders();
    }

private:
    SourceSpan span(const std::string& path) const { return draft_.places.span(path); }

    void check_enumerations() {
        for (const auto& [id, words] : library_.enumerations)
            refuse_twice(words, "enumerations/" + id + "/words/");
    }

    void refuse_twice(const std::vector<std::string>& words, const std::string& path) {
        for (std::size_t i = 0; i < words.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (words[i] == words[j]) {
                    out_.add("DL0106", span(path + std::to_string(i)), {{"name", words[i]}})
                        .beside(span(path + std::to_string(j)), Note::first_here);
                    break;
                }
    }

    void check_kinds() {
        int tops = 0;
        for (const auto& [id, kind] : library_.kinds) {
            const std::string path = "subjects/" + id;
            refuse_taken(id, span(path), out_);
            if (kind.parent.empty()) {
                if (++tops > 1) out_.add("DL0128", span(path), {{"name", id}});
            } else if (!library_.kinds.contains(kind.parent)) {
                add_unknown(out_, "DL0107", span(path + "/in"), kind.parent,
                            names_of(library_.kinds));
            } else if (in_circle(id)) {
                out_.add("DL0129", span(path + "/in"), {{"name", id}});
            }
        }
    }

    bool in_circle(const std::string& id) const {
        std::string at = id;
        for (std::size_t i = 0; i <= library_.kinds.size(); ++i) {
            const auto found = library_.kinds.find(at);
            if (found == library_.kinds.end() || found->second.parent.empty()) return false;
            at = found->second.parent;
            if (at == id) return true;
        }
        return false;
    }

    void check_facts() {
        for (auto& [id, fact] : library_.facts) {
            const std::string path = "facts/" + id;
            refuse_taken(id, span(path), out_);
            if (library_.kinds.contains(id))
                out_.add("DL0127", span(path), {{"name", id}})
                    .beside(span("subjects/" + id), Note::first_here);
            if (!fact.of.empty() && !library_.kinds.contains(fact.of))
                add_unknown(out_, "DL0107", span(path + "/of"), fact.of, names_of(library_.kinds));
            for (FieldSpec& field : fact.fields) {
                const std::string place = path + "/fields/" + field.id;
                resolve_type(field.type, library_, false, span(place + "/type"), out_);
                refuse_twice(field.type.words, place + "/type/");
            }
            check_keep(fact, path);
            check_access_name(fact, path);
        }
    }

    void check_keep(const FactType& fact, const std::string& path) {
        if (fact.keep != Keep::latest_by) return;
        const auto known = [&](const FieldSpec& field) { return field.id == fact.key; };
        if (std::ranges::any_of(fact.fields, known)) return;
        std::vector<std::string> fields;
        for (const FieldSpec& field : fact.fields) fields.push_back(field.id);
        add_unknown(out_, "DL0130", span(path + "/keep"), fact.key, fields).with("of", fact.id);
    }

    /// Two things under one name on one kind of subject: only one could be reached.
    void check_access_name(const FactType& fact, const std::string& path) {
        const std::string place = draft_.places.has(path + "/as") ? path + "/as" : path;
        const auto clash = [&](const std::string& other) {
            out_.add("DL0127", span(place), {{"name", fact.access}})
                .beside(span(other), Note::first_here);
        };
        for (const auto& [id, other] : library_.facts) {
            if (id >= fact.id) break;
            if (other.of == fact.of && other.access == fact.access) return clash("facts/" + id);
        }
        const auto kind = library_.kinds.find(fact.of);
        if (kind == library_.kinds.end()) return;
        if (kind->second.derived.contains(fact.access))
            clash("subjects/" + fact.of + "/derived/" + fact.access);
        for (const std::string& parent : parents_of(library_, fact.of))
            if (parent == fact.access) clash("subjects/" + parent);
    }

    void check_roles() {
        const Role* principal = nullptr;
        for (const auto& [id, role] : library_.roles) {
            const std::string path = "roles/" + id;
            if (!role.scope.empty() && !library_.kinds.contains(role.scope))
                add_unknown(out_, "DL0107", span(path + "/of"), role.scope,
                            names_of(library_.kinds));
            if (is_ladder_word(id)) out_.add("DL0126", span(path), {{"name", id}});
            if (!role.principal) continue;
            if (principal != nullptr)
                out_.add("DL0316", span(path), {{"name", id}})
                    .beside(span("roles/" + principal->id), Note::first_here);
            principal = &role;
        }
        if (principal == nullptr && !library_.roles.empty())
            out_.add("DL0315", span("roles/" + library_.roles.begin()->first));
    }

    void check_ladders() {
        for (const auto& [id, ladder] : library_.ladders) {
            for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
                const std::string path = "ladders/" + id + "/" + std::to_string(i);
                check_told(ladder.rungs[i], path);
                if (i > 0 && !follows(ladder.rungs[i - 1], ladder.rungs[i]))
                    out_.add("DL0311", span(path + "/at"), {{"name", id}})
                        .beside(span("ladders/" + id + "/" + std::to_string(i - 1) + "/at"),
                                Note::other_here);
            }
        }
    }

    void check_told(const Rung& rung, const std::string& path) {
        for (std::size_t i = 0; i < rung.tell.size(); ++i) {
            if (is_ladder_word(rung.tell[i]) || library_.roles.contains(rung.tell[i])) continue;
            std::vector<std::string> known = names_of(library_.roles);
            for (const auto* word : {"owner", "head", "accountable", "informed"})
                known.emplace_back(word);
            add_unknown(out_, "DL0109", span(path + "/tell/" + std::to_string(i)), rung.tell[i],
                        known);
        }
    }

    /// Whether b comes after a, as far as the units tell: 10 days before, 5 days before, due, 1
    /// day after.
    static bool follows(const Rung& a, const Rung& b) {
        const auto place = [](const Rung& rung) {
            return rung.period.count == 0 ? 0 : rung.before ? -1 : 1;
        };
        if (place(a) != place(b)) return place(a) < place(b);
        if (place(a) == 0) return false;
        if (a.period.unit != b.period.unit) return true;
        return a.before ? a.period.count > b.period.count : a.period.count < b.period.count;
    }

    LibraryDraft& draft_;
    Library& library_;
    Diagnostics& out_;
};

}  // namespace

void check_library(LibraryDraft& draft, const Tables& tables, Diagnostics& out) {
    LibraryChecker{draft, out}.check();
    check_library_expressions(draft, tables, out);
}

}  // namespace dutylog::definition
