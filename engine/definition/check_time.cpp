#include <algorithm>
#include <optional>

#include "engine/definition/checker.hpp"
#include "engine/definition/period_order.hpp"
#include "engine/rule/print.hpp"
#include "engine/rule/reads.hpp"

namespace dutylog::definition {

namespace {

/// `15 days after X` as its parts; a bare X is 0 days after itself.
struct Count {
    Period period;
    bool after = true;
    const rule::Expression* base = nullptr;
};

std::optional<Count> count_of(const rule::ExpressionPtr& expression) {
    if (expression == nullptr) return std::nullopt;
    const rule::Expression& root = *expression;
    if (root.op != rule::Op::after && root.op != rule::Op::before) return Count{{}, true, &root};
    const Period* period = root.children[0].literal.as<Period>();
    if (period == nullptr) return std::nullopt;
    return Count{*period, root.op == rule::Op::after, &root.children[1]};
}

const Value& cell(const Record& row, std::string_view column) {
    static const Value none;
    const Value* found = row.find(column);
    return found == nullptr ? none : *found;
}

class TimeChecker {
public:
    TimeChecker(const DefinitionDraft& draft, const Ground& ground)
        : draft_{draft}, definition_{draft.definition}, ground_{ground}, out_{ground.out} {}

    void check() {
        if (definition_.valid_to && *definition_.valid_to <= definition_.valid_from)
            out_.add("DL0406", span("effective/to"),
                     {{"from", to_string(definition_.valid_from)},
                      {"to", to_string(*definition_.valid_to)}});
        check_window("due", definition_.due);
        for (std::size_t i = 0; i < definition_.steps.size(); ++i) {
            const Step& step = definition_.steps[i];
            check_window("steps/" + step.id + "/due", step.due);
            check_order(step, i);
        }
        check_roll();
        check_opening();
        check_limits();
    }

private:
    SourceSpan span(const std::string& path) const { return draft_.places.span(path); }

    /// Both ends counted from the same day, and the first later than the last.
    void check_window(const std::string& path, const Clock& clock) {
        if (clock.kind != ClockKind::window) return;
        const auto from = count_of(clock.from);
        const auto until = count_of(clock.due);
        if (!from || !until || !rule::same(*from->base, *until->base)) return;
        const bool one_side =
            from->after == until->after || from->period.count == 0 || until->period.count == 0;
        const bool from_after = from->after && from->period.count > 0;
        const bool until_before = !until->after && until->period.count > 0;
        const bool reversed = one_side
                                  ? (from_after && surely_longer(from->period, until->period)) ||
                                        (until_before && surely_longer(until->period, from->period))
                                  : from_after && until_before;
        if (reversed) out_.add("DL0418", span(path + "/from"));
    }

    /// The date of a step is known when it is done.
    void check_order(const Step& step, std::size_t place) {
        const std::string path = "steps/" + step.id + "/due";
        for (const rule::ExpressionPtr& expression : {step.due.due, step.due.from}) {
            if (expression == nullptr) continue;
            const rule::Reads reads = rule::reads(*expression);
            for (std::size_t i = place; i < definition_.steps.size(); ++i)
                if (reads.variables.contains(definition_.steps[i].id))
                    out_.add("DL0419", span(path),
                             {{"name", step.id}, {"other", definition_.steps[i].id}});
        }
    }

    void check_roll() {
        if (!draft_.places.has("roll") || definition_.roll == calendar::Roll::none) return;
        const Clock& clock = definition_.due;
        std::string_view kind;
        if (clock.kind == ClockKind::window)
            kind = "@windows";
        else if (clock.kind != ClockKind::date)
            kind = "@moments";
        else if (const auto count = count_of(clock.due); count && count->period.count > 0) {
            if (count->period.unit == PeriodUnit::working_days) kind = "@working-days";
            if (count->period.unit == PeriodUnit::hours ||
                count->period.unit == PeriodUnit::minutes)
                kind = "@hours";
        }
        if (!kind.empty()) out_.add("DL0414", span("roll"), {{"name", std::string{kind}}});
    }

    void check_opening() {
        if (!definition_.open_before) return;
        const Period open = *definition_.open_before;
        if (definition_.every && surely_not_shorter(open, *definition_.every))
            out_.add("DL0412", span("open"),
                     {{"open", to_string(open)}, {"every", to_string(*definition_.every)}});
        const auto ladder = ground_.library.ladders.find(definition_.ladder);
        if (ladder == ground_.library.ladders.end() || ladder->second.rungs.empty()) return;
        const Rung& first = ladder->second.rungs.front();
        if (first.before && surely_longer(first.period, open))
            out_.add("DL0415", span("open"),
                     {{"rung", to_string(first.period)}, {"open", to_string(open)}});
    }

    /// The longest period among the rows of the obligations this definition names.
    struct Limit {
        Period period;
        std::string obligation;
    };
    std::optional<Limit> limit(std::string_view column, std::string_view clock) const {
        const auto table = ground_.tables.find("obligations");
        if (table == ground_.tables.end()) return std::nullopt;
        std::optional<Limit> longest;
        for (const Basis& basis : definition_.basis)
            for (const Record& row : table->second.rows) {
                if (cell(row, "id") != Value{basis.obligation}) continue;
                const Value& kind = cell(row, "clock");
                if (!kind.is_none() && kind != Value{clock}) continue;
                const Period* period = cell(row, column).as<Period>();
                if (period == nullptr) return std::nullopt;
                if (!longest || surely_longer(*period, longest->period))
                    longest = Limit{*period, basis.obligation};
            }
        return longest;
    }

    void check_limits() {
        if (definition_.every) check_limit("every", *definition_.every, "interval");
        const auto due = count_of(definition_.due.due);
        if (due && due->after && due->period.count > 0 && definition_.due.kind == ClockKind::date)
            check_limit("due", due->period, definition_.upon ? "deadline" : "interval");
    }

    void check_limit(const std::string& path, Period found, std::string_view clock) {
        for (const auto& [code, column] :
             {std::pair{"DL0413", "legal_max"}, std::pair{"DL0420", "period"}}) {
            const auto most = limit(column, clock);
            if (!most || !surely_longer(found, most->period)) continue;
            out_.add(code, span(path),
                     {{"found", to_string(found)},
                      {"limit", to_string(most->period)},
                      {"name", most->obligation}})
                .beside(span("basis/0/obligation"), Note::limit_here);
            return;
        }
    }

    const DefinitionDraft& draft_;
    const Definition& definition_;
    const Ground& ground_;
    Diagnostics& out_;
};

}  // namespace

void check_time(const DefinitionDraft& draft, const Ground& ground) {
    TimeChecker{draft, ground}.check();
}

}  // namespace dutylog::definition
