#include "adapters/cli/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <ostream>

#include "adapters/cli/width.hpp"

namespace dutylog::cli {

namespace {

constexpr std::size_t columns_min = 40;
constexpr std::size_t columns_max = 120;  // longer lines are hard to read
constexpr Elapsed progress_gap{100'000};

std::string_view code_of(Tone tone) {
    switch (tone) {
        case Tone::plain:
            return "";
        case Tone::strong:
            return "\x1b[1m";
        case Tone::faint:
            return "\x1b[2m";
        case Tone::good:
            return "\x1b[32m";
        case Tone::warn:
            return "\x1b[33m";
        case Tone::bad:
            return "\x1b[1;31m";
        case Tone::accent:
            return "\x1b[36m";
    }
    return "";
}

std::string painted(bool colour, Tone tone, std::string_view text) {
    if (!colour || tone == Tone::plain || text.empty()) return std::string{text};
    return std::string{code_of(tone)}.append(text).append("\x1b[0m");
}

}  // namespace

Terminal Terminal::found() {
    const char* unwanted = std::getenv("NO_COLOR");
    const char* kind = std::getenv("TERM");
    const bool dumb = kind != nullptr && std::string_view{kind} == "dumb";
    const bool colour = (unwanted == nullptr || *unwanted == '\0') && !dumb;
    Terminal terminal;
    terminal.colour_out = colour && isatty(STDOUT_FILENO) == 1;
    terminal.live_err = !dumb && isatty(STDERR_FILENO) == 1;
    terminal.colour_err = colour && terminal.live_err;
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        terminal.columns = std::clamp<std::size_t>(size.ws_col, columns_min, columns_max);
    return terminal;
}

void Console::print(std::string_view text) { out_ << text; }

void Console::flush() { out_.flush(); }

void Console::line(std::string_view text) { out_ << text << '\n'; }

void Console::paragraph(std::string_view text, std::size_t indent) {
    const std::size_t room = std::max(columns_min / 2, terminal_.columns - indent);
    bool first = true;
    for (const std::string& part : wrapped(text, room)) {
        out_ << (first ? "" : std::string(indent, ' ')) << part << '\n';
        first = false;
    }
}

void Console::json(const boost::json::value& value) {
    out_ << boost::json::serialize(value) << '\n';
}

std::string Console::paint(Tone tone, std::string_view text) const {
    return painted(terminal_.colour_out, tone, text);
}

void Console::complain(Tone tone, const Phrase& message, const Phrase& help) {
    end_progress();
    out_.flush();
    err_ << painted(terminal_.colour_err, tone, "dutylog: " + say(message)) << '\n';
    if (!help.empty()) err_ << "  " << say(help) << '\n';
}

void Console::complain_as_json(const Failure& failure) {
    end_progress();
    out_.flush();
    boost::json::object error{{"exit", static_cast<int>(failure.exit())},
                              {"message", say(failure.message())}};
    if (!failure.help().empty()) error["help"] = say(failure.help());
    err_ << boost::json::serialize(boost::json::object{{"error", std::move(error)}}) << '\n';
}

void Console::progress(const Phrase& work, std::size_t done, std::size_t total, Elapsed monotonic) {
    const bool soon = monotonic.micros - last_progress_.micros < progress_gap.micros;
    if (!terminal_.live_err || (soon && done != total)) return;
    last_progress_ = monotonic;
    progress_shown_ = true;
    err_ << "\r\x1b[K" << say(work) << ' ' << done;
    if (total != 0) err_ << '/' << total;
    err_.flush();
}

void Console::end_progress() {
    if (!progress_shown_) return;
    err_ << "\r\x1b[K";
    err_.flush();
    progress_shown_ = false;
}

}  // namespace dutylog::cli
