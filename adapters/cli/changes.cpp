#include "adapters/cli/changes.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "adapters/cli/command_json.hpp"
#include "adapters/cli/failure.hpp"
#include "adapters/cli/moments.hpp"
#include "adapters/cli/value_json.hpp"

namespace dutylog::cli {

namespace json = boost::json;
using history::OutsideAct;

namespace {

class Changing {
public:
    Changing(history::OutsideHistory& history, const pdca::World& world)
        : history_{history}, world_{world} {}

    void change(const json::value& value) {
        if (!value.is_object()) throw unknown(value);
        const json::object& change = value.get_object();
        if (const json::value* event = change.if_contains("drop")) return drop(*event);
        if (const json::value* event = change.if_contains("move"))
            return move(*event, change.if_contains("at"));
        if (const json::value* event = change.if_contains("replace"))
            return replace(*event, change.if_contains("with"));
        if (const json::value* command = change.if_contains("add")) return add(*command);
        throw unknown(value);
    }

private:
    static Failure unknown(const json::value& value) {
        return Failure{ExitCode::usage,
                       phrase("a change has `drop`, `move`, `replace` or `add`; found {0}",
                              "变更应含 `drop`、`move`、`replace` 或 `add`；实为 {0}",
                              json::serialize(value))};
    }

    OutsideAct& find(const json::value& event) {
        const std::string text =
            event.is_string() ? std::string{event.get_string()} : json::serialize(event);
        log::Position position = 0;
        std::from_chars(text.data() + (text.starts_with("#") ? 1 : 0), text.data() + text.size(),
                        position);
        for (OutsideAct& act : history_.acts)
            if (position != 0 && act.position == position) return act;
        throw Failure{ExitCode::usage,
                      phrase("`{0}` is no event from outside that can be changed",
                             "`{0}` 不是可以改变的外部事件", text),
                      {"Derived events arise anew; `dutylog timeline` shows who recorded what.",
                       "引擎推导的事件会重新产生；`dutylog timeline` 显示何人所记。"}};
    }

    void drop(const json::value& event) {
        const log::Position position = find(event).position;
        std::erase_if(history_.acts,
                      [&](const OutsideAct& act) { return act.position == position; });
    }

    /// A date alone means 09:00 local, as in scenarios.
    void move(const json::value& event, const json::value* at) {
        OutsideAct& act = find(event);
        const calendar::Zone& zone = world_.rules->zone();
        const std::string text =
            at != nullptr && at->is_string() ? std::string{at->get_string()} : std::string{};
        std::optional<Instant> when = read_instant(text, zone);
        if (const auto date = parse_civil_date(text))
            when = zone.instant(calendar::local_time(*date, 9, 0));
        if (!when)
            throw Failure{
                ExitCode::usage,
                phrase("`move` needs `at`: 2025-12-05 or 2025-12-05T09:30; found `{0}`",
                       "`move` 需要 `at`：2025-12-05 或 2025-12-05T09:30；实为 `{0}`", text)};
        act.recorded = *when;
        act.meta.effective = {Precision::instant, *when, zone.local(*when).date, *when,
                              zone.name()};
        act.meta.late_reason.clear();
    }

    void replace(const json::value& event, const json::value* with) {
        OutsideAct& act = find(event);
        auto* fact = std::get_if<pdca::RecordFact>(&act.command);
        const auto* type = fact == nullptr ? nullptr : world_.rules->fact(fact->fact);
        if (type == nullptr || with == nullptr)
            throw Failure{ExitCode::usage,
                          {"`replace` needs a fact and `with`: its fields",
                           "`replace` 需要一个事实以及 `with`：其字段"}};
        auto read = record_from_json(*with, type->fields, "with", fact->fact, world_);
        if (!read) throw Failure{ExitCode::usage, read.error().words};
        Record changed = fact->value.as<Record>() == nullptr ? Record{} : *fact->value.as<Record>();
        for (Field& field : read->as<Record>()->fields())
            changed.set(field.name, std::move(field.value));
        fact->value = Value{std::move(changed)};
    }

    void add(const json::value& command) {
        json::value signed_command = command;
        if (command.is_object() && !command.get_object().contains("by"))
            signed_command.get_object()["by"] = "what-if";
        const Instant last = history_.acts.empty() ? Instant{} : history_.acts.back().recorded;
        auto given = command_from_json(signed_command, world_, last);
        if (!given) throw Failure{ExitCode::usage, given.error().words};
        Instant when = given->meta.effective.at;
        if (given->meta.effective.precision == Precision::date)
            when = world_.rules->zone().instant(
                calendar::local_time(given->meta.effective.date, 9, 0));
        history_.acts.push_back({0, when, std::move(given->command), std::move(given->meta)});
    }

    history::OutsideHistory& history_;
    const pdca::World& world_;
};

}  // namespace

void change_history(history::OutsideHistory& history, const json::array& changes,
                    const pdca::World& world) {
    Changing changing{history, world};
    for (const json::value& change : changes) changing.change(change);
    std::stable_sort(
        history.acts.begin(), history.acts.end(),
        [](const OutsideAct& a, const OutsideAct& b) { return a.recorded < b.recorded; });
}

}  // namespace dutylog::cli
