#include <algorithm>

#include "engine/scenario/player.hpp"
#include "engine/scenario/typed.hpp"

/// What a story begins with, and which line comes when.
namespace dutylog::scenario {

/// Publishes the library, then names subjects, roles and assumptions, all when the clock starts.
void Player::set_up() {
    const auto start = instant_of(scenario_.clock);
    if (!start) return fail(0, "`clock:` needs an instant, found `" + scenario_.clock + "`");
    now_ = *start;
    runtime::Publication publication = runtime::publication_of(library_);
    bundle_ = publication.bundle;
    engine_->rules().keep(bundle_, rules_);
    submit(pdca::PublishBundle{bundle_, scenario_.library, {}}, {}, now_,
           std::move(publication.blobs));
    std::string person_kind;
    for (const auto& [id, kind] : rules_->library().kinds)
        if (kind.person) person_kind = id;
    std::vector<const SubjectLine*> waiting;
    for (const SubjectLine& subject : scenario_.subjects) waiting.push_back(&subject);
    for (bool moved = true; moved && !waiting.empty();) {
        moved = false;
        for (auto& subject : waiting) {
            const Typed typed{engine_->world()};
            Reference parent;
            if (!subject->parent.empty()) {
                const auto found = typed.subject(subject->parent);
                if (!found) continue;
                parent = *found;
            }
            const std::string kind = subject->kind.empty() ? person_kind : subject->kind;
            const auto answer =
                submit(pdca::AddSubject{{kind, subject->id},
                                        parent,
                                        subject->name.empty() ? Value{} : Value{subject->name}},
                       {}, now_);
            if (answer.refusal) fail(subject->line, answer.refusal->detail);
            subject = nullptr;
            moved = true;
        }
        std::erase(waiting, nullptr);
    }
    for (const SubjectLine* subject : waiting)
        fail(subject->line, "`in: " + subject->parent + "` names no subject");
    for (const RoleLine& role : scenario_.roles) {
        const Typed typed{engine_->world()};
        const auto subject = typed.subject(role.subject);
        if (!subject) {
            fail(role.line, subject.error());
            continue;
        }
        const Value held =
            Record::of({{"role", role.role}, {"person", Reference{person_kind, role.person}}});
        const auto answer = submit(pdca::RecordFact{*subject, "holds_role", held, 0}, {}, now_);
        if (answer.refusal) fail(role.line, answer.refusal->detail);
    }
    for (const AssumeLine& line : scenario_.assumptions) {
        pdca::RecordAssumption order{line.duty, {}, line.until.empty(), CivilDate{}, line.because};
        if (const auto date = parse_civil_date(line.until))
            order.until = *date;
        else if (!line.until.empty() && line.until != "none")
            fail(line.line, "`until:` is a date or `none`");
        const auto answer = submit(order, {}, now_);
        if (answer.refusal) fail(line.line, answer.refusal->detail);
    }
}

std::vector<Player::Planned> Player::plan() {
    std::vector<Planned> all;
    for (const StoryLine& line : scenario_.story) {
        if (!line.every.empty()) {
            add_repeats(line, all);
            continue;
        }
        const auto at = instant_of(line.at);
        const auto recorded = line.recorded.empty() ? at : instant_of(line.recorded);
        if (!at || !recorded) {
            fail(line.line, "`at:` and `recorded:` need a date or an instant");
            continue;
        }
        Instant when = *recorded;
        const auto late = options_.late_days.find(line.id);
        if (!line.id.empty() && late != options_.late_days.end())
            when = when + hours(24 * late->second);
        all.push_back({&line, line.at, when});
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Planned& a, const Planned& b) { return a.recorded < b.recorded; });
    return all;
}

/// `{from, to, every: working day | day | N days}`: one line on each such day.
void Player::add_repeats(const StoryLine& line, std::vector<Planned>& all) {
    const auto from = parse_civil_date(line.from);
    const auto to = parse_civil_date(line.to);
    const auto step = parse_period(line.every);
    const bool working = line.every == "working day";
    const int days = line.every == "day" || working           ? 1
                     : step && step->unit == PeriodUnit::days ? step->count
                                                              : 0;
    if (!from || !to || days <= 0)
        return fail(line.line,
                    "a repeated line needs `from:`, `to:` and `every: working day`, "
                    "`every: day` or `every: 7 days`");
    for (CivilDate day = *from; day <= *to; day = day.plus_days(days)) {
        if (working && !rules_->calendar().works(day)) continue;
        if (all.size() >= ScenarioLimits::lines_max) return fail(line.line, "too many lines");
        const std::string at = to_string(day);
        all.push_back({&line, at, *instant_of(at)});
    }
}

}  // namespace dutylog::scenario
