#include "engine/definition/check_expression.hpp"

#include "engine/rule/checker.hpp"

namespace dutylog::definition {

namespace {

using rule::TypeCode;

std::string_view code_of(TypeCode code) {
    switch (code) {
        case TypeCode::unknown_name:
            return "DL0220";
        case TypeCode::unknown_field:
            return "DL0221";
        case TypeCode::unknown_table:
            return "DL0512";
        case TypeCode::unknown_function:
            return "DL0222";
        case TypeCode::unknown_word:
            return "DL0223";
        case TypeCode::unquoted_text:
            return "DL0224";
        case TypeCode::wrong_type:
            return "DL0225";
        case TypeCode::maybe_none:
            return "DL0225";
        case TypeCode::unit_mismatch:
            return "DL0227";
        case TypeCode::wrong_arguments:
            return "DL0213";
        case TypeCode::no_fields:
            return "DL0228";
        case TypeCode::not_a_list:
            return "DL0229";
        case TypeCode::not_comparable:
            return "DL0230";
        case TypeCode::no_order:
            return "DL0231";
        case TypeCode::no_arithmetic:
            return "DL0232";
        case TypeCode::date_and_instant:
            return "DL0233";
        case TypeCode::period_plus_date:
            return "DL0234";
        case TypeCode::date_minus_date:
            return "DL0235";
        case TypeCode::hours_of_date:
            return "DL0236";
        case TypeCode::no_common_type:
            return "DL0237";
        case TypeCode::always_true:
            return "DL0238";
        case TypeCode::always_false:
            return "DL0239";
        case TypeCode::never_none:
            return "DL0240";
        case TypeCode::ambiguous_word:
            return "DL0241";
    }
    return "DL0225";
}

void add_type_error(const rule::TypeError& error, SourceSpan where, Diagnostics& out) {
    Diagnostic& problem = out.add(code_of(error.code), std::move(where));
    problem.severity =
        error.severity == rule::Severity::error ? Severity::error : Severity::warning;
    const bool units = error.code == TypeCode::unit_mismatch;
    problem.with("name", error.name);
    rule::Type expected = error.expected;
    expected.optional = false;
    problem.with("wanted", units ? expected.unit : to_string(expected));
    problem.with("found", units ? error.found.unit : to_string(error.found));
    problem.with("count", std::to_string(error.count));
    if (!error.suggestions.empty()) problem.with("suggestion", error.suggestions.front());
}

}  // namespace

bool check_expression(rule::ExpressionPtr& expression, const std::string& path,
                      const rule::Scope& scope, const std::optional<rule::Type>& wanted,
                      const Places& places, Diagnostics& out) {
    if (expression == nullptr) return true;
    auto typed = std::make_shared<rule::Expression>(*expression);
    bool good = true;
    for (const rule::TypeError& error : rule::check(*typed, scope, wanted)) {
        add_type_error(error, places.span(path, error.span), out);
        good = good && error.severity != rule::Severity::error;
    }
    expression = std::move(typed);
    return good;
}

}  // namespace dutylog::definition
