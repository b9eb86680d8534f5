#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>

#include "engine/definition/messages.hpp"
#include "engine/definition/render.hpp"

namespace dutylog::definition {

namespace {

/// A longer line is shown from somewhat before its problem.
constexpr std::size_t line_width_max = 160;
constexpr std::size_t width_before = 60;

struct Colours {
    std::string_view error, warning, frame, plain;
};
constexpr Colours no_colours{"", "", "", ""};
constexpr Colours ansi{"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[0m"};

struct WordsOfFrame {
    std::string_view error, warning, help, note;
};
constexpr WordsOfFrame words_en{"error", "warning", "help", "note"};
constexpr WordsOfFrame words_zh{"错误", "警告", "帮助", "说明"};

/// One character and its width; a control character is shown as a blank.
struct Shown {
    std::string text;
    std::size_t width = 1;
};

std::vector<Shown> shown(std::string_view text) {
    std::vector<Shown> out;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    for (std::size_t at = 0; at < text.size();) {
        utf8proc_int32_t point = 0;
        const auto used =
            utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &point);
        const std::size_t length = used > 0 ? static_cast<std::size_t>(used) : 1;
        const bool control = used <= 0 || point < 0x20 || point == 0x7F;
        const int width = control ? 1 : utf8proc_charwidth(point);
        out.push_back({control ? " " : std::string{text.substr(at, length)},
                       static_cast<std::size_t>(std::max(width, 0))});
        at += length;
    }
    return out;
}

std::size_t width_of(std::span<const Shown> letters) {
    std::size_t width = 0;
    for (const Shown& letter : letters) width += letter.width;
    return width;
}

/// A line and the part of it that is marked, cut to what fits.
struct Marked {
    std::string line;
    std::size_t indent = 0;  ///< columns before the mark
    std::size_t width = 1;   ///< columns of the mark
};

Marked marked(std::string_view line, std::size_t from, std::size_t to) {
    std::vector<Shown> letters = shown(line);
    from = std::min(from, letters.size());
    to = std::clamp(to, from, letters.size());
    Marked out;
    std::size_t begin = 0;
    if (width_of(letters) > line_width_max)
        while (width_of(std::span{letters}.subspan(begin, from - begin)) > width_before) ++begin;
    if (begin > 0) {
        out.line = "…";
        out.indent = 1;
    }
    std::size_t width = out.indent;
    std::size_t end = begin;
    while (end < letters.size() && width + letters[end].width <= line_width_max) {
        out.line += letters[end].text;
        width += letters[end++].width;
    }
    if (end < letters.size()) out.line += "…";
    out.indent += width_of(std::span{letters}.subspan(begin, from - begin));
    out.width = std::max<std::size_t>(
        1, width_of(std::span{letters}.subspan(from, std::min(to, std::max(end, from)) - from)));
    return out;
}

class TextRenderer {
public:
    TextRenderer(const SourceTexts& texts, const RenderOptions& options)
        : texts_{texts},
          language_{options.language},
          colours_{options.colour ? ansi : no_colours},
          words_{options.language == Language::en ? words_en : words_zh} {}

    std::string render(std::span<const Diagnostic> problems) {
        for (const Diagnostic& problem : problems) {
            if (!out_.empty()) out_ += '\n';
            render(problem);
        }
        return std::move(out_);
    }

private:
    void render(const Diagnostic& problem) {
        const bool error = problem.severity == Severity::error;
        const std::string_view colour = error ? colours_.error : colours_.warning;
        out_ += fmt::format("{}{}[{}]{}: {}\n", colour, error ? words_.error : words_.warning,
                            problem.code, colours_.plain, message_of(problem, language_));
        gutter_ = 1;
        measure(problem.where);
        for (const Related& related : problem.related) measure(related.where);
        place(problem.where, "-->", label_of(problem, language_), '^', colour);
        for (const Related& related : problem.related)
            if (related.note != Note::meant)
                place(related.where, ":::", note_text(related.note, language_), '-',
                      colours_.frame);
        for (const std::string& help : help_of(with_line(problem), language_))
            out_ += fmt::format("{} {}={} {}: {}\n", blanks(), colours_.frame, colours_.plain,
                                words_.help, help);
    }

    /// What the suggestion names is shown by its line.
    Diagnostic with_line(const Diagnostic& problem) const {
        Diagnostic out = problem;
        for (const Related& related : problem.related)
            if (const std::string* text = find(related.where.file);
                text != nullptr && related.note == Note::meant)
                out.with("suggestion_line",
                         std::to_string(LineMap{*text}.place(related.where.from).line));
        return out;
    }

    std::string blanks() const { return std::string(gutter_, ' '); }

    void measure(const SourceSpan& where) {
        if (const std::string* text = find(where.file))
            gutter_ =
                std::max(gutter_, std::to_string(LineMap{*text}.place(where.from).line).size());
    }

    const std::string* find(const std::string& file) const {
        const auto found = texts_.find(file);
        return found == texts_.end() ? nullptr : &found->second;
    }

    void place(const SourceSpan& where, std::string_view arrow, const std::string& label, char mark,
               std::string_view colour) {
        const std::string* text = find(where.file);
        if (text == nullptr || text->empty()) {
            out_ += fmt::format("{}{}{}{} {}\n", blanks(), colours_.frame, arrow, colours_.plain,
                                where.file);
            return;
        }
        const LineMap lines{*text};
        const Place from = lines.place(where.from);
        Place to = lines.place(std::max(where.to, where.from));
        const std::string_view line = lines.line(from.line);
        // What goes over several lines is marked up to the end of the first.
        if (to.line != from.line) to.column = 1'000'000;
        const Marked found = marked(line, from.column - 1, to.column - 1);
        out_ += fmt::format("{}{}{}{} {}:{}:{}\n", blanks(), colours_.frame, arrow, colours_.plain,
                            where.file, from.line, from.column);
        bar("");
        out_ += fmt::format("{}{:>{}} |{} {}\n", colours_.frame, from.line, gutter_, colours_.plain,
                            found.line);
        bar(fmt::format("{}{}{}{}{}{}", std::string(found.indent, ' '), colour,
                        std::string(found.width, mark), label.empty() ? "" : " ", label,
                        colours_.plain));
    }

    void bar(std::string_view content) {
        out_ += fmt::format("{}{} |{}{}{}\n", colours_.frame, blanks(), colours_.plain,
                            content.empty() ? "" : " ", content);
    }

    const SourceTexts& texts_;
    Language language_;
    Colours colours_;
    WordsOfFrame words_;
    std::size_t gutter_ = 1;
    std::string out_;
};

}  // namespace

std::size_t display_width(std::string_view text) { return width_of(shown(text)); }

std::string render_text(std::span<const Diagnostic> problems, const SourceTexts& texts,
                        const RenderOptions& options) {
    return TextRenderer{texts, options}.render(problems);
}

}  // namespace dutylog::definition
