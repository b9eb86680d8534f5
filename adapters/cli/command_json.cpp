#include "adapters/cli/command_json.hpp"

#include <boost/json.hpp>

#include "adapters/cli/command_kinds.hpp"
#include "adapters/cli/command_reading.hpp"
#include "adapters/cli/moments.hpp"
#include "engine/rule/suggest.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

/// `at`: an instant, a date, a range `{from, to}`, or `unknown`.
void read_at(Reading& reading, const World& world, Instant now, Effective& into) {
    const calendar::Zone& zone = world.rules->zone();
    into = *read_effective(to_string(now), zone, now);
    const json::value* given = reading.take("at", Need::optional);
    if (given == nullptr || reading.problem) return;
    if (given->is_object()) {
        Reading range{given->get_object(), world};
        const auto from = read_effective(range.take_text("from", Need::required), zone, now);
        const auto to = read_effective(range.take_text("to", Need::required), zone, now);
        range.refuse_others("at");
        if (range.problem) return reading.fail("at", range.problem->words);
        if (from && to && from->at < to->until) {
            into = {Precision::range, from->at, from->date, to->until, zone.name()};
            return;
        }
    } else if (const auto at = read_effective(reading.take_text("at", Need::optional), zone, now)) {
        into = *at;
        return;
    }
    reading.fail(
        "at",
        phrase("`at`: expected 2025-12-05, 2025-12-05T09:30, an instant with its offset, "
               "`unknown`, or {{from, to}}; found `{0}`",
               "`at`：应为 2025-12-05、2025-12-05T09:30、带时差的时刻、`unknown` 或 "
               "{{from, to}}；实为 `{0}`",
               given->is_string() ? std::string{given->get_string()} : json::serialize(*given)));
}

}  // namespace

std::optional<Effective> read_effective(const std::string& text, const calendar::Zone& zone,
                                        Instant now) {
    if (text == "unknown") return Effective{Precision::unknown, now, CivilDate{}, now, zone.name()};
    if (const auto date = parse_civil_date(text)) {
        const Instant start = zone.day_start(*date);
        return Effective{Precision::date, start, *date, start, zone.name()};
    }
    const auto at = read_instant(text, zone);
    if (!at) return std::nullopt;
    return Effective{Precision::instant, *at, zone.local(*at).date, *at, zone.name()};
}

std::expected<GivenCommand, CommandProblem> command_from_json(const json::value& value,
                                                              const World& world, Instant now) {
    const auto problem = [](std::string key, Phrase words) {
        return std::unexpected{CommandProblem{std::move(key), std::move(words)}};
    };
    if (!value.is_object())
        return problem("", phrase("expected an object with `command`, found `{}`",
                                  "应为含 `command` 的对象，实为 `{}`", json::serialize(value)));
    Reading reading{value.get_object(), world};
    const std::string name = reading.take_text("command", Need::required);
    if (reading.problem) return std::unexpected{*reading.problem};
    auto command = command_named(name);
    if (!command) {
        const auto near = rule::suggestions(name, command_names());
        return problem(
            "command",
            near.empty()
                ? phrase("`command`: there is no command `{}`", "`command`：没有命令 `{}`", name)
                : phrase("`command`: there is no command `{0}`; did you mean `{1}`?",
                         "`command`：没有命令 `{0}`；是否指 `{1}`？", name, near.front()));
    }
    GivenCommand given{std::move(*command), {}};
    Meta& meta = given.meta;
    meta.id = CommandId{reading.take_text("id", Need::optional)};
    reading.person("by", meta.actor, Need::required);
    reading.person("on_behalf_of", meta.on_behalf_of, Need::optional);
    reading.text("because", meta.late_reason, Need::optional);
    if (world.rules == nullptr)
        return problem("", {"the log has no definitions yet: publish a library first",
                            "日志尚无定义：请先发布定义库"});
    read_at(reading, world, now, meta.effective);
    std::visit([&](auto& order) { list_fields(reading, order); }, given.command);
    reading.refuse_others(name);
    if (reading.problem) return std::unexpected{*reading.problem};
    return given;
}

}  // namespace dutylog::cli
