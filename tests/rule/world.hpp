#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/rule/checker.hpp"
#include "engine/rule/environment.hpp"
#include "engine/rule/parser.hpp"

/// A small library and a few facts for the tests of the expression language: worker zhang with two
/// exposures and three examinations, fan EF-07 without a service, one table, two functions.
namespace dutylog::rule::test {

Type of(Kind kind);
Type none_or(Type type);
Type named(Kind kind, std::string name);
Type quantity(std::string unit);
Type list(Type element);
Type words(std::vector<std::string> words);

inline const std::vector<std::string> units{"mg/m3", "dB", "kPa", "m/s", "%", "m"};
inline const CivilDate today{2025, 3, 10};

Value dB(std::int64_t amount);
Value moment(std::string_view rfc3339);

/// What the names mean.
class TestScope : public Scope {
public:
    TestScope();
    std::optional<Type> variable(std::string_view name) const override;
    std::optional<Type> subject_field(std::string_view kind, std::string_view field) const override;
    std::optional<Type> record_field(std::string_view record,
                                     std::string_view field) const override;
    std::optional<std::vector<Type>> table(std::string_view id) const override;
    std::optional<Signature> function(std::string_view name) const override;
    std::vector<std::string> names(Names sort, std::string_view owner) const override;

    using Types = std::map<std::string, Type, std::less<>>;
    Types variables;
    std::map<std::string, Types, std::less<>> subjects;
    std::map<std::string, Types, std::less<>> records;
    std::map<std::string, std::vector<Type>, std::less<>> tables;
    std::map<std::string, Signature, std::less<>> functions;
};

/// What the names are. Days are counted without a calendar: a working day is a day; the place lies
/// 8 hours east.
class TestEnvironment : public Environment {
public:
    TestEnvironment();
    Value variable(std::string_view name) override;
    Value field_of(const Reference& subject, std::string_view name) override;
    Value table_row(std::string_view id, std::span<const Value> keys, CivilDate on) override;
    Value count(const Period& period, bool forward, const Value& base) override;
    Value date_of(Instant at) override;
    const Function* function(std::string_view name) override;
    Value unseal(const Sealed& sealed) override;

    void define(const std::string& name, std::vector<std::string> parameters,
                std::vector<Type> types, std::string_view body);

    std::map<std::string, Value, std::less<>> variables;
    std::map<std::string, Record, std::less<>> subjects;
    std::map<std::string, Function, std::less<>> functions;
    std::vector<Record> rows;  ///< hazard, grade, from, interval
};

/// @pre the text can be read
Expression parsed(std::string_view text);
/// Parsed and checked. @pre there is no error
Expression checked(std::string_view text);
/// What the text gives in a new `TestEnvironment`. @pre there is no error
Value value_of(std::string_view text);
std::vector<TypeError> problems(std::string_view text, const std::optional<Type>& wanted = {});

}  // namespace dutylog::rule::test
