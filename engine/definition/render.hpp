#pragma once

#include <boost/json/value.hpp>
#include <map>
#include <span>
#include <string>

#include "engine/core/text.hpp"
#include "engine/definition/allow.hpp"
#include "engine/definition/diagnostic.hpp"

/// Diagnostics as people and tools read them. Positions are lines and characters from 1.
namespace dutylog::definition {

/// The texts the diagnostics are about, by path.
using SourceTexts = std::map<std::string, std::string, std::less<>>;

struct RenderOptions {
    Language language = Language::en;
    bool colour = false;  ///< ANSI; only for a terminal that asked for it
};

/// The line with a caret under the place, aligned by display width (East Asian wide counts two),
/// and the sentences that help.
std::string render_text(std::span<const Diagnostic> problems, const SourceTexts& texts,
                        const RenderOptions& options);

/// One object per problem: file, line, column, end_line, end_column, code, name, severity, message,
/// help, related, arguments.
boost::json::value render_json(std::span<const Diagnostic> problems, const SourceTexts& texts,
                               Language language);

/// A SARIF 2.1.0 log; what was allowed is in it too, as suppressed with its justification.
/// @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
boost::json::value render_sarif(std::span<const Diagnostic> problems,
                                std::span<const Allowed> allowed, const SourceTexts& texts,
                                Language language);

/// Workflow commands of GitHub Actions, one a line: `::error file=…,line=…::…`.
std::string render_github(std::span<const Diagnostic> problems, const SourceTexts& texts,
                          Language language);

/// How many columns a terminal needs for a text: 0 for combining signs, 2 for East Asian wide.
std::size_t display_width(std::string_view text);

}  // namespace dutylog::definition
