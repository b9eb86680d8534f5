#include "engine/rule/token_cursor.hpp"

#include "engine/rule/parser.hpp"

namespace dutylog::rule {

bool TokenCursor::take(std::string_view symbol) {
    if (!now_is(symbol)) return false;
    step();
    return true;
}

bool TokenCursor::take_name() {
    if (now().kind == TokenKind::name) return step(), true;
    fail(ParseCode::unexpected_token, Expected::name);
    return false;
}

void TokenCursor::expect(std::string_view symbol) {
    if (!take(symbol)) fail(ParseCode::unexpected_token, Expected::symbol, symbol);
}

void TokenCursor::count_part() {
    if (++parts_ > nodes_max) fail(ParseCode::too_large, Expected::nothing_special);
}

void TokenCursor::fail(ParseCode code, Expected expected, std::string_view symbol) {
    fail_at(now().span, {.code = code, .expected = expected, .symbol = std::string{symbol}});
}

void TokenCursor::fail_at(Span span, ParseError error) {
    if (error_) return;
    error.span = span;
    error.found = text_.substr(span.from, span.to - span.from);
    error_ = std::move(error);
    at_ = tokens_.size() - 1;
}

TokenCursor::Nesting::Nesting(TokenCursor& cursor) : cursor_{cursor} {
    if (++cursor_.depth_ > depth_max) cursor_.fail(ParseCode::too_deep, Expected::nothing_special);
}

}  // namespace dutylog::rule
