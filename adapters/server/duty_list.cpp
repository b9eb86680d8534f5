#include "adapters/server/duty_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <vector>

#include "engine/history/questions.hpp"
#include "engine/history/words.hpp"

namespace dutylog::server {

namespace json = boost::json;

namespace {

bool has_open_step(const pdca::Cycle& cycle) {
    return std::ranges::any_of(cycle.steps, [](const pdca::StepState& step) {
        return step.status == pdca::StepStatus::open;
    });
}

bool is_owner(const pdca::Cycle& cycle, const std::string& person) {
    return std::ranges::any_of(cycle.steps, [&](const pdca::StepState& step) {
        return step.status == pdca::StepStatus::open && step.owner.str() == person;
    });
}

bool is_overdue(const pdca::Cycle& cycle, Instant at) {
    return !cycle.met && cycle.deadline.kind != pdca::DeadlineKind::none &&
           at >= cycle.deadline.ends;
}

bool is_wanted(const pdca::Cycle& cycle, const DutyFilter& filter, Instant at) {
    if (!cycle.running() || (cycle.met && !has_open_step(cycle))) return false;
    if (!filter.before.empty() && to_string(cycle.deadline.effective()) > filter.before)
        return false;
    if (filter.overdue && !is_overdue(cycle, at)) return false;
    return filter.owner.empty() || is_owner(cycle, filter.owner);
}

json::object cycle_json(const pdca::Cycle& cycle) {
    json::array steps;
    for (const pdca::StepState& step : cycle.steps) steps.push_back(step_json(step));
    json::array findings;
    for (const pdca::FindingState& finding : cycle.findings)
        findings.push_back({{"finding", finding.id},
                            {"step", finding.step},
                            {"severity", finding.severity},
                            {"closed", finding.closed},
                            {"event", finding.position}});
    json::object object{{"cycle", cycle.number},
                        {"phase", history::phase_word(cycle)},
                        {"due", to_string(cycle.deadline.nominal())},
                        {"effective", to_string(cycle.deadline.effective())},
                        {"enforced", to_string(cycle.deadline.enforced)},
                        {"met", cycle.met},
                        {"missed", cycle.missed},
                        {"steps", std::move(steps)},
                        {"findings", std::move(findings)}};
    if (cycle.met) object["met_on"] = to_string(cycle.met_on);
    return object;
}

json::array signers_json(const pdca::StepState& step) {
    json::array signers;
    for (const pdca::Signer& signer : step.signers)
        signers.push_back({{"person", signer.person.str()},
                           {"asked_by", signer.by.str()},
                           {"signed", signer.has_signed}});
    return signers;
}

json::object more_time_json(const pdca::MoreTime& asked) {
    return {{"asked_by", asked.by.str()},
            {"approver", asked.approver.str()},
            {"until", to_string(asked.until)}};
}

}  // namespace

json::object step_json(const pdca::StepState& step) {
    constexpr std::string_view words[] = {"waiting", "open", "done", "left_out", "carried"};
    json::object object{{"step", step.id},
                        {"status", words[static_cast<std::size_t>(step.status)]},
                        {"missed", step.missed}};
    if (!step.owner.empty()) object["owner"] = step.owner.str();
    if (!step.role.empty()) object["role"] = step.role;
    if (step.vacant) object["vacant"] = true;
    if (step.deadline.kind != pdca::DeadlineKind::none)
        object["due"] = to_string(step.deadline.effective());
    if (!step.signers.empty()) object["signers"] = signers_json(step);
    if (!step.more_time.empty()) object["more_time"] = more_time_json(step.more_time.front());
    if (step.position == 0) return object;
    object["by"] = step.by.str();
    object["on"] = to_string(step.on);
    object["event"] = step.position;
    if (!step.outcome.empty()) object["outcome"] = step.outcome;
    return object;
}

std::vector<OpenDuty> open_duties(const Asked& asked, const DutyFilter& filter,
                                  const TokenCaller& caller) {
    std::vector<OpenDuty> found;
    for (const auto& [stream, duty] : asked.world->duties) {
        if (!filter.definition.empty() && duty.definition != filter.definition) continue;
        if (!filter.about.empty() && !asked.world->inside(duty.subject, filter.about)) continue;
        if (!caller.may_read(*asked.world, duty)) continue;
        for (const pdca::Cycle& cycle : duty.cycles)
            if (is_wanted(cycle, filter, asked.at))
                found.push_back({&duty, &cycle,
                                 fmt::format("{} {} {:010}", to_string(cycle.deadline.effective()),
                                             stream.str(), cycle.number)});
    }
    std::ranges::sort(found, {}, &OpenDuty::place);
    return found;
}

json::object open_json(const OpenDuty& open, Instant at) {
    json::array owners;
    json::array steps;
    for (const pdca::StepState& step : open.cycle->steps) {
        if (step.status != pdca::StepStatus::open) continue;
        steps.emplace_back(step.id);
        if (!step.owner.empty()) owners.emplace_back(step.owner.str());
    }
    return {{"duty", open.duty->stream.str()},
            {"definition", open.duty->definition},
            {"of", open.duty->subject.kind + "/" + open.duty->subject.id},
            {"cycle", open.cycle->number},
            {"phase", history::phase_word(*open.cycle)},
            {"due", to_string(open.cycle->deadline.nominal())},
            {"effective", to_string(open.cycle->deadline.effective())},
            {"overdue", is_overdue(*open.cycle, at)},
            {"owners", std::move(owners)},
            {"open", std::move(steps)}};
}

json::object cycles_json(const pdca::Duty& duty) {
    json::array running;
    for (const pdca::Cycle& cycle : duty.cycles) running.push_back(cycle_json(cycle));
    json::array past;
    for (const pdca::PastCycle& cycle : duty.past) {
        json::object object{{"cycle", cycle.number},
                            {"due", to_string(cycle.nominal)},
                            {"effective", to_string(cycle.due)},
                            {"met", cycle.met},
                            {"missed", cycle.missed}};
        if (cycle.met) object["met_on"] = to_string(cycle.met_on);
        past.push_back(std::move(object));
    }
    return {{"running", std::move(running)}, {"past", std::move(past)}};
}

}  // namespace dutylog::server
