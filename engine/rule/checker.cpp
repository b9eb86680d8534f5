#include "engine/rule/checker.hpp"

#include <algorithm>
#include <tuple>

#include "engine/rule/check_pass.hpp"
#include "engine/rule/impossible.hpp"
#include "engine/rule/lexer.hpp"
#include "engine/rule/suggest.hpp"

namespace dutylog::rule {

namespace {

bool has_word(const Type& enumeration, std::string_view word) {
    return std::ranges::find(enumeration.words, word) != enumeration.words.end();
}

Type type_of(const Value& value) {
    if (value.is_none()) return plain(Kind::none);
    if (value.as<bool>() != nullptr) return plain(Kind::truth);
    if (value.as<std::int64_t>() != nullptr) return plain(Kind::integer);
    if (value.as<Decimal>() != nullptr) return plain(Kind::decimal);
    if (value.as<std::string>() != nullptr) return plain(Kind::text);
    if (value.as<CivilDate>() != nullptr) return plain(Kind::date);
    if (value.as<Period>() != nullptr) return plain(Kind::period);
    if (const auto* quantity = value.as<Quantity>()) {
        Type type = plain(Kind::quantity);
        type.unit = quantity->unit;
        return type;
    }
    return plain(Kind::any);
}

/// `a-b` where `a` and `b` are known: a subtraction without its blanks.
std::optional<std::string> with_blanks(std::string_view name,
                                       const std::vector<std::string>& known) {
    const auto knows = [&](std::string_view part) {
        return std::ranges::find(known, part) != known.end();
    };
    for (std::size_t at = name.find('-'); at != name.npos; at = name.find('-', at + 1)) {
        const std::string left{name.substr(0, at)};
        const std::string right{name.substr(at + 1)};
        const bool number = right.find_first_not_of("0123456789") == right.npos;
        if (knows(left) && (number || knows(right))) return left + " - " + right;
    }
    return std::nullopt;
}

}  // namespace

const Type& CheckPass::visit(Expression& expression, const Type* wanted) {
    switch (expression.op) {
        case Op::literal:
            expression.type = literal(expression, wanted);
            break;
        case Op::name:
            expression.type = name(expression, wanted);
            break;
        case Op::field:
            expression.type = field(expression);
            break;
        case Op::call:
            expression.type = call(expression);
            break;
        case Op::method:
            expression.type = method(expression);
            break;
        case Op::list:
            expression.type = list(expression, wanted);
            break;
        default:
            expression.type = operation(expression, wanted);
            break;
    }
    return expression.type;
}

void CheckPass::visit_truth(Expression& expression) {
    visit(expression);
    require(expression, plain(Kind::truth, true));
    const bool* constant = expression.op == Op::literal ? expression.literal.as<bool>() : nullptr;
    if (constant != nullptr)
        warn(*constant ? TypeCode::always_true : TypeCode::always_false, expression.span);
}

void CheckPass::require(const Expression& expression, const Type& wanted) {
    const Type& found = expression.type;
    if (fits(found, wanted)) return;
    if (wanted.kind == Kind::enumeration && expression.op == Op::literal &&
        found.kind == Kind::enumeration)
        return;  // told where the word was read
    Type certain = found;
    certain.optional = false;
    const bool dates = (found.kind == Kind::date && wanted.kind == Kind::instant) ||
                       (found.kind == Kind::instant && wanted.kind == Kind::date);
    TypeCode code = TypeCode::wrong_type;
    if (dates)
        code = TypeCode::date_and_instant;
    else if (found.kind == Kind::none || fits(certain, wanted))
        code = TypeCode::maybe_none;
    else if (found.kind == Kind::quantity && wanted.kind == Kind::quantity)
        code = TypeCode::unit_mismatch;
    TypeError& error = report(code, expression.span);
    error.expected = wanted;
    error.found = found;
}

Type CheckPass::literal(Expression& literal, const Type* wanted) {
    const auto* text = literal.literal.as<std::string>();
    if (text != nullptr && wanted != nullptr && wanted->kind == Kind::enumeration)
        return word(literal, *text, *wanted);
    return type_of(literal.literal);
}

/// @returns the enumeration, also for a word it does not have, which is then told
Type CheckPass::word(Expression& expression, const std::string& text, const Type& wanted) {
    if (!has_word(wanted, text)) {
        TypeError& error = report(TypeCode::unknown_word, expression.span);
        error.name = text;
        error.expected = wanted;
        suggest(error, text, wanted.words);
    }
    Type type = wanted;
    type.optional = false;
    return type;
}

Type CheckPass::name(Expression& name, const Type* wanted) {
    const auto found = variable(name.name);
    const bool enumeration = wanted != nullptr && wanted->kind == Kind::enumeration;
    if (!enumeration || (found && !has_word(*wanted, name.name)))
        return found ? *found : unknown_name(name, wanted);
    if (found) warn(TypeCode::ambiguous_word, name.span).name = name.name;
    const std::string text = name.name;
    name.op = Op::literal;
    name.literal = text;
    name.name.clear();
    return word(name, text, *wanted);
}

Type CheckPass::unknown_name(const Expression& name, const Type* wanted) {
    const bool text = wanted != nullptr && wanted->kind == Kind::text;
    TypeError& error = report(text ? TypeCode::unquoted_text : TypeCode::unknown_name, name.span);
    error.name = name.name;
    if (text) {
        error.suggestions.push_back("\"" + name.name + "\"");
        return *wanted;
    }
    const auto known = variables();
    if (auto difference = with_blanks(name.name, known))
        error.suggestions.push_back(std::move(*difference));
    else
        suggest(error, name.name, known);
    return plain(Kind::any, true);
}

Type CheckPass::field(Expression& field) {
    Expression& base = field.children[0];
    if (base.op == Op::name) {
        const std::string dotted = base.name + "." + field.name;
        const bool local = std::ranges::find(locals_, base.name, &Local::name) != locals_.end();
        if (auto step = local ? std::nullopt : scope_.variable(dotted)) {
            field.op = Op::name;
            field.name = dotted;
            field.children.clear();
            return std::move(*step);
        }
    }
    return field_of(field, visit(base));
}

Type CheckPass::field_of(const Expression& field, const Type& base) {
    if (is_open(base)) return plain(Kind::any, true);
    const bool subject = base.kind == Kind::reference;
    if (!subject && base.kind != Kind::record) {
        TypeError& error = report(TypeCode::no_fields, name_at_end(field));
        error.name = field.name;
        error.found = base;
        return plain(Kind::any, true);
    }
    if (base.name.empty()) return plain(Kind::any, true);
    auto type = subject ? scope_.subject_field(base.name, field.name)
                        : scope_.record_field(base.name, field.name);
    if (!type) {
        TypeError& error = report(TypeCode::unknown_field, name_at_end(field));
        error.name = field.name;
        error.found = base;
        suggest(error, field.name,
                scope_.names(subject ? Scope::Names::subject_fields : Scope::Names::record_fields,
                             base.name));
        return plain(Kind::any, true);
    }
    type->optional = type->optional || base.optional;
    return std::move(*type);
}

Type CheckPass::list(Expression& list, const Type* wanted) {
    const Type* element =
        wanted != nullptr && wanted->kind == Kind::list ? wanted->element.get() : nullptr;
    Type type = plain(Kind::list);
    std::optional<Type> shared;
    for (Expression& child : list.children) {
        visit(child, element);
        shared = shared ? common(child, *shared, child.type) : child.type;
    }
    if (shared) type.element = std::make_shared<const Type>(std::move(*shared));
    return type;
}

std::optional<Type> CheckPass::variable(std::string_view name) const {
    for (auto local = locals_.rbegin(); local != locals_.rend(); ++local)
        if (local->name == name) return local->type;
    return scope_.variable(name);
}

std::vector<std::string> CheckPass::variables() const {
    auto known = scope_.names(Scope::Names::variables, {});
    for (const Local& local : locals_) known.push_back(local.name);
    return known;
}

TypeError& CheckPass::report(TypeCode code, Span span) {
    TypeError error;
    error.code = code;
    error.span = span;
    return errors.emplace_back(std::move(error));
}

TypeError& CheckPass::warn(TypeCode code, Span span) {
    TypeError& error = report(code, span);
    error.severity = Severity::warning;
    return error;
}

void CheckPass::suggest(TypeError& error, std::string_view word,
                        const std::vector<std::string>& known) {
    error.suggestions = suggestions(word, known);
}

std::vector<TypeError> check(Expression& expression, const Scope& scope,
                             const std::optional<Type>& wanted) {
    CheckPass pass{scope};
    const bool truth = wanted && wanted->kind == Kind::truth;
    if (truth) {
        pass.visit_truth(expression);
    } else {
        pass.visit(expression, wanted ? &*wanted : nullptr);
        if (wanted) pass.require(expression, *wanted);
    }
    find_impossible(expression, pass.errors);
    std::ranges::sort(pass.errors, {}, [](const TypeError& error) {
        return std::tuple{error.span.from, error.span.to, error.code};
    });
    return std::move(pass.errors);
}

}  // namespace dutylog::rule
