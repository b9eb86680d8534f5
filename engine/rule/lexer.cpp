#include "engine/rule/lexer.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "engine/rule/look_alike.hpp"
#include "engine/rule/suggest.hpp"
#include "engine/rule/utf8.hpp"

namespace dutylog::rule {

namespace {

constexpr std::array<std::string_view, 6> operator_words{"and", "or",    "not",
                                                         "in",  "after", "before"};
constexpr std::array<std::string_view, 3> value_words{"true", "false", "none"};
/// Longer before shorter.
constexpr std::array<std::string_view, 18> symbols{"==", "!=", "<=", ">=", "<", ">", "+", "-", "*",
                                                   "/",  ".",  ",",  "(",  ")", "[", "]", "?", ":"};
constexpr std::array<std::string_view, 7> period_words{"minutes", "hours",  "days", "working days",
                                                       "weeks",   "months", "years"};
constexpr std::int64_t period_count_max = 10'000;

bool one_of(auto& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool in_word(char c) { return is_letter(c) || is_digit(c) || c == '_'; }

/// The name at the start of `text`, which may be empty: hyphens stand only inside it.
std::string_view name_at_start(std::string_view text) {
    if (text.empty() || !is_letter(text.front())) return {};
    std::size_t size = 1;
    while (size < text.size()) {
        const bool hyphen = text[size] == '-' && size + 1 < text.size() &&
                            (is_letter(text[size + 1]) || is_digit(text[size + 1]));
        if (!in_word(text[size]) && !hyphen) break;
        ++size;
    }
    return text.substr(0, size);
}

class Lexer {
public:
    Lexer(std::string_view text, std::span<const std::string> units) : text_{text}, units_{units} {}

    std::expected<std::vector<Token>, ParseError> run() {
        skip_blanks();
        while (at_ < text_.size() && !error_) {
            next();
            skip_blanks();
        }
        if (error_) return std::unexpected{std::move(*error_)};
        add(TokenKind::end, at_, {});
        return std::move(tokens_);
    }

private:
    void next() {
        const char c = text_[at_];
        if (is_letter(c)) return word();
        if (is_digit(c)) return number_or_date();
        if (c == '"') return quoted_text();
        for (const std::string_view symbol : symbols)
            if (rest().starts_with(symbol)) return take(TokenKind::symbol, symbol);
        strange_character();
    }

    void word() {
        const std::string_view word = name_at_start(rest());
        if (one_of(operator_words, word)) return take(TokenKind::symbol, word);
        if (!one_of(value_words, word)) return take(TokenKind::name, word);
        const std::size_t from = at_;
        at_ += word.size();
        add_literal(from, word == "none" ? Value{} : Value{word == "true"});
    }

    void number_or_date() {
        const std::string_view run = date_like();
        if (!run.empty()) return date(run);
        const std::size_t from = at_;
        skip_digits();
        const bool point = at_ + 1 < text_.size() && text_[at_] == '.' && is_digit(text_[at_ + 1]);
        if (point) {
            ++at_;
            skip_digits();
        }
        const auto number = parse_decimal(text_.substr(from, at_ - from));
        if (!number)
            return fail({.code = ParseCode::bad_number, .expected = Expected::smaller_number}, from,
                        at_);
        measured(*number, from, point);
    }

    /// Digits, a hyphen, digits, a hyphen, digits without blanks: meant as a date.
    std::string_view date_like() const {
        const std::string_view text = rest();
        std::size_t hyphens = 0;
        std::size_t size = 0;
        for (; size < text.size(); ++size) {
            if (is_digit(text[size])) continue;
            const bool hyphen =
                text[size] == '-' && size + 1 < text.size() && is_digit(text[size + 1]);
            if (!hyphen) break;
            ++hyphens;
        }
        return hyphens == 2 ? text.substr(0, size) : std::string_view{};
    }

    void date(std::string_view run) {
        const std::size_t from = at_;
        at_ += run.size();
        const auto day = parse_civil_date(run);
        if (!day || (at_ < text_.size() && in_word(text_[at_])))
            return fail({.code = ParseCode::bad_date, .found = std::string{run}}, from, at_);
        add_literal(from, *day);
    }

    /// What follows a number: a unit of time, a declared unit, or nothing.
    void measured(Decimal number, std::size_t from, bool point) {
        const std::size_t after_number = at_;
        skip_blanks();
        if (const auto unit = period_unit()) return period(number, *unit, from, point);
        if (const std::string_view unit = declared_unit(); !unit.empty()) {
            at_ += unit.size();
            return add_literal(from, Quantity{number, std::string{unit}});
        }
        const std::string_view meant = unit_like();
        if (!meant.empty()) return unknown_unit(meant);
        at_ = after_number;
        if (number.scale() == 0) return add_literal(from, number.mantissa());
        add_literal(from, number);
    }

    /// Reads `days`, `working day` … and moves past it; stays where it is for anything else.
    std::optional<PeriodUnit> period_unit() {
        const std::size_t before = at_;
        std::string word{name_at_start(rest())};
        at_ += word.size();
        if (word == "working") {
            skip_blanks();
            const std::string_view second = name_at_start(rest());
            at_ += second.size();
            word += " " + std::string{second};
        }
        const auto period = parse_period("1 " + word);
        if (!period) at_ = before;
        return period ? std::optional{period->unit} : std::nullopt;
    }

    void period(Decimal number, PeriodUnit unit, std::size_t from, bool point) {
        const bool whole = number.scale() == 0 && !point;
        if (whole && number.mantissa() <= period_count_max)
            return add_literal(from, Period{static_cast<std::int32_t>(number.mantissa()), unit});
        fail({.code = ParseCode::bad_number,
              .expected = whole ? Expected::smaller_number : Expected::whole_number},
             from, at_);
    }

    std::string_view declared_unit() const {
        std::string_view longest;
        for (const std::string& unit : units_) {
            if (!rest().starts_with(unit) || unit.size() <= longest.size() || reserved(unit))
                continue;
            const char behind = unit.size() < rest().size() ? rest()[unit.size()] : ' ';
            if (!in_word(unit.back()) || !in_word(behind)) longest = unit;
        }
        return longest;
    }

    /// What stands where a unit would, up to a blank or a mark of the grammar; no reserved word.
    std::string_view unit_like() const {
        const std::string_view text = rest();
        if (text.empty() || reserved(name_at_start(text))) return {};
        const bool starts_one = is_letter(text.front()) || text.front() == '%' ||
                                (static_cast<unsigned char>(text.front()) >= 0x80 &&
                                 !look_alike(character_at(text, 0).code));
        if (!starts_one) return {};
        const std::size_t after_working = text.starts_with("working ") ? 8 : 0;
        return text.substr(0, text.find_first_of(" \t\r\n()[],?:=<>!\"", after_working));
    }

    void unknown_unit(std::string_view meant) {
        std::vector<std::string> known{units_.begin(), units_.end()};
        known.insert(known.end(), period_words.begin(), period_words.end());
        const auto near = suggestions(meant, known);
        fail({.code = ParseCode::unknown_unit,
              .found = std::string{meant},
              .suggestion = near.empty() ? "" : near.front()},
             at_, at_ + meant.size());
    }

    void quoted_text() {
        const std::size_t from = at_++;
        std::string content;
        while (at_ < text_.size() && text_[at_] != '"') {
            if (!text_character(content)) return;
        }
        if (at_ == text_.size())
            return fail({.code = ParseCode::unclosed, .symbol = "\"", .found = "\""}, from,
                        from + 1);
        ++at_;
        add_literal(from, std::move(content));
    }

    /// @returns false where the character cannot stand in a text, which is then the error
    bool text_character(std::string& content) {
        const bool escape = text_[at_] == '\\' && at_ + 1 < text_.size();
        if (escape && (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\')) {
            content += text_[at_ + 1];
            at_ += 2;
            return true;
        }
        const Character next = character_at(text_, at_);
        if (next.size == 0 || next.code < 0x20 || next.code == 0x7F || next.code == '\\') {
            fail({.code = ParseCode::bad_text}, at_,
                 at_ + (escape ? 2 : std::max<std::size_t>(1, next.size)));
            return false;
        }
        content += text_.substr(at_, next.size);
        at_ += next.size;
        return true;
    }

    void strange_character() {
        const Character next = character_at(text_, at_);
        const std::size_t size = std::max<std::size_t>(1, next.size);
        fail({.code = ParseCode::bad_character, .suggestion = meant_by(next)}, at_, at_ + size);
    }

    /// What was meant by a character of another language, keyboard or input method.
    std::string meant_by(Character character) const {
        if (rest().starts_with("&&")) return "and";
        if (rest().starts_with("||")) return "or";
        if (character.code == '!') return "not";
        if (character.code == '=') return "==";
        if (character.code == '\'' || character.code == '`') return "\"";
        if (character.code < 0x80) return {};
        return look_alike(character.code).value_or("");
    }

    void skip_blanks() {
        while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    }
    void skip_digits() {
        while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    }
    std::string_view rest() const { return text_.substr(at_); }

    void add(TokenKind kind, std::size_t from, std::string_view text) {
        tokens_.push_back({kind, span(from, at_), std::string{text}, {}});
    }
    void take(TokenKind kind, std::string_view text) {
        const std::size_t from = at_;
        at_ += text.size();
        add(kind, from, text);
    }
    void add_literal(std::size_t from, Value value) {
        tokens_.push_back({TokenKind::literal, span(from, at_), {}, std::move(value)});
    }
    void fail(ParseError error, std::size_t from, std::size_t to) {
        error.span = span(from, to);
        if (error.found.empty()) error.found = text_.substr(from, to - from);
        error_ = std::move(error);
    }
    static Span span(std::size_t from, std::size_t to) {
        return {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)};
    }

    std::string_view text_;
    std::span<const std::string> units_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
    std::optional<ParseError> error_;
};

}  // namespace

bool reserved(std::string_view word) {
    return one_of(operator_words, word) || one_of(value_words, word);
}

bool is_name(std::string_view text) {
    return !text.empty() && name_at_start(text) == text && !reserved(text);
}

std::expected<std::vector<Token>, ParseError> tokens_of(std::string_view text,
                                                        std::span<const std::string> units) {
    return Lexer{text, units}.run();
}

}  // namespace dutylog::rule
