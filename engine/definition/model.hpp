#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/calendar/due.hpp"
#include "engine/core/civil_date.hpp"
#include "engine/definition/library.hpp"
#include "engine/rule/expression.hpp"

/// The checked model of a definition: what the machine runs. Everything named here exists and fits.
namespace dutylog::definition {

enum class Level : std::uint8_t { duty, system, programme };
enum class Phase : std::uint8_t { plan, do_, check, act };

struct Basis {
    std::string obligation;  ///< OB-…
    std::string rule;        ///< as cited: 职业病防治法 第35条
    std::string force;       ///< law, norm, practice
};

enum class ClockKind : std::uint8_t {
    date,     ///< an expression that gives a date or an instant
    at_once,  ///< the moment of knowledge, with a tolerance
    before,   ///< must be complete before the moment of the fact that opened the cycle
    window,   ///< from … until …
};

/// When something must be done.
struct Clock {
    ClockKind kind = ClockKind::date;
    rule::ExpressionPtr due;   ///< date; of a window its last day; null for at_once and before
    rule::ExpressionPtr from;  ///< first day of a window
    std::optional<Period> tolerance;  ///< at_once: default is the end of the day
    std::string text;                 ///< as written, for messages
};

/// A fact that does something: completes a step, opens a cycle, contradicts a duty.
/// In `where` the record is in scope under the fact type's id; in a step's match the record that
/// opened the cycle is in scope under its own id too (under `opened_by` where both have one type).
struct FactMatch {
    std::string fact;
    rule::ExpressionPtr where;  ///< null: every one
};

struct FormField {
    FieldSpec spec;
    rule::ExpressionPtr must;    ///< refused where false
    rule::ExpressionPtr should;  ///< warned where false
    Text say;
};

struct Outcome {
    std::string id;
    std::string go;                  ///< step to go to, `plan.call`; empty: on
    int at_most = 0;                 ///< 0: no bound given
    std::string then;                ///< where to go past the bound
    std::vector<std::string> needs;  ///< form fields demanded
};

struct FindingSpec {
    std::string id;
    rule::ExpressionPtr when;
    std::string severity;  ///< low, medium, high, critical
    std::string basis;     ///< OB-…; may be empty
    Text title;
};

/// Refuses an act while its condition holds. A list condition is closed while it is not empty, and
/// its members are named in the refusal. In its expressions the act's record is in scope as `act`.
struct Gate {
    std::string id;
    std::string act;  ///< fact type with `act`
    rule::ExpressionPtr closed_while;
    rule::ExpressionPtr flag_when;  ///< lets pass, but tells; may be null
    std::vector<std::string> tell;  ///< roles told of a refusal or a flag
    Text say;
    Text flag_say;
    std::string basis;
};

struct Step {
    std::string id;  ///< `do.service`
    Phase phase = Phase::plan;
    Text title;
    std::string owner;  ///< role id or a person's subject kind (`worker`)
    Clock due;
    std::vector<std::string> after;        ///< steps that come first; empty: opens with its phase
    std::optional<FactMatch> done_by;      ///< a fact of the subject that completes it
    std::optional<FactMatch> breached_by;  ///< a recorded fact that contradicts an at-once step
    std::vector<FormField> form;
    std::vector<Outcome> outcomes;
    std::vector<FindingSpec> findings;
    std::vector<std::string> upon_findings;  ///< opens only on one of these …
    std::vector<std::string> upon_outcomes;  ///< … or these
    std::vector<std::string> not_by;   ///< step ids, roles or person kinds whose doer may not do it
    std::string self_check_reason;     ///< why the doer may check; empty: may not
    std::vector<std::string> approve;  ///< roles; each must approve, none their own case
    bool measure = false;  ///< answers a finding; ends only when verified by someone else
    std::string verified_by;
    std::vector<Gate> gates;            ///< while the step is open
    std::string run;                    ///< id of another definition started for the same subject
    std::vector<std::string> evidence;  ///< names of the evidence demanded with completion
    std::map<std::string, std::vector<std::string>> signed_by;  ///< evidence → who signs it
    Text measure_title;  ///< words of the measure; empty: the step's title
};

enum class Repeat : std::uint8_t { none, rolling, anchored, calendar_year };
/// Whether a second trigger while a cycle is open makes a cycle of its own or joins the open one.
enum class WhileOpen : std::uint8_t { separate, merge };

struct Definition {
    Level level = Level::duty;
    std::string id;
    std::string system;  ///< RS…
    Text title;
    std::vector<Basis> basis;
    CivilDate valid_from;
    std::optional<CivilDate> valid_to;
    std::string subject;        ///< kind
    rule::ExpressionPtr where;  ///< null: every one

    std::optional<FactMatch>
        upon;  ///< a fact opens a cycle; else cycles repeat, or it is only gates
    WhileOpen while_open = WhileOpen::separate;
    Repeat repeat = Repeat::none;
    std::optional<Period> every;  ///< rolling, anchored
    rule::ExpressionPtr anchor;   ///< first day of the first period, of anchored

    std::optional<Period>
        open_before;  ///< the cycle opens so long before its due date; none: at once
    Clock due;
    calendar::Roll roll = calendar::Roll::forward;
    Period grace{1, PeriodUnit::working_days};
    bool tracked = false;  ///< someone outside owes it: watched, never the employer's breach
    std::string met_by;    ///< step whose completion meets the deadline and starts the next period
    std::string owner;
    std::string accountable;
    std::vector<std::string> informed;
    std::string ladder;
    std::vector<Step> steps;  ///< phases in order, steps in order
    std::vector<Gate> gates;
    std::map<std::string, std::vector<std::string>> access;  ///< permission → roles
    rule::ExpressionPtr valid_until;
    std::string retention;           ///< class of the table `retention`; may be empty
    rule::ExpressionPtr keep_until;  ///< date until which records are kept at least; may be null
    Digest version;                  ///< SHA-256 of `canonical`
    std::string canonical;

    const Step* step(const std::string& step_id) const {
        for (const Step& candidate : steps)
            if (candidate.id == step_id) return &candidate;
        return nullptr;
    }
};

}  // namespace dutylog::definition
