#include <algorithm>

#include "engine/pdca/asked.hpp"
#include "engine/pdca/judge.hpp"
#include "engine/pdca/people.hpp"

namespace dutylog::pdca {

namespace {

/// Reminders go out in the morning of their day.
constexpr int hour_of_reminders = 9;

const definition::Ladder* ladder_of(const Rules& rules, const std::string& id) {
    const auto found = rules.library().ladders.find(id);
    return found == rules.library().ladders.end() ? nullptr : &found->second;
}

}  // namespace

/// Reminders before the deadline count from the nominal date, escalations after it from the
/// effective (or enforced) one.
std::optional<Instant> Judge::rung_time(const definition::Rung& rung,
                                        const Deadline& deadline) const {
    const bool moment =
        deadline.kind == DeadlineKind::at_once || deadline.kind == DeadlineKind::before;
    const bool on_the_day = rung.period.count == 0;
    if (moment && on_the_day) return deadline.rule.due_at;
    if (rung.before && !on_the_day && (moment || deadline.late_known)) return std::nullopt;
    const CivilDate base =
        rung.before && !deadline.late_known ? deadline.nominal() : deadline.enforced;
    const CivilDate day = on_the_day
                              ? base
                              : calendar::count_days(base, rung.period,
                                                     rung.before ? calendar::Direction::before
                                                                 : calendar::Direction::after,
                                                     rules_.calendar());
    return rules_.zone().instant(calendar::local_time(day, hour_of_reminders, 0));
}

std::vector<Recipient> Judge::recipients(const std::vector<std::string>& tell, const ActorId& owner,
                                         const Cycle& cycle) const {
    std::vector<Recipient> found;
    const auto add = [&](const ActorId& person, const std::string& role) {
        if (person.empty()) return;
        const auto same = [&](const Recipient& known) { return known.person == person.str(); };
        if (std::none_of(found.begin(), found.end(), same)) found.push_back({person.str(), role});
    };
    for (const std::string& word : tell) {
        if (word == "owner")
            add(owner, word);
        else if (word == "head")
            add(head_of(world_, rules_, owner, now_), word);
        else if (word == "accountable")
            add(holder(world_, rules_, definition_.accountable, subject_, now_), word);
        else if (word == "informed")
            for (const std::string& role : definition_.informed)
                add(holder(world_, rules_, role, subject_, now_), role);
        else
            add(holder(world_, rules_, word, subject_, now_), word);
    }
    (void)cycle;
    return found;
}

std::vector<Judge::Rungs> Judge::ladders(const Cycle& cycle) const {
    std::vector<Rungs> all;
    if (cycle.status == CycleStatus::suspended) return all;
    if (!cycle.met && !assumed(cycle.deadline))
        all.push_back({&cycle, "", &cycle.deadline, cycle.rungs, cycle.scheduled});
    for (const StepState& step : cycle.steps)
        if (step.status == StepStatus::open && step.deadline.kind != DeadlineKind::none &&
            !assumed(step.deadline))
            all.push_back({&cycle, step.id, &step.deadline, step.rungs, step.opened});
    return all;
}

/// Asked for where somebody has to be told: a cycle nobody works on yet is its role's; what is done
/// and waits for a signature, the signer's.
ActorId Judge::owner_of(const Rungs& rungs) const {
    const bool whole = rungs.step.empty();
    const StepState* step = rungs.cycle->step(whole ? definition_.met_by : rungs.step);
    if (const Signer* signer = step == nullptr ? nullptr : unsigned_by(*step))
        return signer->person;
    if (!whole) return step == nullptr ? ActorId{} : step->owner;
    if (step != nullptr && !step->owner.empty()) return step->owner;
    return holder(world_, rules_, definition_.owner, subject_, now_);
}

/// The newest rung that is due is sent; older ones that were never sent are recorded as skipped.
Drafts Judge::climb(const Rungs& rungs) {
    const definition::Ladder* ladder = ladder_of(rules_, definition_.ladder);
    if (ladder == nullptr) return {};
    std::vector<std::uint16_t> due;
    Instant last_time;
    for (std::size_t i = rungs.done; i < ladder->rungs.size(); ++i) {
        const auto time = rung_time(ladder->rungs[i], *rungs.deadline);
        if (time && *time > now_) break;
        due.push_back(static_cast<std::uint16_t>(i));
        last_time = time.value_or(Instant{});
    }
    if (due.empty()) return {};
    const std::uint16_t newest = due.back();
    const bool stale = last_time < rungs.since;
    Drafts drafts;
    if (!stale) due.pop_back();
    if (!due.empty())
        drafts.push_back(draft(
            NoticesSkipped{rungs.cycle->number, rungs.step, due,
                           stale ? "before the deadline was known" : "a later rung was due"}));
    if (stale) return drafts;
    const definition::Rung& rung = ladder->rungs[newest];
    NoticePlanned notice;
    // A ladder is climbed again where its deadline moved: then the id is told apart by a number.
    notice.notice =
        notice_id(*duty_, rungs.cycle->number,
                  (rungs.step.empty() ? "cycle" : rungs.step) + "." + std::to_string(newest));
    notice.kind = rung.before ? NoticeKind::reminder : NoticeKind::escalation;
    notice.cycle = rungs.cycle->number;
    notice.step = rungs.step;
    notice.rung = newest;
    notice.due = last_time;
    notice.to = recipients(rung.tell, owner_of(rungs), *rungs.cycle);
    notice.subject_line = definition_.id;
    drafts.push_back(draft(notice));
    return drafts;
}

Drafts Judge::ladder(const Cycle& cycle) {
    if (ladder_of(rules_, definition_.ladder) == nullptr) return {};
    for (const Rungs& rungs : ladders(cycle))
        if (Drafts drafts = climb(rungs); !drafts.empty()) return drafts;
    return {};
}

/// When a deadline that is not kept will say so. Exactly then: a wake-up from which nothing follows
/// is not on the record, and whoever works the wake-ups out from the log would ask for it again.
Instant Judge::missing_time(const std::string& step_id, const Deadline& deadline, Instant since) {
    if (deadline.kind == DeadlineKind::before) return std::max(deadline.ends, since) + Elapsed{1};
    const Step* step = definition_.step(step_id);
    const bool against = deadline.kind == DeadlineKind::at_once && step != nullptr &&
                         !assumed(deadline) && contradicted(*step, since);
    return against ? since + Elapsed{1} : deadline.ends;
}

void Judge::wake_ups(const Cycle& cycle, std::optional<Instant>& earliest) {
    const auto at = [&](Instant time) {
        if (time > now_ && (!earliest || time < *earliest)) earliest = time;
    };
    if (const auto opening = opening_time(cycle)) at(*opening);
    if (!cycle.met && !cycle.missed)
        at(missing_time(definition_.met_by, cycle.deadline, cycle.scheduled));
    for (const StepState& step : cycle.steps)
        if (step.status == StepStatus::open && !step.missed &&
            step.deadline.kind != DeadlineKind::none && !assumed(step.deadline))
            at(missing_time(step.id, step.deadline, step.opened));
    const definition::Ladder* ladder = ladder_of(rules_, definition_.ladder);
    if (ladder == nullptr) return;
    for (const Rungs& rungs : ladders(cycle))
        for (std::size_t i = rungs.done; i < ladder->rungs.size(); ++i)
            if (const auto time = rung_time(ladder->rungs[i], *rungs.deadline)) {
                at(*time);
                break;
            }
}

void Judge::wake_ups_by_version(const Cycle& cycle, std::optional<Instant>& earliest) {
    const Definition& pinned = version_of(cycle);
    if (&pinned == &definition_) return wake_ups(cycle, earliest);
    Judge{world_, pinned, subject_, now_}.wake_ups(cycle, earliest);
}

}  // namespace dutylog::pdca
