#include "engine/definition/library_reader.hpp"

#include <algorithm>

#include "engine/definition/read_clock.hpp"
#include "engine/definition/reading.hpp"

namespace dutylog::definition {

namespace {

constexpr std::int64_t urges_max = 100;

class LibraryReader {
public:
    LibraryReader(Reading& reading, Library& library) : reading_{reading}, library_{library} {}

    void read(const Node& root) {
        const Fields fields{reading_, root, library_table};
        if (!root.is_mapping()) return;
        read_format(reading_, fields);
        library_.id = fields.id("id");
        library_.title = fields.localized("title");
        library_.zone = fields.name("zone", "");
        library_.calendar = fields.name("calendar", "");
        library_.units = fields.names("units", "");
        reading_.units = library_.units;
        each(fields, "enumerations", [&](const std::string& id, const Node& node) {
            library_.enumerations[id] = read_words(reading_, node, "enumerations/" + id + "/words");
        });
        each(fields, "subjects", [&](const std::string& id, const Node& node) {
            library_.kinds[id] = kind(id, node, "subjects/" + id);
        });
        each(fields, "facts", [&](const std::string& id, const Node& node) {
            library_.facts[id] = fact(id, node, "facts/" + id);
        });
        each(fields, "roles", [&](const std::string& id, const Node& node) {
            library_.roles[id] = role(id, node, "roles/" + id);
        });
        each(fields, "ladders", [&](const std::string& id, const Node& node) {
            library_.ladders[id] = ladder(id, node, "ladders/" + id);
        });
        if (const Node* most = fields.get("urges_per_working_day"))
            if (const auto number = read_integer(reading_, *most))
                library_.urges_per_working_day =
                    static_cast<std::uint16_t>(std::min<std::int64_t>(*number, urges_max));
        each(fields, "functions", [&](const std::string& id, const Node& node) {
            library_.functions[id] = function(node, "functions/" + id);
        });
    }

private:
    /// Visits the named members under a key and marks their names at `key/name`.
    template <class Visit>
    void each(const Fields& fields, std::string_view key, Visit visit) {
        const Node* node = fields.get(key);
        if (node == nullptr) return;
        for (const Entry& entry : node->entries) {
            const std::string id = read_id(reading_, entry.key);
            reading_.mark(std::string{key} + "/" + id, entry.key);
            visit(id, entry.value);
        }
    }

    SubjectKind kind(const std::string& id, const Node& node, const std::string& path) {
        const Fields fields{reading_, node, subject_table};
        SubjectKind kind{.id = id,
                         .parent = fields.name("in", path),
                         .person = fields.truth("person"),
                         .title = fields.localized("title"),
                         .derived = {}};
        if (const Node* derived = fields.get("derived"))
            for (const Entry& entry : derived->entries) {
                const std::string name = read_id(reading_, entry.key);
                kind.derived[name] =
                    read_expression(reading_, entry.value, path + "/derived/" + name);
            }
        return kind;
    }

    FactType fact(const std::string& id, const Node& node, const std::string& path) {
        const Fields fields{reading_, node, fact_table};
        FactType fact{.id = id,
                      .of = fields.name("of", path),
                      .keep = Keep::all,
                      .key = {},
                      .access = fields.name("as", path),
                      .act = fields.truth("act"),
                      .title = fields.localized("title"),
                      .fields = {},
                      .hash = {}};
        if (fact.access.empty()) fact.access = id;
        if (const Node* keep = fields.get("keep")) read_keep(*keep, path, fact);
        if (const Node* members = fields.get("fields"))
            for (const Entry& entry : members->entries)
                fact.fields.push_back(
                    read_field(reading_, entry, path + "/fields/" + entry.key.text, field_table));
        return fact;
    }

    void read_keep(const Node& node, const std::string& path, FactType& fact) {
        if (!want_scalar(reading_, node, "@a-name")) return;
        constexpr std::string_view by = "latest by ";
        reading_.mark(path + "/keep", node);
        if (node.text == "latest")
            fact.keep = Keep::latest;
        else if (node.text.starts_with(by)) {
            fact.keep = Keep::latest_by;
            fact.key = node.text.substr(by.size());
        } else if (node.text != "all") {
            static const std::vector<std::string> known{"latest", "latest by FIELD", "all"};
            add_unknown(reading_.out, "DL0105", reading_.span(node), node.text, known);
        }
    }

    Role role(const std::string& id, const Node& node, const std::string& path) {
        const Fields fields{reading_, node, role_table};
        return {.id = id,
                .scope = fields.name("of", path),
                .principal = fields.truth("principal"),
                .title = fields.localized("title")};
    }

    Ladder ladder(const std::string& id, const Node& node, const std::string& path) {
        Ladder ladder{.id = id, .rungs = {}};
        if (!want_list(reading_, node)) return ladder;
        for (const Node& item : node.items) {
            const std::string place = path + "/" + std::to_string(ladder.rungs.size());
            const Fields fields{reading_, item, rung_table};
            reading_.mark(place, item);
            Rung rung;
            if (const Node* at = fields.get("at")) read_rung_time(reading_, *at, place, rung);
            rung.tell = fields.names("tell", place);
            ladder.rungs.push_back(std::move(rung));
        }
        return ladder;
    }

    rule::Function function(const Node& node, const std::string& path) {
        const Fields fields{reading_, node, function_table};
        rule::Function function;
        if (const Node* of = fields.get("of"); of != nullptr && want_mapping(reading_, *of))
            for (const Entry& entry : of->entries) {
                const std::string name = read_id(reading_, entry.key);
                reading_.mark(path + "/of/" + name, entry.key);
                function.parameters.push_back(name);
                function.types.push_back(
                    read_type(reading_, entry.value, path + "/of/" + name + "/type"));
            }
        function.body = fields.expression("is", path);
        return function;
    }

    Reading& reading_;
    Library& library_;
};

}  // namespace

LibraryDraft read_library(const SourceFile& file, const Node& root, Diagnostics& out) {
    LibraryDraft draft{.library = {}, .places = Places{file.path}};
    Reading reading{file, out, draft.places, {}};
    LibraryReader{reading, draft.library}.read(root);
    return draft;
}

}  // namespace dutylog::definition
