#include <algorithm>

#include "engine/history/questions.hpp"
#include "engine/history/rehearsal.hpp"
#include "engine/scenario/run.hpp"
#include "engine/scenario/typed.hpp"

namespace dutylog::scenario {

namespace json = boost::json;
using history::OutsideAct;

namespace {

/// Changes the outside history as a what-if asks; the derived part arises anew.
class Changing {
public:
    Changing(const Scenario& scenario, Player& player, history::OutsideHistory& history,
             std::vector<std::string>& assumptions, std::vector<Problem>& problems)
        : scenario_{scenario},
          player_{player},
          history_{history},
          assumptions_{assumptions},
          problems_{problems} {}

    void change(const Node& node) {
        if (const Node* id = node.find("drop")) return drop(node, id->text);
        if (const Node* id = node.find("move")) return move(node, id->text);
        if (const Node* id = node.find("replace")) return replace(node, id->text);
        if (const Node* duty = node.find("assume")) return assume(node, duty->text);
        add(node.find("add") == nullptr ? node : *node.find("add"));
    }

private:
    void fail(std::string message) { problems_.push_back({scenario_.file, 0, std::move(message)}); }

    OutsideAct* find(const std::string& id) {
        const PlayedLine* line = player_.line(id);
        for (OutsideAct& act : history_.acts)
            if (line != nullptr && act.position == line->answer.first) return &act;
        fail("no line of the story has the id `" + id + "`");
        return nullptr;
    }

    void drop(const Node&, const std::string& id) {
        const OutsideAct* act = find(id);
        if (act == nullptr) return;
        const log::Position position = act->position;
        std::erase_if(history_.acts, [&](const OutsideAct& a) { return a.position == position; });
    }

    void move(const Node& node, const std::string& id) {
        OutsideAct* act = find(id);
        const Node* at = node.find("at");
        const auto when = at == nullptr ? std::nullopt : player_.instant_of(at->text);
        if (act == nullptr || !when) return fail("`move:` needs `at:`");
        retime(*act, *when);
    }

    void retime(OutsideAct& act, Instant when) {
        act.recorded = when;
        act.meta.effective.at = when;
        act.meta.effective.until = when;
        act.meta.effective.date = player_.engine().world().rules->zone().local(when).date;
        act.meta.late_reason.clear();
    }

    void replace(const Node& node, const std::string& id) {
        OutsideAct* act = find(id);
        const Node* with = node.find("with");
        auto* fact = act == nullptr ? nullptr : std::get_if<pdca::RecordFact>(&act->command);
        if (fact == nullptr || with == nullptr) return fail("`replace:` needs a fact and `with:`");
        const auto* type = player_.engine().world().rules->fact(fact->fact);
        auto fields = Typed{player_.engine().world()}.record(*with, type->fields);
        if (!fields) return fail(fields.error());
        for (Field& field : fields->fields())
            fact->value.as<Record>()->set(field.name, std::move(field.value));
        std::string text = id + " replaced:";
        for (const Field& field : fields->fields()) text += " " + field.name;
        for (const auto& entry : with->entries)
            text += " " + entry.key.text + "=" + entry.value.text;
        assumptions_.push_back(text);
    }

    /// Recorded with the setting up, so that it holds from the start.
    void assume(const Node& node, const std::string& duty) {
        OutsideAct act;
        pdca::RecordAssumption order{duty, {}, true, CivilDate{}, ""};
        if (const Node* until = node.find("until"))
            if (const auto date = parse_civil_date(until->text)) {
                order.until = *date;
                order.forever = false;
            }
        if (const Node* because = node.find("because")) order.reason = because->text;
        assumptions_.push_back(duty + " counts as met: " + order.reason);
        act.command = order;
        for (const OutsideAct& first : history_.acts)
            if (std::holds_alternative<pdca::AddSubject>(first.command)) {
                act.recorded = first.recorded;
                act.meta = first.meta;
            }
        act.meta.id = CommandId{};
        insert(std::move(act));
    }

    void add(const Node& node) {
        const StoryLine line = read_line(scenario_, node, problems_);
        OutsideAct act;
        auto command = player_.command_of(line, line.at, act.meta);
        const auto when = player_.instant_of(line.at);
        if (!command || !when) return fail("`add:` is no line of a story");
        act.command = std::move(*command);
        act.recorded = *when;
        if (act.meta.actor.empty()) act.meta.actor = ActorId{"what-if"};
        insert(std::move(act));
    }

    void insert(OutsideAct act) { history_.acts.push_back(std::move(act)); }

    const Scenario& scenario_;
    Player& player_;
    history::OutsideHistory& history_;
    std::vector<std::string>& assumptions_;
    std::vector<Problem>& problems_;
};

}  // namespace

json::value what_if(const Scenario& scenario, Player& player, const Node& changes,
                    std::vector<std::string>& assumptions, std::vector<Problem>& problems) {
    history::OutsideHistory outside =
        history::outside_history(player.engine().store(), std::nullopt);
    Changing changing{scenario, player, outside, assumptions, problems};
    for (const Node& change : changes.items) changing.change(change);
    std::stable_sort(
        outside.acts.begin(), outside.acts.end(),
        [](const OutsideAct& a, const OutsideAct& b) { return a.recorded < b.recorded; });
    history::Rehearsal rehearsal{
        [&](const Digest& bundle) { return player.engine().rules().find(bundle); }, &player.keys(),
        outside.answers};
    for (const OutsideAct& act : outside.acts) rehearsal.run(act);
    rehearsal.advance(player.end());
    if (!rehearsal.unreadable().empty()) return "not reproducible: erased";
    return history::first_missed(rehearsal.world());
}

}  // namespace dutylog::scenario
