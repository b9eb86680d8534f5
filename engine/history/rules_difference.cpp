#include <algorithm>
#include <map>
#include <set>

#include "engine/history/other_rules.hpp"
#include "engine/history/questions.hpp"
#include "engine/rule/reads.hpp"

namespace dutylog::history {

namespace json = boost::json;

namespace {

using pdca::Cycle;
using pdca::World;

/// The tables an expression reads, itself or through functions of the library.
std::set<std::string> tables_read(const definition::Library& library,
                                  const rule::ExpressionPtr& from) {
    std::set<std::string> tables;
    std::set<std::string> seen;
    std::vector<const rule::Expression*> waiting;
    if (from != nullptr) waiting.push_back(from.get());
    while (!waiting.empty()) {
        const rule::Reads found = rule::reads(*waiting.back());
        waiting.pop_back();
        tables.insert(found.tables.begin(), found.tables.end());
        for (const std::string& name : found.functions) {
            const auto function = library.functions.find(name);
            if (function != library.functions.end() && function->second.body != nullptr &&
                seen.insert(name).second)
                waiting.push_back(function->second.body.get());
        }
    }
    return tables;
}

/// Editions of those tables on a day.
std::set<std::string> editions_on(const World& world, const StreamId& stream, CivilDate day) {
    std::set<std::string> names;
    const pdca::Duty* duty = world.duty(stream);
    const auto* definition = duty == nullptr ? nullptr : world.rules->definition(duty->definition);
    if (definition == nullptr) return names;
    for (const std::string& table : tables_read(world.rules->library(), definition->due.due))
        for (const json::value& name : editions(world, table, day))
            names.insert(std::string{name.as_string()});
    return names;
}

const Cycle* newest(const World& world, const StreamId& stream) {
    const pdca::Duty* duty = world.duty(stream);
    if (duty == nullptr || duty->cycles.empty()) return nullptr;
    for (const Cycle& cycle : duty->cycles)
        if (!cycle.met) return &cycle;
    return &duty->cycles.back();
}

/// The dates of a cycle by their names, in the order in which they are told.
std::vector<std::pair<std::string, std::string>> dates_of(const Cycle* cycle) {
    std::vector<std::pair<std::string, std::string>> dates;
    if (cycle == nullptr) return dates;
    const pdca::Deadline& deadline = cycle->deadline;
    dates = {{"due", to_string(deadline.nominal())},
             {"effective", to_string(deadline.effective())},
             {"enforced", to_string(deadline.enforced)}};
    for (const pdca::StepState& step : cycle->steps)
        if (step.status == pdca::StepStatus::open && step.deadline.kind != pdca::DeadlineKind::none)
            dates.emplace_back(step.id, to_string(step.deadline.enforced));
    return dates;
}

json::array names(const std::set<std::string>& from) {
    json::array list;
    for (const std::string& name : from) list.emplace_back(name);
    return list;
}

}  // namespace

json::object to_json(const OtherRules& other) {
    json::object asked;
    if (other.valid_on) asked["valid_on"] = to_string(*other.valid_on);
    for (const calendar::DayRange& range : other.days)
        for (CivilDate day = range.first; day <= range.last; day = day.plus_days(1)) {
            json::value& days = asked[range.works ? "work" : "off"];
            if (!days.is_array()) days = json::array{};
            days.get_array().emplace_back(to_string(day));
        }
    return asked;
}

json::object rules_difference(const World& decided, const World& here, const StreamId& duty,
                              const OtherRules& other) {
    const Cycle* was = newest(decided, duty);
    const Cycle* is = newest(here, duty);
    const auto before = dates_of(was);
    const auto after = dates_of(is);
    json::array dates;
    const auto date_in = [](const auto& list, const std::string& name) -> json::value {
        const auto found =
            std::ranges::find(list, name, [](const auto& each) { return each.first; });
        return found == list.end() ? json::value{} : json::value(found->second);
    };
    auto all = before;
    for (const auto& each : after)
        if (date_in(before, each.first).is_null()) all.push_back(each);
    for (const auto& [name, date] : all) {
        const json::value one = date_in(before, name);
        const json::value two = date_in(after, name);
        if (one != two) dates.push_back({{"date", name}, {"decided", one}, {"here", two}});
    }
    // Tables were read when the deadline was last set; the other rules have one edition at all
    // times.
    const Instant when = was == nullptr ? decided.recorded : was->planned;
    const CivilDate day = decided.rules->zone().local(when).date;
    return {{"duty", duty.str()},
            {"asked", to_json(other)},
            {"due", date_in(after, "due")},
            {"decided", names(editions_on(decided, duty, day))},
            {"here", names(editions_on(here, duty, day))},
            {"dates", std::move(dates)}};
}

}  // namespace dutylog::history
