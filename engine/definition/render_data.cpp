#include <fmt/format.h>
#include <boost/json.hpp>

#include "engine/definition/messages.hpp"
#include "engine/definition/render.hpp"

namespace dutylog::definition {

namespace json = boost::json;

namespace {

struct Region {
    Place from;
    Place to;
};

Region region_of(const SourceSpan& where, const SourceTexts& texts) {
    const auto text = texts.find(where.file);
    if (text == texts.end()) return {};
    const LineMap lines{text->second};
    return {lines.place(where.from), lines.place(std::max(where.from, where.to))};
}

std::string_view severity_name(Severity severity) {
    return severity == Severity::error ? "error" : "warning";
}

json::object place_object(const SourceSpan& where, const SourceTexts& texts) {
    const Region region = region_of(where, texts);
    json::object out;
    out["file"] = where.file;
    out["line"] = region.from.line;
    out["column"] = region.from.column;
    out["end_line"] = region.to.line;
    out["end_column"] = region.to.column;
    return out;
}

json::object problem_object(const Diagnostic& problem, const SourceTexts& texts,
                            Language language) {
    json::object out = place_object(problem.where, texts);
    out["code"] = problem.code;
    out["name"] = find_message(problem.code)->name;
    out["severity"] = severity_name(problem.severity);
    out["message"] = message_of(problem, language);
    json::array help;
    for (const std::string& line : help_of(problem, language)) help.emplace_back(line);
    out["help"] = std::move(help);
    json::array related;
    for (const Related& one : problem.related) {
        json::object place = place_object(one.where, texts);
        place["message"] = note_text(one.note, language);
        related.emplace_back(std::move(place));
    }
    out["related"] = std::move(related);
    json::object arguments;
    for (const Argument& argument : problem.arguments)
        arguments[argument.name] = term(argument.value, language);
    out["arguments"] = std::move(arguments);
    return out;
}

// --- SARIF -----------------------------------------------------------------------------------

json::object text_object(std::string_view text) { return {{"text", text}}; }

json::object location(const SourceSpan& where, const SourceTexts& texts) {
    const Region region = region_of(where, texts);
    json::object place{{"startLine", region.from.line},
                       {"startColumn", region.from.column},
                       {"endLine", region.to.line},
                       {"endColumn", region.to.column}};
    return {{"physicalLocation", json::object{{"artifactLocation", {{"uri", where.file}}},
                                              {"region", std::move(place)}}}};
}

json::object result_object(const Diagnostic& problem, const SourceTexts& texts, Language language,
                           std::size_t rule_index) {
    std::string message = message_of(problem, language);
    for (const std::string& help : help_of(problem, language)) message += "\n" + help;
    json::object out{{"ruleId", problem.code},
                     {"ruleIndex", rule_index},
                     {"level", severity_name(problem.severity)},
                     {"message", text_object(message)}};
    out["locations"] = json::array{location(problem.where, texts)};
    json::array related;
    for (const Related& one : problem.related) {
        json::object place = location(one.where, texts);
        place["message"] = text_object(note_text(one.note, language));
        related.emplace_back(std::move(place));
    }
    if (!related.empty()) out["relatedLocations"] = std::move(related);
    return out;
}

json::object rule_object(const Message& message, Language language) {
    return {{"id", message.code},
            {"name", message.name},
            {"shortDescription", text_object(message.text.in(language))},
            {"fullDescription", text_object(message.meaning.in(language))},
            {"help", json::object{{"text", explain(message.code, language)},
                                  {"markdown", explain(message.code, language)}}},
            {"defaultConfiguration", {{"level", severity_name(message.severity)}}}};
}

std::size_t index_of(std::string_view code) {
    const auto all = catalogue();
    std::size_t index = 0;
    while (index < all.size() && all[index]->code != code) ++index;
    return index;
}

// --- GitHub ----------------------------------------------------------------------------------

std::string escaped(std::string_view text, bool property) {
    std::string out;
    for (const char letter : text) {
        if (letter == '%')
            out += "%25";
        else if (letter == '\r')
            out += "%0D";
        else if (letter == '\n')
            out += "%0A";
        else if (property && letter == ':')
            out += "%3A";
        else if (property && letter == ',')
            out += "%2C";
        else
            out += letter;
    }
    return out;
}

}  // namespace

json::value render_json(std::span<const Diagnostic> problems, const SourceTexts& texts,
                        Language language) {
    json::array out;
    for (const Diagnostic& problem : problems)
        out.emplace_back(problem_object(problem, texts, language));
    return out;
}

json::value render_sarif(std::span<const Diagnostic> problems, std::span<const Allowed> allowed,
                         const SourceTexts& texts, Language language) {
    json::array rules;
    for (const Message* message : catalogue()) rules.emplace_back(rule_object(*message, language));
    json::array results;
    for (const Diagnostic& problem : problems)
        results.emplace_back(result_object(problem, texts, language, index_of(problem.code)));
    for (const Allowed& one : allowed) {
        json::object result =
            result_object(one.problem, texts, language, index_of(one.problem.code));
        result["suppressions"] =
            json::array{json::object{{"kind", "inSource"}, {"justification", one.reason}}};
        results.emplace_back(std::move(result));
    }
    json::object driver{{"name", "dutylog"}, {"rules", std::move(rules)}};
    json::object run{{"tool", json::object{{"driver", std::move(driver)}}},
                     {"columnKind", "unicodeCodePoints"},
                     {"language", language == Language::en ? "en" : "zh-CN"},
                     {"results", std::move(results)}};
    return json::object{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                        {"version", "2.1.0"},
                        {"runs", json::array{std::move(run)}}};
}

std::string render_github(std::span<const Diagnostic> problems, const SourceTexts& texts,
                          Language language) {
    std::string out;
    for (const Diagnostic& problem : problems) {
        const Region region = region_of(problem.where, texts);
        std::string message = message_of(problem, language);
        for (const std::string& help : help_of(problem, language)) message += "\n" + help;
        out += fmt::format("::{} file={},line={},endLine={},col={},endColumn={},title={}::{}\n",
                           severity_name(problem.severity), escaped(problem.where.file, true),
                           region.from.line, region.to.line, region.from.column, region.to.column,
                           problem.code, escaped(message, false));
    }
    return out;
}

}  // namespace dutylog::definition
