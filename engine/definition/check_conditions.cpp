#include <algorithm>
#include <optional>
#include <set>

#include "engine/definition/checker.hpp"
#include "engine/rule/environment.hpp"
#include "engine/rule/reads.hpp"

namespace dutylog::definition {

namespace {

using rule::Kind;

/// More answers than these are not tried out.
constexpr std::size_t answers_max = 4096;

/// A variable that can be only so many things, and those.
struct Finite {
    std::string name;
    std::vector<Value> values;
};

/// Sees the tried answers and nothing else.
class Answers : public rule::Environment {
public:
    void set(const std::string& name, const Value& value) { values_[name] = value; }
    Value variable(std::string_view name) override {
        const auto found = values_.find(std::string{name});
        return found == values_.end() ? Value{} : found->second;
    }
    Value field_of(const Reference&, std::string_view) override { return {}; }
    Value table_row(std::string_view, std::span<const Value>, CivilDate) override { return {}; }
    Value count(const Period&, bool, const Value&) override { return {}; }
    Value date_of(Instant) override { return {}; }
    const rule::Function* function(std::string_view) override { return nullptr; }
    Value unseal(const Sealed&) override { return {}; }
    std::string words() const {
        std::string all;
        for (const auto& [name, value] : values_)
            all += (all.empty() ? "" : " and ") + name +
                   " == " + (value.is_none() ? "none" : to_string(value));
        return all;
    }

private:
    std::map<std::string, Value> values_;
};

bool holds(const rule::ExpressionPtr& expression, Answers& answers) {
    const Value value = rule::evaluate(*expression, answers);
    const bool* truth = value.as<bool>();
    return truth != nullptr && *truth;
}

class ConditionChecker {
public:
    ConditionChecker(const DefinitionDraft& draft, const Ground& ground)
        : draft_{draft}, library_{ground.library}, out_{ground.out} {}

    void check(const Step& step) {
        const std::string path = "steps/" + step.id + "/findings/";
        for (std::size_t i = 0; i < step.findings.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (const auto example = overlap(step, step.findings[j], step.findings[i])) {
                    out_.add("DL0242", draft_.places.span(path + step.findings[i].id + "/when"),
                             {{"name", step.findings[i].id},
                              {"other", step.findings[j].id},
                              {"example", *example}})
                        .beside(draft_.places.span(path + step.findings[j].id + "/when"),
                                Note::other_here);
                    break;
                }
    }

private:
    /// The form fields and fields of the completing fact that have few values.
    std::optional<Finite> finite(const Step& step, const std::string& name) const {
        const rule::Type* type = nullptr;
        for (const FormField& field : step.form)
            if (field.spec.id == name) type = &field.spec.type;
        const auto fact =
            step.done_by ? library_.facts.find(step.done_by->fact) : library_.facts.end();
        if (type == nullptr && fact != library_.facts.end())
            for (const FieldSpec& field : fact->second.fields)
                if (field.id == name) type = &field.type;
        if (type == nullptr) return std::nullopt;
        Finite finite{name, {}};
        if (type->kind == Kind::truth) finite.values = {Value{true}, Value{false}};
        if (type->kind == Kind::enumeration)
            for (const std::string& word : type->words) finite.values.emplace_back(word);
        return finite.values.empty() ? std::nullopt : std::optional{finite};
    }

    /// What the conditions ask; nothing where that is more than fields of few values.
    std::optional<std::vector<Finite>> questions(const Step& step, const FindingSpec& a,
                                                 const FindingSpec& b) const {
        if (a.when == nullptr || b.when == nullptr) return std::nullopt;
        rule::Reads reads = rule::reads(*a.when);
        reads.add(rule::reads(*b.when));
        if (!reads.subjects.empty() || !reads.records.empty() || !reads.tables.empty() ||
            !reads.functions.empty() || reads.variables.empty())
            return std::nullopt;
        std::vector<Finite> questions;
        std::size_t answers = 1;
        for (const std::string& name : reads.variables) {
            auto question = finite(step, name);
            if (!question) return std::nullopt;
            answers *= question->values.size();
            if (answers > answers_max) return std::nullopt;
            questions.push_back(std::move(*question));
        }
        return questions;
    }

    /// An answer for which both hold.
    std::optional<std::string> overlap(const Step& step, const FindingSpec& a,
                                       const FindingSpec& b) const {
        const auto asked = questions(step, a, b);
        if (!asked) return std::nullopt;
        std::vector<std::size_t> turn(asked->size(), 0);
        while (true) {
            Answers answers;
            for (std::size_t i = 0; i < asked->size(); ++i)
                answers.set((*asked)[i].name, (*asked)[i].values[turn[i]]);
            if (holds(a.when, answers) && holds(b.when, answers)) return answers.words();
            std::size_t at = 0;
            while (at < turn.size() && ++turn[at] == (*asked)[at].values.size()) turn[at++] = 0;
            if (at == turn.size()) return std::nullopt;
        }
    }

    const DefinitionDraft& draft_;
    const Library& library_;
    Diagnostics& out_;
};

}  // namespace

void check_conditions(const DefinitionDraft& draft, const Ground& ground) {
    ConditionChecker checker{draft, ground};
    for (const Step& step : draft.definition.steps) checker.check(step);
}

}  // namespace dutylog::definition
