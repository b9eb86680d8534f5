#pragma once

#include <cstdint>
#include <string>

#include "engine/calendar/due.hpp"
#include "engine/core/civil_date.hpp"
#include "engine/core/instant.hpp"

namespace dutylog::pdca {

/// What kind of clock a deadline runs by; the numbers are stored.
enum class DeadlineKind : std::uint8_t { none, date, at_once, before, window };
constexpr DeadlineKind last_of(DeadlineKind) { return DeadlineKind::window; }

/// When something must be done, with everything needed to say why it is that day.
struct Deadline {
    DeadlineKind kind = DeadlineKind::none;
    calendar::DueDate rule;  ///< the date the rule gives, valid from when its base was true
    CivilDate window_from;   ///< first day of a window
    /// The date that is enforced: `rule.effective`, or later where the duty became known too late.
    CivilDate enforced;
    bool late_known = false;  ///< `enforced` is later than the rule's date
    Instant ends;             ///< breached when this instant is reached with the work undone
    std::string expression;   ///< as the definition writes it

    CivilDate nominal() const { return rule.nominal; }
    CivilDate effective() const { return rule.effective; }
    friend bool operator==(const Deadline&, const Deadline&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(kind, rule, window_from, enforced, late_known, ends, expression);
    }
};

/// Whether two deadlines say the same, whatever led to them.
inline bool same_dates(const Deadline& a, const Deadline& b) {
    return a.kind == b.kind && a.rule.nominal == b.rule.nominal &&
           a.rule.effective == b.rule.effective && a.window_from == b.window_from &&
           (a.kind == DeadlineKind::date || a.rule.due_at == b.rule.due_at);
}

}  // namespace dutylog::pdca
