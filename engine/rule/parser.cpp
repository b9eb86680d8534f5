#include "engine/rule/parser.hpp"

#include <array>
#include <optional>
#include <utility>

#include "engine/rule/method.hpp"
#include "engine/rule/suggest.hpp"
#include "engine/rule/token_cursor.hpp"

namespace dutylog::rule {

namespace {

struct Binary {
    std::string_view symbol;
    Op op;
};

constexpr std::array alternatives{Binary{"or", Op::either}};
constexpr std::array conjunctions{Binary{"and", Op::both}};
constexpr std::array comparisons{Binary{"==", Op::equal},  Binary{"!=", Op::unequal},
                                 Binary{"<", Op::less},    Binary{"<=", Op::less_equal},
                                 Binary{">", Op::greater}, Binary{">=", Op::greater_equal},
                                 Binary{"in", Op::member}};
constexpr std::array sums{Binary{"+", Op::add}, Binary{"-", Op::subtract}};
constexpr std::array products{Binary{"*", Op::multiply}, Binary{"/", Op::divide}};
constexpr std::array counts{Binary{"after", Op::after}, Binary{"before", Op::before}};

std::vector<std::string> method_names() {
    std::vector<std::string> names;
    for (const MethodName& method : methods) names.emplace_back(method.name);
    return names;
}

std::optional<Value> negated(const Value& value) {
    if (const auto* whole = value.as<std::int64_t>()) return Value{-*whole};
    if (const auto* number = value.as<Decimal>()) return Value{*subtract(Decimal{}, *number)};
    if (const auto* quantity = value.as<Quantity>())
        return Value{Quantity{*subtract(Decimal{}, quantity->amount), quantity->unit}};
    return std::nullopt;
}

/// One function for each rule of the grammar.
class Parser : TokenCursor {
public:
    using TokenCursor::TokenCursor;

    std::expected<Part, ParseError> part(std::string_view stop_word) {
        if (now().kind == TokenKind::end) fail(ParseCode::empty, Expected::value);
        Part part{expression(), size()};
        if (!stop_word.empty() && now().kind == TokenKind::name && now().text == stop_word)
            part.rest = now().span.from;
        else if (now().kind != TokenKind::end)
            fail(ParseCode::unexpected_token, Expected::operation_or_end);
        if (failed()) return std::unexpected{take_error()};
        return part;
    }

private:
    Expression expression() {
        const Nesting nesting{*this};
        const auto start = now().span.from;
        Expression condition = alternative();
        if (!take("?")) return condition;
        Expression chosen = node(Op::choose);
        chosen.children.push_back(std::move(condition));
        chosen.children.push_back(expression());
        expect(":");
        chosen.children.push_back(expression());
        return close(std::move(chosen), start);
    }

    Expression alternative() { return chain(alternatives, &Parser::conjunction); }
    Expression conjunction() { return chain(conjunctions, &Parser::negation); }

    Expression negation() {
        const auto start = now().span.from;
        if (!take("not")) return comparison();
        Expression negated = node(Op::negate);
        negated.children.push_back(comparison());
        return close(std::move(negated), start);
    }

    Expression comparison() {
        const auto start = now().span.from;
        Expression left = sum();
        const Binary* found = take_one(comparisons);
        if (found == nullptr) return left;
        left = joined(found->op, std::move(left), sum(), start);
        if (one_of(comparisons)) fail(ParseCode::chained_comparison, Expected::operation_or_end);
        return left;
    }

    Expression sum() { return chain(sums, &Parser::product); }
    Expression product() { return chain(products, &Parser::counted); }

    Expression counted() {
        const auto start = now().span.from;
        Expression left = postfix();
        const Binary* found = take_one(counts);
        if (found == nullptr) return left;
        const Nesting nesting{*this};
        return joined(found->op, std::move(left), counted(), start);
    }

    Expression postfix() {
        const auto start = now().span.from;
        Expression base = primary();
        while (take(".")) {
            const Token name = now();
            if (!take_name()) break;
            Expression outer =
                now_is("(") ? method(name, std::move(base)) : field(name, std::move(base));
            base = close(std::move(outer), start);
        }
        return base;
    }

    Expression field(const Token& name, Expression base) {
        Expression field = node(Op::field);
        field.name = name.text;
        field.children.push_back(std::move(base));
        return field;
    }

    Expression method(const Token& name, Expression base) {
        Expression call = node(Op::method);
        call.name = name.text;
        call.children.push_back(std::move(base));
        const MethodName* known = find_method(name.text);
        if (known == nullptr) {
            const auto near = suggestions(name.text, method_names());
            fail_at(name.span, {.code = ParseCode::unknown_method,
                                .suggestion = near.empty() ? "" : near.front()});
            return call;
        }
        std::vector<Expression> given = arguments("(", ")");
        if (!failed()) bind(call, *known, name, std::move(given));
        return call;
    }

    /// Makes the first argument the variable of the method, and the second its expression.
    void bind(Expression& call, const MethodName& known, const Token& name,
              std::vector<Expression> given) {
        if (given.empty() && known.arguments != Arguments::name_and_value) return;
        const bool fits =
            given.size() == 2 && given.front().op == Op::name && known.arguments != Arguments::none;
        if (!fits)
            return fail_at(name.span, {.code = ParseCode::wrong_arguments,
                                       .expected = known.arguments == Arguments::none
                                                       ? Expected::no_arguments
                                                       : Expected::name_and_value});
        call.variable = given.front().name;
        call.children.push_back(std::move(given.back()));
    }

    Expression primary() {
        const Token token = now();
        if (token.kind == TokenKind::literal) return literal(token.literal, token.span.from);
        if (token.kind == TokenKind::name) return name_or_call(token);
        if (now_is("(")) return parenthesised();
        if (now_is("[")) {
            Expression list = node(Op::list);
            list.children = arguments("[", "]");
            return close(std::move(list), token.span.from);
        }
        if (now_is("-")) return negative(token);
        fail(ParseCode::unexpected_token, Expected::value);
        if (token.text == "not") suggest("(not …)");
        return {};
    }

    Expression literal(Value value, std::uint32_t start) {
        step();
        Expression literal = node(Op::literal);
        literal.literal = std::move(value);
        return close(std::move(literal), start);
    }

    /// A minus sign that touches a number belongs to it.
    Expression negative(const Token& minus) {
        step();
        const bool touches = now().kind == TokenKind::literal && now().span.from == minus.span.to;
        if (auto value = touches ? negated(now().literal) : std::nullopt)
            return literal(std::move(*value), minus.span.from);
        step_back();
        fail(ParseCode::unexpected_token, Expected::value);
        return {};
    }

    Expression name_or_call(const Token& token) {
        step();
        const bool call = now_is("(");
        Expression expression = node(call ? Op::call : Op::name);
        expression.name = token.text;
        if (call) expression.children = arguments("(", ")");
        return close(std::move(expression), token.span.from);
    }

    Expression parenthesised() {
        const Token open = now();
        step();
        Expression inner = expression();
        close_bracket(open, ")");
        return inner;
    }

    std::vector<Expression> arguments(std::string_view opening, std::string_view closing) {
        const Token open = now();
        std::vector<Expression> given;
        take(opening);
        if (take(closing)) return given;
        do given.push_back(expression());
        while (take(","));
        close_bracket(open, closing);
        return given;
    }

    void close_bracket(const Token& open, std::string_view closing) {
        if (take(closing) || failed()) return;
        if (now().kind == TokenKind::end)
            return fail_at(open.span,
                           {.code = ParseCode::unclosed, .symbol = std::string{closing}});
        fail(ParseCode::unexpected_token, Expected::symbol, closing);
    }

    template <std::size_t N>
    Expression chain(const std::array<Binary, N>& operators, Expression (Parser::*operand)()) {
        const auto start = now().span.from;
        Expression left = (this->*operand)();
        while (const Binary* found = take_one(operators))
            left = joined(found->op, std::move(left), (this->*operand)(), start);
        return left;
    }

    Expression joined(Op op, Expression left, Expression right, std::uint32_t start) {
        Expression whole = node(op);
        whole.children.reserve(2);
        whole.children.push_back(std::move(left));
        whole.children.push_back(std::move(right));
        return close(std::move(whole), start);
    }

    Expression node(Op op) {
        count_part();
        Expression expression;
        expression.op = op;
        return expression;
    }

    /// Ends an expression behind the token read last.
    Expression close(Expression expression, std::uint32_t start) const {
        expression.span = {start, end_of_last(start)};
        return expression;
    }

    template <std::size_t N>
    const Binary* one_of(const std::array<Binary, N>& operators) const {
        for (const Binary& candidate : operators)
            if (now_is(candidate.symbol)) return &candidate;
        return nullptr;
    }
    template <std::size_t N>
    const Binary* take_one(const std::array<Binary, N>& operators) {
        const Binary* found = one_of(operators);
        if (found != nullptr) step();
        return found;
    }
};

}  // namespace

std::expected<Part, ParseError> parse_part(std::string_view text, std::string_view stop_word,
                                           const ParseOptions& options) {
    if (text.size() > text_size_max)
        return std::unexpected{ParseError{.code = ParseCode::too_long,
                                          .span = {static_cast<std::uint32_t>(text_size_max),
                                                   static_cast<std::uint32_t>(text.size())}}};
    auto tokens = tokens_of(text, options.units);
    if (!tokens) return std::unexpected{std::move(tokens.error())};
    return Parser{text, std::move(*tokens)}.part(stop_word);
}

std::expected<Expression, ParseError> parse(std::string_view text, const ParseOptions& options) {
    auto part = parse_part(text, {}, options);
    if (!part) return std::unexpected{std::move(part.error())};
    return std::move(part->expression);
}

}  // namespace dutylog::rule
