#include <memory>

#include "adapters/cli/about.hpp"
#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/cuts.hpp"
#include "adapters/cli/moments.hpp"
#include "adapters/cli/narrator.hpp"
#include "adapters/cli/table.hpp"
#include "engine/history/questions.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

struct DutiesOptions {
    std::string log;
    std::string of;
    std::string duty;
    std::string owner;
    std::string before;
    bool overdue = false;
    CutOptions cuts;
};

/// What `open_duties` found of one cycle, with what the world knows beside it.
struct OpenDuty {
    json::object entry;
    const pdca::Cycle* cycle = nullptr;
    bool overdue = false;
    std::vector<std::string> owners;
};

std::vector<OpenDuty> collect(const AskedWorld& asked, const Reference& about) {
    std::vector<OpenDuty> found;
    for (const json::value& value : history::open_duties(asked.world, about, 0)) {
        OpenDuty open;
        open.entry = value.as_object();
        const auto* definition =
            asked.world.rules->definition(std::string{open.entry.at("duty").as_string()});
        const auto number = open.entry.at("cycle").to_number<pdca::CycleNumber>();
        if (definition != nullptr) {
            const Reference subject{definition->subject,
                                    std::string{open.entry.at("of").as_string()}};
            const auto* duty = asked.world.duty(pdca::duty_stream(definition->id, subject));
            open.cycle = duty == nullptr ? nullptr : duty->cycle(number);
        }
        if (open.cycle != nullptr) {
            open.overdue = !open.cycle->met && asked.at >= open.cycle->deadline.ends &&
                           open.cycle->deadline.kind != pdca::DeadlineKind::none;
            for (const pdca::StepState& step : open.cycle->steps)
                if (step.status == pdca::StepStatus::open && !step.owner.empty())
                    open.owners.push_back(step.owner.str());
        }
        open.entry["overdue"] = open.overdue;
        open.entry["owners"] = json::array(open.owners.begin(), open.owners.end());
        found.push_back(std::move(open));
    }
    std::stable_sort(found.begin(), found.end(), [](const OpenDuty& a, const OpenDuty& b) {
        return a.entry.at("effective").as_string() < b.entry.at("effective").as_string();
    });
    return found;
}

bool wanted(const OpenDuty& open, const DutiesOptions& options) {
    if (!options.duty.empty() && open.entry.at("duty").as_string() != options.duty) return false;
    if (options.overdue && !open.overdue) return false;
    if (!options.before.empty() && open.entry.at("effective").as_string() > options.before)
        return false;
    return options.owner.empty() ||
           std::find(open.owners.begin(), open.owners.end(), options.owner) != open.owners.end();
}

void print(Session& session, const AskedWorld& asked, const std::vector<OpenDuty>& duties) {
    Console& console = session.console;
    const Narrator narrator{asked.world, console.language()};
    Table table{
        {{"due", "期限"}, {"of", "对象"}, {"phase", "阶段"}, {"with", "责任人"}, {"duty", "义务"}}};
    for (const OpenDuty& open : duties) {
        std::string owners;
        for (const std::string& owner : open.owners)
            owners += (owners.empty() ? "" : narrator.say(", ", "、")) + narrator.person(owner);
        std::string due{open.entry.at("effective").as_string()};
        if (open.overdue) due += " !";
        table.add({due, std::string{open.entry.at("of").as_string()},
                   word_for(std::string{open.entry.at("phase").as_string()}, console.language()),
                   owners, narrator.duty(std::string{open.entry.at("duty").as_string()})},
                  open.overdue ? Tone::bad : Tone::plain);
    }
    if (table.empty())
        console.line(Phrase{"no open duty", "没有未了义务"});
    else
        table.print(console);
    tell_cuts(console, asked);
}

ExitCode duties(Session& session, const DutiesOptions& options) {
    if (!options.before.empty()) (void)read_date("--before", options.before);
    OpenedLog log{session, options.log};
    const AskedWorld asked = asked_world(session, log, options.cuts);
    const Reference about = subject_named(log.now(), options.of);
    std::vector<OpenDuty> found = collect(asked, about);
    std::erase_if(found, [&](const OpenDuty& open) { return !wanted(open, options); });
    if (session.json) {
        json::array entries;
        for (OpenDuty& open : found) entries.push_back(std::move(open.entry));
        session.console.json(
            json::object{{"cut", cuts_json(asked)}, {"duties", std::move(entries)}});
    } else {
        print(session, asked, found);
    }
    return ExitCode::fine;
}

}  // namespace

Command duties_command() {
    return {
        "duties",
        Group::questions,
        {"what is open: due dates, owners, what is overdue", "未了义务：期限、责任人、逾期情况"},
        {"Every duty with work to do, by its date. `!` marks those whose date has passed.",
         "按期限列出所有待办义务。`!` 表示已逾期。"},
        {{"duties --log plant.db", {"all of them", "全部"}},
         {"duties --log plant.db --overdue --owner wang",
          {"what one person has left undone", "某人逾期未办者"}},
         {"duties --log plant.db --of zhang --at 2026-03-05",
          {"about one worker, as known on a day", "某劳动者的义务，依某日所知"}}},
        [](Arguments& arguments) -> Action {
            const auto options = std::make_shared<DutiesOptions>();
            arguments.log(options->log)
                .option("--of", "SUBJECT", options->of,
                        {"only this subject and what lives inside it", "只列该对象及其所含者"})
                .option("--duty", "DEFINITION", options->duty,
                        {"only this definition", "只列该定义"})
                .option("--owner", "PERSON", options->owner,
                        {"only with an open step of this person", "只列该人有待办步骤者"})
                .option("--before", "DATE", options->before, {"due by that day", "期限不晚于该日"})
                .flag("--overdue", options->overdue, {"only what is overdue", "只列逾期者"});
            declare_cuts(arguments, options->cuts);
            return [options](Session& session) { return duties(session, *options); };
        }};
}

}  // namespace dutylog::cli
