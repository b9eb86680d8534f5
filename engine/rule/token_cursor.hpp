#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/rule/lexer.hpp"
#include "engine/rule/parse_error.hpp"

namespace dutylog::rule {

/// Where a parser is in its text. The first error ends the text, so that everything returns at
/// once.
class TokenCursor {
public:
    TokenCursor(std::string_view text, std::vector<Token> tokens)
        : text_{text}, tokens_{std::move(tokens)} {}

    const Token& now() const { return tokens_[at_]; }
    bool now_is(std::string_view symbol) const {
        return now().kind == TokenKind::symbol && now().text == symbol;
    }
    void step() { ++at_; }
    void step_back() { --at_; }
    /// Steps over a symbol, if it stands here.
    bool take(std::string_view symbol);
    bool take_name();
    void expect(std::string_view symbol);
    /// Where the token read last ends. @param otherwise  where none was read yet
    std::uint32_t end_of_last(std::uint32_t otherwise) const {
        return at_ > 0 ? tokens_[at_ - 1].span.to : otherwise;
    }
    std::size_t size() const { return text_.size(); }

    /// Counts a part of the expression; too many fail.
    void count_part();

    void fail(ParseCode code, Expected expected, std::string_view symbol = {});
    void fail_at(Span span, ParseError error);
    bool failed() const { return error_.has_value(); }
    /// @pre failed()
    void suggest(std::string_view text) { error_->suggestion = text; }
    ParseError take_error() { return std::move(*error_); }

    /// Counts how deep the text is nested while it lives; too deep fails.
    class Nesting {
    public:
        explicit Nesting(TokenCursor& cursor);
        ~Nesting() { --cursor_.depth_; }
        Nesting(const Nesting&) = delete;
        Nesting& operator=(const Nesting&) = delete;

    private:
        TokenCursor& cursor_;
    };

private:
    std::string_view text_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    std::size_t parts_ = 0;
    std::size_t depth_ = 0;
    std::optional<ParseError> error_;
};

}  // namespace dutylog::rule
