#include "engine/history/other_rules.hpp"

#include <algorithm>

#include "engine/calendar/work_calendar.hpp"

namespace dutylog::history {

namespace {

using definition::Bundle;
using pdca::RulesPtr;

const CivilDate always{1, 1, 1};
const CivilDate never{9999, 12, 31};

bool valid(const Record& row, CivilDate on) {
    const Value* from = row.find("valid_from");
    const Value* to = row.find("valid_to");
    const auto* first = from == nullptr ? nullptr : from->as<CivilDate>();
    const auto* end = to == nullptr ? nullptr : to->as<CivilDate>();
    return (first == nullptr || on >= *first) && (end == nullptr || on < *end);
}

/// What is valid on the day holds throughout, and nothing else holds at all.
void hold_to(Bundle& bundle, CivilDate on) {
    for (auto& [id, definition] : bundle.definitions) {
        const bool holds =
            on >= definition.valid_from && (!definition.valid_to || on < *definition.valid_to);
        definition.valid_from = holds ? always : never;
        definition.valid_to.reset();
    }
    for (auto& [id, table] : bundle.tables) {
        std::erase_if(table.rows, [&](const Record& row) { return !valid(row, on); });
        table.lines.clear();  // they no longer go with the rows
        for (Record& row : table.rows) {
            if (row.find("valid_from") != nullptr) row.set("valid_from", Value{});
            if (row.find("valid_to") != nullptr) row.set("valid_to", Value{});
        }
    }
}

/// The days as a table of a site, which speaks over all others.
Result<void> add_days(Bundle& bundle, std::vector<calendar::DayRange> days) {
    std::ranges::sort(days, {}, &calendar::DayRange::first);
    const auto found = bundle.calendars.find(bundle.library.calendar);
    calendar::CalendarLayers layers = found->second.layers();
    layers.site.push_back({"what-if", 0, -1, "asked", std::move(days)});
    auto changed = calendar::WorkCalendar::of(std::move(layers));
    if (!changed) return std::unexpected{changed.error()};
    found->second = std::move(*changed);
    return {};
}

Result<RulesPtr> changed(const RulesPtr& rules, const OtherRules& other) {
    auto bundle = std::make_shared<Bundle>(rules->bundle());
    if (other.valid_on) hold_to(*bundle, *other.valid_on);
    if (!other.days.empty())
        if (auto done = add_days(*bundle, other.days); !done) return std::unexpected{done.error()};
    return std::make_shared<const pdca::Rules>(std::move(bundle));
}

/// The bundle in force when the day ends; before any was published, the first one.
std::optional<pdca::PublishBundle> publication_on(const OutsideHistory& history,
                                                  const pdca::RulesSource& source, CivilDate day) {
    std::optional<pdca::PublishBundle> found;
    for (const OutsideAct& act : history.acts) {
        const auto* published = std::get_if<pdca::PublishBundle>(&act.command);
        const RulesPtr rules = published == nullptr ? nullptr : source(published->bundle);
        if (rules == nullptr) continue;
        if (found && act.recorded >= rules->zone().day_end(day)) break;
        found = *published;
    }
    return found;
}

/// As if that bundle had been the only one, from the start on.
void use_only(OutsideHistory& history, const pdca::PublishBundle& rules) {
    bool first = true;
    std::erase_if(history.acts, [&](OutsideAct& act) {
        if (!std::holds_alternative<pdca::PublishBundle>(act.command)) return false;
        if (!first) return true;
        first = false;
        act.command = rules;
        return false;
    });
}

/// Every bundle the history publishes, changed.
Result<std::map<Digest, RulesPtr>> changed_bundles(const OutsideHistory& history,
                                                   const pdca::RulesSource& source,
                                                   const OtherRules& other) {
    std::map<Digest, RulesPtr> bundles;
    for (const OutsideAct& act : history.acts) {
        const auto* published = std::get_if<pdca::PublishBundle>(&act.command);
        const RulesPtr rules = published == nullptr ? nullptr : source(published->bundle);
        if (rules == nullptr) continue;
        auto made = changed(rules, other);
        if (!made) return std::unexpected{made.error()};
        bundles[published->bundle] = std::move(*made);
    }
    if (bundles.empty()) return reject("no_rules", "no rules were in force yet");
    return bundles;
}

}  // namespace

namespace {

Result<Redecided> outcome_of(const Rehearsal& rehearsal) {
    if (rehearsal.unreadable().empty()) return Redecided{rehearsal.world(), rehearsal.dropped()};
    std::string keys;
    for (const std::string& key : rehearsal.unreadable()) keys += (keys.empty() ? "" : ", ") + key;
    return reject("erased", "not reproducible: erased (" + keys + ")");
}

}  // namespace

Result<Redecided> decide_again(OutsideHistory history, const pdca::RulesSource& source,
                               const log::KeyRing* keys, const OtherRules& other, Instant until,
                               bool as_true) {
    if (other.valid_on)
        if (const auto only = publication_on(history, source, *other.valid_on))
            use_only(history, *only);
    auto bundles = changed_bundles(history, source, other);
    if (!bundles) return std::unexpected{bundles.error()};
    const pdca::RulesSource under = [bundles = std::move(*bundles)](const Digest& bundle) {
        const auto found = bundles.find(bundle);
        return found == bundles.end() ? nullptr : found->second;
    };
    if (as_true) {
        const Rehearsal rehearsal = rehearse_as_true(std::move(history), under, keys, until);
        return outcome_of(rehearsal);
    }
    Rehearsal rehearsal{under, keys, history.answers};
    for (const OutsideAct& act : history.acts) rehearsal.run(act);
    rehearsal.advance(until);
    return outcome_of(rehearsal);
}

}  // namespace dutylog::history
