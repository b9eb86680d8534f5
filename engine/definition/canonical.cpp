#include "engine/definition/canonical.hpp"

#include <algorithm>

#include "engine/definition/canonical_writer.hpp"
#include "engine/definition/definition_reader.hpp"

namespace dutylog::definition {

namespace {

std::string_view name_of(Level level) {
    return level == Level::duty ? "duty" : level == Level::system ? "system" : "programme";
}

std::string_view name_of(calendar::Roll roll) {
    return roll == calendar::Roll::none   ? "none"
           : roll == calendar::Roll::back ? "back"
                                          : "forward";
}

std::string_view name_of(Repeat repeat) {
    switch (repeat) {
        case Repeat::none:
            return "";
        case Repeat::rolling:
            return "after completion";
        case Repeat::anchored:
            return "from anchor";
        case Repeat::calendar_year:
            return "calendar year";
    }
    return "";
}

std::string_view name_of(ClockKind kind) {
    switch (kind) {
        case ClockKind::date:
            return "date";
        case ClockKind::at_once:
            return "at once";
        case ClockKind::before:
            return "before";
        case ClockKind::window:
            return "window";
    }
    return "";
}

std::vector<std::string> sorted(std::vector<std::string> words) {
    std::ranges::sort(words);
    return words;
}

void write(CanonicalWriter& out, std::string_view key, const Clock& clock) {
    if (clock.kind == ClockKind::date && clock.due == nullptr) return;
    out.open(key).plain("kind", name_of(clock.kind));
    out.expression("from", clock.from).expression("date", clock.due);
    if (clock.tolerance) out.plain("tolerance", to_string(*clock.tolerance));
    if (clock.kind == ClockKind::before)
        out.word("fact", clock.text.substr(clock.text.find_last_of(" \n") + 1));
    out.close();
}

void write(CanonicalWriter& out, std::string_view key, const std::optional<FactMatch>& match) {
    if (match) out.open(key).word("fact", match->fact).expression("where", match->where).close();
}

void write(CanonicalWriter& out, const FieldSpec& field) {
    out.open(field.id).type("type", field.type).truth("required", field.required);
    out.word("confidential", field.confidential).text("title", field.title);
}

void write(CanonicalWriter& out, const Gate& gate) {
    out.open(gate.id).word("refuse", gate.act).expression("closed_while", gate.closed_while);
    out.expression("flag_when", gate.flag_when).words("tell", sorted(gate.tell));
    out.text("say", gate.say).text("flag_say", gate.flag_say).word("basis", gate.basis).close();
}

void write_form(CanonicalWriter& out, const Step& step) {
    if (step.form.empty()) return;
    out.open("form");
    for (const FormField& field : step.form) {
        write(out, field.spec);
        out.expression("must", field.must).expression("should", field.should);
        out.text("say", field.say).close();
    }
    out.close();
}

void write_ends(CanonicalWriter& out, const Step& step) {
    for (const Outcome& outcome : step.outcomes) {
        out.open("outcome " + outcome.id).word("go", outcome.go);
        if (outcome.at_most > 0) out.plain("at_most", std::to_string(outcome.at_most));
        out.word("then", outcome.then).words("needs", sorted(outcome.needs)).close();
    }
    for (const FindingSpec& finding : step.findings) {
        out.open("finding " + finding.id).expression("when", finding.when);
        out.word("severity", finding.severity).word("basis", finding.basis);
        out.text("title", finding.title).close();
    }
}

void write(CanonicalWriter& out, const Step& step) {
    out.open("step " + step.id).text("title", step.title).word("owner", step.owner);
    write(out, "due", step.due);
    out.words("after", sorted(step.after));
    write(out, "done_by", step.done_by);
    write(out, "breached_by", step.breached_by);
    write_form(out, step);
    write_ends(out, step);
    for (const std::string& evidence : sorted(step.evidence)) {
        out.open("evidence " + evidence);
        if (const auto signers = step.signed_by.find(evidence); signers != step.signed_by.end())
            out.words("signed_by", sorted(signers->second));
        out.close();
    }
    out.words("upon_findings", sorted(step.upon_findings));
    out.words("upon_outcomes", sorted(step.upon_outcomes));
    out.truth("measure", step.measure).text("measure_title", step.measure_title);
    out.word("verified_by", step.verified_by).words("not_by", sorted(step.not_by));
    out.word("self_check", step.self_check_reason).words("approve", sorted(step.approve));
    out.word("run", step.run);
    for (const Gate& gate : step.gates) write(out.open("gate"), gate), out.close();
    out.close();
}

void write_head(CanonicalWriter& out, const Definition& d) {
    out.plain("dutylog", "1").plain("kind", name_of(d.level)).word("id", d.id);
    out.word("system", d.system).text("title", d.title);
    for (const Basis& basis : d.basis)
        out.open("basis")
            .word("obligation", basis.obligation)
            .word("rule", basis.rule)
            .word("force", basis.force)
            .close();
    out.plain("from", to_string(d.valid_from));
    if (d.valid_to) out.plain("to", to_string(*d.valid_to));
    out.word("for", d.subject).expression("where", d.where);
}

void write_cycles(CanonicalWriter& out, const Definition& d) {
    write(out, "upon", d.upon);
    if (d.while_open == WhileOpen::merge) out.plain("while_open", "merge");
    if (d.every) out.plain("every", to_string(*d.every));
    out.plain("repeat", name_of(d.repeat)).expression("anchor", d.anchor);
    if (d.open_before) out.plain("open", to_string(*d.open_before));
    write(out, "due", d.due);
    out.plain("roll", name_of(d.roll)).plain("grace", to_string(d.grace));
    out.truth("tracked", d.tracked).word("met_by", d.met_by);
}

void write(CanonicalWriter& out, const FactType& fact) {
    out.open("fact " + fact.id).word("of", fact.of).word("access", fact.access);
    out.plain("keep", fact.keep == Keep::latest ? "latest" : fact.keep == Keep::all ? "all" : "");
    out.word("latest_by", fact.key).truth("act", fact.act).text("title", fact.title);
    std::vector<const FieldSpec*> fields;
    for (const FieldSpec& field : fact.fields) fields.push_back(&field);
    std::ranges::sort(fields, {}, &FieldSpec::id);
    for (const FieldSpec* field : fields) {
        write(out, *field);
        out.close();
    }
    out.close();
}

void write_kinds(CanonicalWriter& out, const Library& library) {
    for (const auto& [id, kind] : library.kinds) {
        out.open("subject " + id).word("in", kind.parent).truth("person", kind.person);
        out.text("title", kind.title);
        for (const auto& [name, expression] : kind.derived)
            out.expression("derived " + name, expression);
        out.close();
    }
}

void write_people(CanonicalWriter& out, const Library& library) {
    for (const auto& [id, role] : library.roles)
        out.open("role " + id)
            .word("of", role.scope)
            .truth("principal", role.principal)
            .text("title", role.title)
            .close();
    for (const auto& [id, ladder] : library.ladders) {
        out.open("ladder " + id);
        for (const Rung& rung : ladder.rungs)
            out.open("rung")
                .plain("period", to_string(rung.period))
                .plain("side", rung.before ? "before" : "after")
                .words("tell", sorted(rung.tell))
                .close();
        out.close();
    }
}

/// What stands at its usual value is left out, so that texts of before keep their hash.
void write_urges(CanonicalWriter& out, const Library& library) {
    if (library.urges_per_working_day != Library{}.urges_per_working_day)
        out.plain("urges_per_working_day", std::to_string(library.urges_per_working_day));
}

void write_functions(CanonicalWriter& out, const Library& library) {
    for (const auto& [id, function] : library.functions) {
        out.open("function " + id);
        for (std::size_t i = 0; i < function.parameters.size(); ++i)
            out.type("parameter " + function.parameters[i], function.types[i]);
        out.expression("is", function.body).close();
    }
}

}  // namespace

std::string canonical_text(const Definition& definition) {
    CanonicalWriter out;
    write_head(out, definition);
    write_cycles(out, definition);
    out.word("owner", definition.owner).word("accountable", definition.accountable);
    out.words("informed", sorted(definition.informed)).word("ladder", definition.ladder);
    for (const Step& step : definition.steps) write(out, step);
    for (const Gate& gate : definition.gates) write(out.open("gate"), gate), out.close();
    for (const auto& [permission, people] : definition.access)
        out.words("access " + permission, sorted(people));
    out.expression("valid_until", definition.valid_until).word("retention", definition.retention);
    out.expression("keep_until", definition.keep_until);
    return out.take();
}

std::string canonical_text(const FactType& fact) {
    CanonicalWriter out;
    write(out, fact);
    return out.take();
}

std::string canonical_text(const Library& library) {
    CanonicalWriter out;
    out.plain("dutylog", "1").plain("kind", "library").word("id", library.id);
    out.text("title", library.title).word("zone", library.zone).word("calendar", library.calendar);
    out.words("units", sorted(library.units));
    for (const auto& [id, words] : library.enumerations) out.words("enumeration " + id, words);
    write_kinds(out, library);
    for (const auto& [id, fact] : library.facts) write(out, fact);
    write_people(out, library);
    write_urges(out, library);
    write_functions(out, library);
    return out.take();
}

std::string canonical_text(const Table& table) {
    CanonicalWriter out;
    out.plain("kind", "table").word("id", table.id).text("title", table.title);
    std::vector<std::string> keys;
    for (const Table::Key& key : table.keys) keys.push_back(key.name);
    out.words("keys", keys);
    std::vector<std::pair<std::string, std::string>> columns;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        columns.emplace_back(table.columns[i], to_string(table.types[i]));
    std::ranges::sort(columns);
    for (const auto& [column, type] : columns) out.plain("column " + column, type);
    std::vector<std::string> rows;
    for (const Record& row : table.rows) {
        std::string line;
        for (const Field& field : row.fields())
            if (!field.value.is_none())
                line +=
                    (line.empty() ? "" : ", ") + field.name + " " + canonical_value(field.value);
        rows.push_back(std::move(line));
    }
    for (const std::string& row : sorted(std::move(rows))) out.plain("row", row);
    return out.take();
}

void seal(Definition& definition) {
    definition.canonical = canonical_text(definition);
    definition.version = sha256(definition.canonical);
}

void seal(Library& library) {
    for (auto& [id, fact] : library.facts) fact.hash = sha256(canonical_text(fact));
    library.canonical = canonical_text(library);
    library.version = sha256(library.canonical);
}

void seal(Table& table) {
    table.canonical = canonical_text(table);
    table.hash = sha256(table.canonical);
}

}  // namespace dutylog::definition
