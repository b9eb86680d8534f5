#include "engine/definition/read_clock.hpp"

#include "engine/rule/parser.hpp"

namespace dutylog::definition {

namespace {

/// The period a sentence begins with, and what follows it.
struct Counted {
    Period period;
    std::string_view rest;  ///< without blanks before it
};

std::string_view after_blanks(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\n')) text.remove_prefix(1);
    return text;
}

std::optional<Counted> counted(std::string_view text) {
    const std::size_t number = text.find(' ');
    if (number == std::string_view::npos) return std::nullopt;
    // A unit has one word, or two: working days.
    std::size_t end = text.find(' ', number + 1);
    for (int words = 0; words < 2; ++words) {
        if (const auto period = parse_period(text.substr(0, end)))
            return Counted{*period, end == std::string_view::npos ? std::string_view{}
                                                                  : after_blanks(text.substr(end))};
        if (end == std::string_view::npos) break;
        end = text.find(' ', end + 1);
    }
    return std::nullopt;
}

Clock at_once(Reading& reading, const Node& node) {
    constexpr std::string_view comma = ", tolerance ";
    Clock clock{
        .kind = ClockKind::at_once, .due = {}, .from = {}, .tolerance = {}, .text = node.text};
    const std::string_view rest = std::string_view{node.text}.substr(7);
    if (rest.empty()) return clock;
    if (rest.starts_with(comma)) clock.tolerance = parse_period(after_blanks(rest.substr(12)));
    if (!clock.tolerance) {
        const Located at = node.located();
        reading.out.add("DL0403", reading.span(at.part(7, rest.size())), {{"name", node.text}});
    }
    return clock;
}

Clock window(Reading& reading, const Node& node, const std::string& path) {
    Clock clock{
        .kind = ClockKind::window, .due = {}, .from = {}, .tolerance = {}, .text = node.text};
    const std::string_view text = node.text;
    const Located at = node.located();
    const std::string_view tail = after_blanks(text.substr(5));
    const std::size_t begin = text.size() - tail.size();
    const auto part = rule::parse_part(tail, "until", {.units = reading.units});
    if (!part) {
        add_parse_error(reading, part.error(), at.part(begin, tail.size()));
        return clock;
    }
    if (part->rest >= tail.size()) {
        reading.out.add("DL0403", reading.span(node), {{"name", node.text}});
        return clock;
    }
    clock.from = read_expression(reading, tail.substr(0, part->rest), at.part(begin, part->rest),
                                 path + "/from");
    const std::size_t until = begin + part->rest + 5;
    clock.due =
        read_expression(reading, text.substr(until), at.part(until, text.size() - until), path);
    return clock;
}

}  // namespace

void read_rung_time(Reading& reading, const Node& node, const std::string& path, Rung& rung) {
    if (!want_scalar(reading, node, "@a-clock")) return;
    reading.mark(path + "/at", node);
    if (node.text == "due") return;
    const auto found = counted(node.text);
    if (found && (found->rest == "before due" || found->rest == "after due")) {
        rung.period = found->period;
        rung.before = found->rest == "before due";
        return;
    }
    reading.out.add("DL0404", reading.span(node), {{"name", node.text}});
}

Clock read_clock(Reading& reading, const Node& node, const std::string& path) {
    Clock clock;
    if (!want_scalar(reading, node, "@a-clock")) return clock;
    const std::string_view text = node.text;
    reading.mark(path, node);
    if (text == "at once" || text.starts_with("at once,") || text.starts_with("at once "))
        return at_once(reading, node);
    if (text.starts_with("from ")) return window(reading, node, path);
    clock.text = node.text;
    if (text.starts_with("before ")) {
        // The name of the fact is kept as the clock's text.
        const std::string_view fact = after_blanks(text.substr(7));
        const std::size_t begin = text.size() - fact.size();
        clock.kind = ClockKind::before;
        reading.places.set(path, node.located().part(begin, fact.size()));
        return clock;
    }
    clock.due = read_expression(reading, node, path);
    return clock;
}

void read_repeat(Reading& reading, const Node& node, Definition& definition) {
    if (!want_scalar(reading, node, "@a-repeat")) return;
    reading.mark("every", node);
    const std::string_view text = node.text;
    if (text == "calendar year") {
        definition.repeat = Repeat::calendar_year;
        definition.every = Period{1, PeriodUnit::years};
        return;
    }
    const auto found = counted(text);
    if (found) definition.every = found->period;
    if (found && found->rest == "after completion") {
        definition.repeat = Repeat::rolling;
    } else if (found && found->rest.starts_with("from ")) {
        definition.repeat = Repeat::anchored;
        const std::string_view anchor = after_blanks(found->rest.substr(5));
        const std::size_t begin = text.size() - anchor.size();
        definition.anchor = read_expression(
            reading, anchor, node.located().part(begin, anchor.size()), "every/from");
    } else {
        reading.out.add("DL0411", reading.span(node), {{"name", node.text}});
    }
}

std::optional<Period> read_open(Reading& reading, const Node& node) {
    if (!want_scalar(reading, node, "@a-clock")) return std::nullopt;
    reading.mark("open", node);
    const auto found = counted(node.text);
    if (found && found->rest == "before due") return found->period;
    reading.out.add("DL0410", reading.span(node), {{"name", node.text}});
    return std::nullopt;
}

}  // namespace dutylog::definition
