#include "engine/rule/parse_error.hpp"

#include "engine/rule/parser.hpp"

namespace dutylog::rule {

namespace {

std::string quoted(std::string_view text) { return "`" + std::string{text} + "`"; }

std::string expected_words(const ParseError& error) {
    switch (error.expected) {
        case Expected::nothing_special:
            return "something else";
        case Expected::value:
            return "a value";
        case Expected::name:
            return "a name";
        case Expected::operation_or_end:
            return "an operation or the end";
        case Expected::symbol:
            return quoted(error.symbol);
        case Expected::no_arguments:
            return "no arguments";
        case Expected::name_and_value:
            return "a name and an expression, as in `(x, …)`";
        case Expected::whole_number:
            return "a whole number";
        case Expected::smaller_number:
            return "a number with fewer digits";
    }
    return {};
}

std::string found_words(const ParseError& error) {
    return error.found.empty() ? "the end" : quoted(error.found);
}

std::string sentence(const ParseError& error) {
    const std::string expected_but_found =
        "expected " + expected_words(error) + ", found " + found_words(error);
    switch (error.code) {
        case ParseCode::empty:
            return "an expression is missing";
        case ParseCode::unexpected_token:
            return expected_but_found;
        case ParseCode::unclosed:
            return quoted(error.found) + " is not closed with " + quoted(error.symbol);
        case ParseCode::bad_character:
            return quoted(error.found) + " has no meaning here";
        case ParseCode::bad_text:
            return quoted(error.found) +
                   " cannot stand in a text; only `\\\"` and `\\\\` are escapes";
        case ParseCode::bad_number:
            return expected_but_found;
        case ParseCode::bad_date:
            return quoted(error.found) + " is no day written YYYY-MM-DD";
        case ParseCode::unknown_unit:
            return "the library has no unit " + quoted(error.found);
        case ParseCode::unknown_method:
            return "there is no method " + quoted(error.found);
        case ParseCode::wrong_arguments:
            return quoted(error.found) + " takes " + expected_words(error);
        case ParseCode::chained_comparison:
            return "two comparisons stand in a row; join them with `and`";
        case ParseCode::too_long:
            return "an expression has at most " + std::to_string(text_size_max) + " bytes";
        case ParseCode::too_deep:
            return "an expression nests at most " + std::to_string(depth_max) + " deep";
        case ParseCode::too_large:
            return "an expression has at most " + std::to_string(nodes_max) + " parts";
    }
    return {};
}

}  // namespace

std::string to_string(const ParseError& error) {
    const std::string text = sentence(error);
    return error.suggestion.empty() ? text : text + "; write " + quoted(error.suggestion);
}

}  // namespace dutylog::rule
