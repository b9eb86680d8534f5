#pragma once

#include <boost/json.hpp>
#include <iosfwd>
#include <string>
#include <string_view>

#include "adapters/cli/failure.hpp"
#include "adapters/cli/phrase.hpp"
#include "engine/core/instant.hpp"

namespace dutylog::cli {

enum class Tone : unsigned char { plain, strong, faint, good, warn, bad, accent };

/// What the two streams of the program are, as found at the start.
struct Terminal {
    bool colour_out = false;  ///< standard output is a terminal, and colour is not unwanted
    bool colour_err = false;
    bool live_err = false;  ///< standard error is a terminal: progress may be shown on it
    std::size_t columns = 100;

    /// @see https://no-color.org
    static Terminal found();
};

/// Where a command says something: answers on standard output, all else on standard error.
class Console {
public:
    Console(std::ostream& out, std::ostream& err, Terminal terminal, Language language)
        : out_{out}, err_{err}, terminal_{terminal}, language_{language} {}

    Language language() const { return language_; }
    const std::string& say(const Phrase& words) const { return words.in(language_); }
    std::size_t columns() const { return terminal_.columns; }

    void print(std::string_view text);
    void flush();
    void line(std::string_view text = {});
    void line(const Phrase& words) { line(say(words)); }
    /// Wrapped to the terminal; lines after the first begin with so many blanks.
    void paragraph(std::string_view text, std::size_t indent);
    /// One line of JSON.
    void json(const boost::json::value& value);
    /// A text in a colour of standard output, where there are colours.
    std::string paint(Tone tone, std::string_view text) const;

    /// On standard error, with `dutylog:` in front.
    void complain(Tone tone, const Phrase& message, const Phrase& help = {});
    void complain_as_json(const Failure& failure);
    /// Shows how far long work has come, at most ten times a second, on a terminal only.
    void progress(const Phrase& work, std::size_t done, std::size_t total, Elapsed monotonic);
    void end_progress();

private:
    std::ostream& out_;
    std::ostream& err_;
    Terminal terminal_;
    Language language_;
    Elapsed last_progress_;
    bool progress_shown_ = false;
};

}  // namespace dutylog::cli
