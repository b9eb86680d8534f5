#include "engine/definition/test_reader.hpp"

#include <algorithm>
#include <array>

#include "engine/definition/checker.hpp"
#include "engine/definition/value_reader.hpp"

namespace dutylog::definition {

namespace {

struct Deed {
    std::string_view key;
    GivenKind kind;
};
constexpr std::array deeds{
    Deed{"fact", GivenKind::fact},         Deed{"request", GivenKind::request},
    Deed{"complete", GivenKind::complete}, Deed{"verify", GivenKind::verify},
    Deed{"approve", GivenKind::approve},
};

class TestReader {
public:
    TestReader(Reading& reading, const Library& library, const Definition& definition)
        : reading_{reading}, library_{library}, definition_{definition} {}

    TestCase read(const Node& node) {
        const Fields fields{reading_, node, test_table};
        TestCase test;
        test.definition = definition_.id;
        test.where = reading_.span(node);
        test.name = fields.text("name");
        if (const Node* given = fields.get("given"))
            for (const Node& line : given->items) read_given(line, test);
        if (!test.given.empty()) test.at = test.given.back().on;
        if (const auto at = fields.date("at")) test.at = *at;
        if (const Node* expect = fields.get("expect")) {
            test.expect_where = reading_.span(*expect);
            read_expect(*expect, test.expect);
        }
        return test;
    }

private:
    void read_given(const Node& node, TestCase& test) {
        const Fields fields{reading_, node, given_table};
        if (!node.is_mapping()) return;
        Given given;
        given.where = reading_.span(node);
        const Deed* deed = nullptr;
        for (const Deed& one : deeds)
            if (fields.get(one.key) != nullptr) deed = &one;
        if (deed == nullptr) {
            reading_.out.add("DL0150", given.where);
            return;
        }
        given.kind = deed->kind;
        given.name = fields.name(deed->key, "tests");
        read_time(fields, node, test, given);
        given.known = fields.date("known");
        given.by = fields.name("by", "tests");
        given.outcome = fields.name("outcome", "tests");
        given.evidence = fields.names("evidence", "tests");
        const Node& name = *fields.get(deed->key);
        if (given.kind == GivenKind::fact || given.kind == GivenKind::request)
            read_fact(name, fields, given);
        else
            read_step(name, fields, given);
        test.given.push_back(std::move(given));
    }

    void read_time(const Fields& fields, const Node& node, const TestCase& test, Given& given) {
        if (const auto on = fields.date("on"))
            given.on = *on;
        else if (const Node* at = fields.get("at"); at != nullptr && at->is_scalar()) {
            given.at = parse_instant(at->text);
            const auto date = parse_civil_date(std::string_view{at->text}.substr(0, 10));
            if (!given.at || !date)
                reading_.out.add("DL0402", reading_.span(*at), {{"name", at->text}});
            given.on = date.value_or(CivilDate{});
        } else if (!test.given.empty())
            given.on = test.given.back().on;
        else
            reading_.out.add("DL0102", reading_.span(node), {{"name", "on"}, {"of", "@given"}});
    }

    void read_fact(const Node& name, const Fields& fields, Given& given) {
        const auto fact = library_.facts.find(given.name);
        if (fact == library_.facts.end()) {
            if (read_built_in(fields, given)) return;
            add_unknown(reading_.out, "DL0108", reading_.span(name), given.name,
                        names_of(library_.facts));
            return;
        }
        read_values(fields, given, fact->first, [&](std::string_view key) -> const rule::Type* {
            for (const FieldSpec& field : fact->second.fields)
                if (field.id == key) return &field.type;
            return nullptr;
        });
    }

    /// Facts every library has: who holds a role, and who is away.
    bool read_built_in(const Fields& fields, Given& given) {
        if (given.name != "holds_role" && given.name != "absence") return false;
        static const rule::Type text = plain_type(rule::Kind::text, true);
        static const rule::Type date = plain_type(rule::Kind::date, true);
        rule::Type person = plain_type(rule::Kind::reference, true);
        for (const auto& [id, kind] : library_.kinds)
            if (kind.person) person.name = id;
        read_values(fields, given, given.name, [&](std::string_view key) -> const rule::Type* {
            const bool role = given.name == "holds_role";
            if (key == "role") return role ? &text : nullptr;
            if (key == "person") return role ? &person : nullptr;
            if (key == "until") return role ? nullptr : &date;
            return key == "deputy" && !role ? &person : nullptr;
        });
        return true;
    }

    void read_step(const Node& name, const Fields& fields, Given& given) {
        const Step* step = definition_.step(given.name);
        if (step == nullptr) {
            std::vector<std::string> known;
            for (const Step& one : definition_.steps) known.push_back(one.id);
            add_unknown(reading_.out, "DL0104", reading_.span(name), given.name, known);
            return;
        }
        static const rule::Type anything = plain_type(rule::Kind::any);
        read_values(fields, given, step->id, [&](std::string_view key) -> const rule::Type* {
            for (const FormField& field : step->form)
                if (field.spec.id == key) return &field.spec.type;
            for (const Outcome& outcome : step->outcomes)
                if (std::ranges::find(outcome.needs, key) != outcome.needs.end()) return &anything;
            return nullptr;
        });
        check_outcome(*step, fields, given);
    }

    void check_outcome(const Step& step, const Fields& fields, const Given& given) {
        if (given.outcome.empty()) return;
        std::vector<std::string> known;
        for (const Outcome& outcome : step.outcomes) known.push_back(outcome.id);
        if (std::ranges::find(known, given.outcome) == known.end())
            add_unknown(reading_.out, "DL0113", reading_.span(*fields.get("outcome")),
                        given.outcome, known);
    }

    template <class TypeOf>
    void read_values(const Fields& fields, Given& given, const std::string& of, TypeOf type_of) {
        for (const Entry* entry : fields.others()) {
            const rule::Type* type = type_of(entry->key.text);
            if (type == nullptr)
                reading_.out.add("DL0101", reading_.span(entry->key),
                                 {{"name", entry->key.text}, {"of", "`" + of + "`"}});
            else
                given.values.set(entry->key.text, read_value(reading_, entry->value, *type));
        }
    }

    void read_expect(const Node& node, Expectation& expect) {
        const Fields fields{reading_, node, expect_table};
        const auto words = [&](std::string_view key,
                               std::optional<std::vector<std::string>>& into) {
            if (const Node* list = fields.get(key))
                into = read_words(reading_, *list, "tests/" + std::string{key});
        };
        const auto text = [&](std::string_view key, std::optional<std::string>& into) {
            if (const Node* one = fields.get(key)) into = read_name(reading_, *one, "tests/expect");
        };
        expect.due = fields.date("due");
        expect.effective = fields.date("effective");
        words("open", expect.open);
        words("overdue", expect.overdue);
        words("findings", expect.findings);
        if (fields.get("closed") != nullptr) expect.closed = fields.truth("closed");
        if (const Node* breaches = fields.get("breaches")) read_breaches(*breaches, expect);
        text("refused", expect.refused);
        text("gate_closed", expect.gate_closed);
        text("phase", expect.phase);
        if (const Node* cycles = fields.get("cycles"))
            expect.cycles = read_integer(reading_, *cycles);
        check_steps(fields, "open", expect.open);
        check_steps(fields, "overdue", expect.overdue);
    }

    void read_breaches(const Node& node, Expectation& expect) {
        if (!want_list(reading_, node)) return;
        expect.breaches.emplace();
        for (const Node& item : node.items)
            if (const auto date = read_date(reading_, item)) expect.breaches->push_back(*date);
    }

    void check_steps(const Fields& fields, std::string_view key,
                     const std::optional<std::vector<std::string>>& steps) {
        if (!steps) return;
        std::vector<std::string> known;
        for (const Step& one : definition_.steps) known.push_back(one.id);
        for (const std::string& step : *steps)
            if (std::ranges::find(known, step) == known.end())
                add_unknown(reading_.out, "DL0104", reading_.span(*fields.get(key)), step, known);
    }

    Reading& reading_;
    const Library& library_;
    const Definition& definition_;
};

}  // namespace

std::vector<TestCase> read_tests(const SourceFile& file, const Node& root, const Library& library,
                                 const Definition& definition, Diagnostics& out) {
    std::vector<TestCase> tests;
    const Node* list = root.find("tests");
    if (list == nullptr || !list->is_sequence()) return tests;
    Places places{file.path};
    Reading reading{file, out, places, library.units};
    TestReader reader{reading, library, definition};
    for (const Node& item : list->items) tests.push_back(reader.read(item));
    return tests;
}

}  // namespace dutylog::definition
