#include "tests/rule/world.hpp"

#include <stdexcept>

namespace dutylog::rule::test {

namespace {

Type phase() { return words({"pre-post", "in-post", "leaving", "emergency"}); }
Type exam_conclusion() { return words({"normal", "other", "contraindication", "suspected"}); }

template <class Map>
std::optional<typename Map::mapped_type> find(const Map& map, std::string_view name) {
    const auto found = map.find(name);
    return found == map.end() ? std::nullopt : std::optional{found->second};
}

template <class Map>
std::vector<std::string> keys(const Map& map) {
    std::vector<std::string> names;
    for (const auto& entry : map) names.push_back(entry.first);
    return names;
}

Record exposure(const char* hazard, Value level, CivilDate on) {
    return Record::of({{"hazard", hazard},
                       {"level", std::move(level)},
                       {"on", on},
                       {"at", moment(to_string(on) + "T09:00+08:00")}});
}

Record exam(const char* phase, Value conclusion, CivilDate on) {
    return Record::of({{"phase", phase},
                       {"conclusion", std::move(conclusion)},
                       {"hazards", List{"noise", "benzene"}},
                       {"on", on}});
}

/// The test's seal: the text itself. The key `gone` opens nothing.
Sealed sealed(std::string_view text, const char* key = "zhang") {
    return {key, {}, {text.begin(), text.end()}};
}

std::string sentence(const std::string& problem, std::string_view text) {
    return problem + ", in: " + std::string{text};
}

}  // namespace

Type of(Kind kind) {
    Type type;
    type.kind = kind;
    return type;
}
Type none_or(Type type) {
    type.optional = true;
    return type;
}
Type named(Kind kind, std::string name) {
    Type type = of(kind);
    type.name = std::move(name);
    return type;
}
Type quantity(std::string unit) {
    Type type = of(Kind::quantity);
    type.unit = std::move(unit);
    return type;
}
Type list(Type element) {
    Type type = of(Kind::list);
    type.element = std::make_shared<const Type>(std::move(element));
    return type;
}
Type words(std::vector<std::string> words) {
    Type type = of(Kind::enumeration);
    type.words = std::move(words);
    return type;
}

Value dB(std::int64_t amount) { return Quantity{amount, "dB"}; }
Value moment(std::string_view rfc3339) { return parse_instant(rfc3339).value(); }

TestScope::TestScope() {
    const Type date = of(Kind::date);
    const Type exposures = list(named(Kind::record, "exposure"));
    variables = {{"worker", named(Kind::reference, "worker")},
                 {"asset", named(Kind::reference, "asset")},
                 {"on", date},
                 {"due", date},
                 {"opening", of(Kind::instant)},
                 {"last_completion", none_or(date)},
                 {"completions", of(Kind::integer)},
                 {"do.attend", none_or(date)},
                 {"conclusion", exam_conclusion()},
                 {"ready", of(Kind::truth)},
                 {"unsure", none_or(of(Kind::truth))},
                 {"ratio", of(Kind::decimal)},
                 {"speed", quantity("m/s")},
                 {"reading", quantity("")},
                 {"title", of(Kind::text)},
                 {"nickname", none_or(of(Kind::text))},
                 {"other", of(Kind::integer)},
                 {"numbers", list(of(Kind::integer))},
                 {"cell", none_or(of(Kind::any))}};
    subjects["worker"] = {{"id", of(Kind::text)},
                          {"site", named(Kind::reference, "site")},
                          {"post", none_or(named(Kind::reference, "post"))},
                          {"exposures", exposures},
                          {"exams", list(named(Kind::record, "exam"))},
                          {"badge", none_or(named(Kind::record, "badge"))}};
    subjects["asset"] = {{"id", of(Kind::text)},
                         {"facility", none_or(named(Kind::record, "facility"))}};
    subjects["site"] = {{"id", of(Kind::text)}};
    subjects["post"] = {{"id", of(Kind::text)}};
    records["exposure"] = {{"hazard", of(Kind::text)},
                           {"level", none_or(quantity("dB"))},
                           {"on", date},
                           {"at", of(Kind::instant)}};
    records["exam"] = {{"phase", phase()},
                       {"conclusion", none_or(exam_conclusion())},
                       {"hazards", list(of(Kind::text))},
                       {"on", date}};
    records["badge"] = {{"number", of(Kind::integer)}};
    records["facility"] = {{"maintained", of(Kind::truth)}, {"on", date}};
    records["table:exam-interval"] = {{"interval", none_or(of(Kind::period))},
                                      {"grade", of(Kind::text)}};
    tables["exam-interval"] = {of(Kind::text), words({"I", "II", "III"})};
    const Type worker = named(Kind::reference, "worker");
    functions["exam_interval"] = {{worker, named(Kind::record, "exposure")},
                                  none_or(of(Kind::period))};
    functions["examined_in"] = {{worker, phase()}, of(Kind::truth)};
}

std::optional<Type> TestScope::variable(std::string_view name) const {
    return find(variables, name);
}
std::optional<Type> TestScope::subject_field(std::string_view kind, std::string_view field) const {
    const auto fields = find(subjects, kind);
    return fields ? find(*fields, field) : std::nullopt;
}
std::optional<Type> TestScope::record_field(std::string_view record, std::string_view field) const {
    const auto fields = find(records, record);
    return fields ? find(*fields, field) : std::nullopt;
}
std::optional<std::vector<Type>> TestScope::table(std::string_view id) const {
    return find(tables, id);
}
std::optional<Signature> TestScope::function(std::string_view name) const {
    return find(functions, name);
}

std::vector<std::string> TestScope::names(Names sort, std::string_view owner) const {
    switch (sort) {
        case Names::variables:
            return keys(variables);
        case Names::subject_fields:
            return keys(subjects.find(owner)->second);
        case Names::record_fields:
            return keys(records.find(owner)->second);
        case Names::tables:
            return keys(tables);
        case Names::functions:
            return keys(functions);
    }
    return {};
}

TestEnvironment::TestEnvironment() {
    variables = {{"worker", Reference{"worker", "zhang"}},
                 {"asset", Reference{"asset", "EF-07"}},
                 {"on", today},
                 {"due", CivilDate{2025, 12, 5}},
                 {"opening", moment("2025-03-10T09:00+08:00")},
                 {"completions", 2},
                 {"do.attend", CivilDate{2025, 4, 1}},
                 {"conclusion", sealed("suspected")},
                 {"ready", true},
                 {"ratio", *parse_decimal("0.25")},
                 {"speed", Quantity{*parse_decimal("0.6"), "m/s"}},
                 {"reading", dB(88)},
                 {"title", "fan"},
                 {"other", 7},
                 {"numbers", List{3, 1, 2}}};
    subjects["worker/zhang"] =
        Record::of({{"id", "zhang"},
                    {"site", Reference{"site", "north"}},
                    {"exposures", List{exposure("noise", dB(88), {2024, 1, 15}),
                                       exposure("benzene", Value{}, {2024, 6, 30})}},
                    {"exams", List{exam("pre-post", sealed("normal"), {2024, 1, 10}),
                                   exam("in-post", sealed("contraindication"), {2025, 1, 20}),
                                   exam("in-post", sealed("normal", "gone"), {2025, 2, 20})}}});
    subjects["asset/EF-07"] = Record::of({{"id", "EF-07"}});
    rows = {Record::of({{"hazard", "noise"},
                        {"grade", "any"},
                        {"from", CivilDate{2014, 10, 1}},
                        {"interval", Period{12, PeriodUnit::months}}}),
            Record::of({{"hazard", "benzene"},
                        {"grade", "any"},
                        {"from", CivilDate{2025, 8, 1}},
                        {"interval", Period{6, PeriodUnit::months}}})};
    const Type worker = named(Kind::reference, "worker");
    define("exam_interval", {"w", "e"}, {worker, named(Kind::record, "exposure")},
           "table(\"exam-interval\", e.hazard, \"any\", on).interval");
    define("examined_in", {"w", "p"}, {worker, phase()}, "w.exams.any(e, e.phase == p)");
}

void TestEnvironment::define(const std::string& name, std::vector<std::string> parameters,
                             std::vector<Type> types, std::string_view body) {
    TestScope scope;
    for (std::size_t i = 0; i < parameters.size(); ++i) scope.variables[parameters[i]] = types[i];
    Expression expression = parsed(body);
    for (const TypeError& error : check(expression, scope, {}))
        if (error.severity == Severity::error)
            throw std::logic_error{sentence(to_string(error), body)};
    functions[name] = {std::move(parameters), std::move(types),
                       std::make_shared<const Expression>(std::move(expression))};
}

Value TestEnvironment::variable(std::string_view name) {
    return find(variables, name).value_or(Value{});
}

Value TestEnvironment::field_of(const Reference& subject, std::string_view name) {
    const auto found = subjects.find(subject.kind + "/" + subject.id);
    const Value* value = found == subjects.end() ? nullptr : found->second.find(name);
    return value == nullptr ? Value{} : *value;
}

Value TestEnvironment::table_row(std::string_view id, std::span<const Value> keys, CivilDate on) {
    if (id != "exam-interval" || keys.size() != 2) return {};
    for (const Record& row : rows)
        if (*row.find("hazard") == keys[0] && *row.find("from")->as<CivilDate>() <= on) return row;
    return {};
}

Value TestEnvironment::count(const Period& period, bool forward, const Value& base) {
    const int sign = forward ? 1 : -1;
    const auto* at = base.as<Instant>();
    if (at != nullptr && period.unit == PeriodUnit::hours) return *at + hours(sign * period.count);
    if (at != nullptr && period.unit == PeriodUnit::minutes)
        return *at + minutes(sign * period.count);
    const CivilDate day = at != nullptr ? *date_of(*at).as<CivilDate>() : *base.as<CivilDate>();
    switch (period.unit) {
        case PeriodUnit::weeks:
            return day.plus_days(sign * 7 * period.count);
        case PeriodUnit::months:
            return plus_months(day, sign * period.count);
        case PeriodUnit::years:
            return plus_months(day, sign * 12 * period.count);
        default:
            return day.plus_days(sign * period.count);
    }
}

Value TestEnvironment::date_of(Instant at) {
    const Instant local = at + hours(8);
    return *parse_civil_date(to_string(local).substr(0, 10));
}

const Function* TestEnvironment::function(std::string_view name) {
    const auto found = functions.find(name);
    return found == functions.end() ? nullptr : &found->second;
}

Value TestEnvironment::unseal(const Sealed& sealed) {
    if (sealed.key == "gone") return {};
    return std::string{sealed.ciphertext.begin(), sealed.ciphertext.end()};
}

Expression parsed(std::string_view text) {
    auto expression = parse(text, {.units = units});
    if (!expression) throw std::logic_error{sentence(to_string(expression.error()), text)};
    return std::move(*expression);
}

Expression checked(std::string_view text) {
    Expression expression = parsed(text);
    for (const TypeError& error : check(expression, TestScope{}, {}))
        if (error.severity == Severity::error)
            throw std::logic_error{sentence(to_string(error), text)};
    return expression;
}

Value value_of(std::string_view text) {
    TestEnvironment environment;
    return evaluate(checked(text), environment);
}

std::vector<TypeError> problems(std::string_view text, const std::optional<Type>& wanted) {
    Expression expression = parsed(text);
    return check(expression, TestScope{}, wanted);
}

}  // namespace dutylog::rule::test
