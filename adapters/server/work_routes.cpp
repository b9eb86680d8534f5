#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "adapters/server/duty_list.hpp"
#include "adapters/server/paging.hpp"
#include "adapters/server/reads.hpp"
#include "engine/history/words.hpp"
#include "engine/pdca/stored.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::Parameter;
using http::ParameterType;
using http::Route;

namespace {

/// Something inside a cycle of a duty that the caller may read.
struct Entry {
    const pdca::Duty* duty = nullptr;
    const pdca::Cycle* cycle = nullptr;
    const pdca::StepState* step = nullptr;
    const pdca::FindingState* finding = nullptr;
    const pdca::NoticeState* notice = nullptr;
    std::string place;
};

/// Calls `visit(duty)` for what is about the subject `of` of the call (all where it is not given).
template <class Visit>
void each_duty(const Asked& asked, const Call& call, Visit visit) {
    const Reference about = subject_parameter(call, *asked.world, "of");
    for (const auto& [stream, duty] : asked.world->duties)
        if ((about.empty() || asked.world->inside(duty.subject, about)) &&
            caller_of(call).may_read(*asked.world, duty))
            visit(duty);
}

json::object entry_json(const Entry& entry) {
    json::object object{{"duty", entry.duty->stream.str()},
                        {"definition", entry.duty->definition},
                        {"of", entry.duty->subject.kind + "/" + entry.duty->subject.id}};
    if (entry.cycle != nullptr) object["cycle"] = entry.cycle->number;
    return object;
}

using Collect = std::function<std::vector<Entry>(const Asked&, const Call&)>;
using Write = std::function<json::object(const Asked&, const Entry&)>;

/// A list over the duties the caller may read: paged, on the three clocks, of one subject or all.
Route list_route(const Desk& desk, const char* member, Question question, Collect collect,
                 Write write) {
    std::vector<Parameter> parameters{about_parameter()};
    for (Parameter& each : question.parameters) parameters.push_back(std::move(each));
    parameters.push_back(limit_parameter());
    parameters.push_back(cursor_parameter());
    question.parameters = with_clocks(std::move(parameters));
    question.path = std::string{"/"} + member;
    question.problems = {"bad_cursor"};
    question.answer = [&desk, member, collect = std::move(collect),
                       write = std::move(write)](const Call& call) {
        const Asked asked = desk.reading.asked(call);
        const PageAsked page = page_asked(desk.cursors, call.operation, call);
        std::vector<Entry> all = collect(asked, call);
        std::ranges::sort(all, {}, &Entry::place);
        json::object list{{"cut", asked.cut}};
        put_page(list, member, all, page, desk.cursors,
                 [&](const Entry& entry) { return write(asked, entry); });
        return list;
    };
    return route_of(desk, std::move(question));
}

Route list_findings(const Desk& desk) {
    auto collect = [](const Asked& asked, const Call& call) {
        std::vector<Entry> found;
        const std::string& open = call.parameter("open");
        each_duty(asked, call, [&](const pdca::Duty& duty) {
            for (const pdca::Cycle& cycle : duty.cycles)
                for (const pdca::FindingState& finding : cycle.findings)
                    if (open.empty() || (open == "true") != finding.closed)
                        found.push_back(
                            {.duty = &duty,
                             .cycle = &cycle,
                             .finding = &finding,
                             .place = fmt::format("{:020} {}", finding.position, finding.id)});
        });
        return found;
    };
    auto write = [](const Asked&, const Entry& entry) {
        json::object object = entry_json(entry);
        object["finding"] = entry.finding->id;
        object["step"] = entry.finding->step;
        object["severity"] = entry.finding->severity;
        object["closed"] = entry.finding->closed;
        object["event"] = entry.finding->position;
        return object;
    };
    return list_route(desk, "findings",
                      {.operation = "list_findings",
                       .summary = {"未结束循环中的问题", "Findings of cycles that are not over"},
                       .parameters = {{.name = "open",
                                       .meaning = {"只列未关闭或已关闭者",
                                                   "Only those that are open, or closed."},
                                       .type = ParameterType::truth}},
                       .schema = "Findings"},
                      std::move(collect), std::move(write));
}

bool is_measure(const pdca::World& world, const pdca::Duty& duty, const pdca::Cycle& cycle,
                const std::string& step) {
    const auto* definition = world.pinned(duty.definition, cycle.version);
    const auto* declared = definition == nullptr ? nullptr : definition->step(step);
    return declared != nullptr && declared->measure;
}

Route list_measures(const Desk& desk) {
    auto collect = [](const Asked& asked, const Call& call) {
        std::vector<Entry> found;
        each_duty(asked, call, [&](const pdca::Duty& duty) {
            for (const pdca::Cycle& cycle : duty.cycles)
                for (const pdca::StepState& step : cycle.steps)
                    if (is_measure(*asked.world, duty, cycle, step.id))
                        found.push_back({.duty = &duty,
                                         .cycle = &cycle,
                                         .step = &step,
                                         .place = fmt::format("{:020} {}", step.opening, step.id)});
        });
        return found;
    };
    auto write = [](const Asked&, const Entry& entry) {
        json::object object = entry_json(entry);
        const json::object step = step_json(*entry.step);
        for (const auto& member : step) object[member.key()] = member.value();
        object["verified"] = entry.step->verified;
        return object;
    };
    return list_route(
        desk, "measures",
        {.operation = "list_measures",
         .summary = {"未结束循环中的整改措施", "Measures of cycles that are not over"},
         .schema = "Measures"},
        std::move(collect), std::move(write));
}

/// The deadline of an entry: of its step, else of its cycle.
const pdca::Deadline& deadline_of(const Entry& entry) {
    return entry.step != nullptr ? entry.step->deadline : entry.cycle->deadline;
}

void add_deadline(std::vector<Entry>& found, Entry entry, const std::string& from,
                  const std::string& to) {
    const pdca::Deadline& deadline = deadline_of(entry);
    if (deadline.kind == pdca::DeadlineKind::none) return;
    const std::string effective = to_string(deadline.effective());
    if ((!from.empty() && effective < from) || (!to.empty() && effective > to)) return;
    entry.place = fmt::format("{} {} {:010} {}", effective, entry.duty->stream.str(),
                              entry.cycle->number, entry.step == nullptr ? "" : entry.step->id);
    found.push_back(std::move(entry));
}

Route list_deadlines(const Desk& desk) {
    auto collect = [](const Asked& asked, const Call& call) {
        std::vector<Entry> found;
        const std::string& from = call.parameter("from");
        const std::string& to = call.parameter("to");
        each_duty(asked, call, [&](const pdca::Duty& duty) {
            for (const pdca::Cycle& cycle : duty.cycles) {
                if (!cycle.running()) continue;
                if (!cycle.met)
                    add_deadline(found, {.duty = &duty, .cycle = &cycle, .place = {}}, from, to);
                for (const pdca::StepState& step : cycle.steps)
                    if (step.status == pdca::StepStatus::open)
                        add_deadline(found,
                                     {.duty = &duty, .cycle = &cycle, .step = &step, .place = {}},
                                     from, to);
            }
        });
        return found;
    };
    auto write = [](const Asked& asked, const Entry& entry) {
        const pdca::Deadline& deadline = deadline_of(entry);
        json::object object = entry_json(entry);
        if (entry.step != nullptr) object["step"] = entry.step->id;
        object["due"] = to_string(deadline.nominal());
        object["effective"] = to_string(deadline.effective());
        object["enforced"] = to_string(deadline.enforced);
        object["ends"] = to_string(deadline.ends);
        object["overdue"] = asked.at >= deadline.ends;
        object["missed"] = entry.step != nullptr ? entry.step->missed : entry.cycle->missed;
        return object;
    };
    return list_route(
        desk, "deadlines",
        {.operation = "list_deadlines",
         .summary = {"尚未满足的期限，按日期排列", "Deadlines that are not met, by date"},
         .parameters = {{.name = "from",
                         .meaning = {"该日起", "From this day on."},
                         .type = ParameterType::date},
                        {.name = "to",
                         .meaning = {"至该日止", "Up to this day."},
                         .type = ParameterType::date}},
         .schema = "Deadlines"},
        std::move(collect), std::move(write));
}

bool tells(const pdca::NoticeState& notice, const std::string& person) {
    return person.empty() ||
           std::ranges::any_of(notice.to, [&](const auto& to) { return to.person == person; });
}

/// `skipped` stands in the state for: nothing is known yet.
std::string word_of(pdca::Delivery last) {
    return last == pdca::Delivery::skipped ? "planned" : history::word_of(last);
}

Route list_reminders(const Desk& desk) {
    auto collect = [](const Asked& asked, const Call& call) {
        std::vector<Entry> found;
        each_duty(asked, call, [&](const pdca::Duty& duty) {
            for (const pdca::NoticeState& notice : duty.notices)
                if (tells(notice, call.parameter("person")))
                    found.push_back({.duty = &duty,
                                     .notice = &notice,
                                     .place = to_string(notice.planned) + " " + notice.id});
        });
        return found;
    };
    auto write = [](const Asked&, const Entry& entry) {
        json::object object = entry_json(entry);
        json::array people;
        for (const auto& to : entry.notice->to)
            people.push_back({{"person", to.person},
                              {"role", to.role},
                              {"last", word_of(to.last)},
                              {"failures", to.failures}});
        object["notice"] = entry.notice->id;
        object["cycle"] = entry.notice->cycle;
        if (!entry.notice->step.empty()) object["step"] = entry.notice->step;
        object["planned"] = to_string(entry.notice->planned);
        object["moved_on"] = entry.notice->moved_on;
        object["to"] = std::move(people);
        return object;
    };
    return list_route(
        desk, "reminders",
        {.operation = "list_reminders",
         .summary = {"未结束循环的提醒及其送达情况",
                     "Notices of cycles that are not over, and what became of them"},
         .permission = "manage|investigate",
         .parameters = {{.name = "person",
                         .meaning = {"只列通知该人者", "Only those to this person."}}},
         .schema = "Reminders"},
        std::move(collect), std::move(write));
}

}  // namespace

http::RouteTable work_routes(const Desk& desk) {
    return {list_findings(desk), list_measures(desk), list_deadlines(desk), list_reminders(desk)};
}

}  // namespace dutylog::server
