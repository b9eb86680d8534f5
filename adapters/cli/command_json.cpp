#include "adapters/cli/command_json.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <optional>
#include <set>

#include "adapters/cli/command_fields.hpp"
#include "adapters/cli/moments.hpp"
#include "adapters/cli/subjects.hpp"
#include "adapters/cli/value_json.hpp"
#include "engine/history/words.hpp"
#include "engine/rule/suggest.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

constexpr Delivery deliveries[] = {Delivery::sent,         Delivery::delivered, Delivery::read,
                                   Delivery::acknowledged, Delivery::failed,    Delivery::skipped};

/// Fills a command from an object. The first problem stops it.
class Reading {
public:
    Reading(const json::object& object, const World& world) : object_{object}, world_{world} {}

    std::optional<CommandProblem> problem;

    const json::value* take(std::string_view key, Need need) {
        used_.insert(std::string{key});
        const json::value* found = object_.if_contains(key);
        if (found != nullptr && !found->is_null()) return found;
        if (need == Need::required)
            fail(key, phrase("the key `{}` is missing", "缺少键 `{}`", key));
        return nullptr;
    }

    std::string take_text(std::string_view key, Need need) {
        const json::value* found = take(key, need);
        if (found == nullptr) return {};
        if (found->is_string()) return std::string{found->get_string()};
        if (found->is_number() || found->is_bool()) return json::serialize(*found);
        fail_at(key, {"a text", "文本"}, *found);
        return {};
    }

    void text(std::string_view key, std::string& into, Need need) { into = take_text(key, need); }
    void person(std::string_view key, ActorId& into, Need need) {
        into = ActorId{take_text(key, need)};
    }

    void texts(std::string_view key, std::vector<std::string>& into, Need need) {
        const json::value* found = take(key, need);
        if (found == nullptr) return;
        if (found->is_string()) {
            into.emplace_back(found->get_string());
            return;
        }
        if (!found->is_array()) return fail_at(key, {"a list of texts", "文本列表"}, *found);
        for (const json::value& item : found->get_array()) {
            if (!item.is_string()) return fail_at(key, {"a list of texts", "文本列表"}, *found);
            into.emplace_back(item.get_string());
        }
    }

    template <class Number>
    void number(std::string_view key, Number& into, Need need) {
        const std::string digits = take_text(key, need);
        if (digits.empty()) return;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), into);
        if (error != std::errc{} || end != digits.data() + digits.size())
            fail_at(key, {"a whole number, not negative", "非负整数"}, json::value(digits));
    }
    void cycle(std::string_view key, CycleNumber& into) { number(key, into, Need::optional); }
    void position(std::string_view key, std::uint64_t& into, Need need) { number(key, into, need); }

    void positions(std::string_view key, std::vector<Position>& into) {
        const json::value* found = take(key, Need::required);
        if (found == nullptr) return;
        const Phrase wanted{"a list of the places of events", "事件位置的列表"};
        if (!found->is_array()) return fail_at(key, wanted, *found);
        for (const json::value& item : found->get_array()) {
            if (!item.is_int64() || item.get_int64() <= 0) return fail_at(key, wanted, *found);
            into.push_back(static_cast<Position>(item.get_int64()));
        }
    }

    void truth(std::string_view key, bool& into, Need need) {
        const std::string word = take_text(key, need);
        if (word.empty()) return;
        if (word != "true" && word != "false")
            return fail_at(key, {"true or false", " true 或 false"}, json::value(word));
        into = word == "true";
    }

    void date(std::string_view key, CivilDate& into, Need need) {
        const std::string written = take_text(key, need);
        if (written.empty()) return;
        const auto date = parse_civil_date(written);
        if (!date)
            return fail_at(key, {"a date as 2025-12-05", "日期，如 2025-12-05"},
                           json::value(written));
        into = *date;
    }

    void instant(std::string_view key, Instant& into) {
        const std::string written = take_text(key, Need::required);
        if (problem) return;
        const auto at = parse_instant(written);
        if (!at)
            return fail_at(key,
                           {"an instant as 2025-12-05T09:00+08:00",
                            "时刻，如 2025-12-05T09:00+08:00"},
                           json::value(written));
        into = *at;
    }

    void digest(std::string_view key, Digest& into, Need need) {
        const std::string written = take_text(key, need);
        if (written.empty()) return;
        const auto digest = parse_digest(written);
        if (!digest)
            return fail_at(key, {"64 hexadecimal digits", "64 位十六进制数"}, json::value(written));
        into = *digest;
    }

    void delivery(std::string_view key, Delivery& into) {
        const std::string word = take_text(key, Need::required);
        for (const Delivery each : deliveries)
            if (history::word_of(each) == word) {
                into = each;
                return;
            }
        if (!problem)
            fail_at(key,
                    {"one of [sent, delivered, read, acknowledged, failed, skipped]",
                     "下列之一：[sent, delivered, read, acknowledged, failed, skipped]"},
                    json::value(word));
    }

    void subject(std::string_view key, Reference& into, Need need) {
        const std::string written = take_text(key, need);
        if (!written.empty()) find(key, written, "", into);
    }

    void new_subject(std::string_view key, Reference& into, std::string_view parent_key,
                     Reference& parent) {
        const std::string written = take_text(key, Need::required);
        const std::string in = take_text(parent_key, Need::optional);
        if (problem) return;
        const std::size_t slash = written.find('/');
        if (slash == std::string::npos || slash == 0 || slash + 1 == written.size())
            return fail_at(key, {"a kind and an id as `worker/zhang`", "类型与编号，如 `worker/zhang`"},
                           json::value(written));
        into = {written.substr(0, slash), written.substr(slash + 1)};
        if (in.empty()) return;
        const auto& kinds = world_.rules->library().kinds;
        const auto kind = kinds.find(into.kind);
        find(parent_key, in, kind == kinds.end() ? "" : kind->second.parent, parent);
    }

    void name(std::string_view key, Value& into) {
        const std::string written = take_text(key, Need::optional);
        if (!written.empty()) into = Value{written};
    }

    void fact(std::string_view key, std::string& fact, std::string_view of_key, Reference& of,
              std::string_view value_key, Value& value) {
        fact = take_text(key, Need::required);
        const std::string about = take_text(of_key, Need::required);
        const json::value* given = take(value_key, Need::optional);
        if (problem) return;
        const definition::FactType* type = world_.rules->fact(fact);
        if (type == nullptr) return fail(key, unknown_fact(key, fact));
        find(of_key, about, type->of, of);
        if (problem) return;
        const json::value none(json::object_kind);
        auto read = record_from_json(given == nullptr ? none : *given, type->fields,
                                     std::string{value_key}, "`" + fact + "`", world_);
        if (!read) return fail(read.error().key, read.error().words);
        value = std::move(*read);
    }

    void duty(std::string_view key, std::string_view of_key, StreamId& into) {
        const std::string definition = take_text(key, Need::required);
        const std::string of = take_text(of_key, Need::optional);
        if (problem) return;
        if (of.empty() && !definition.starts_with("duty/"))
            return fail(of_key, phrase("the key `{}` is missing: the subject of the duty",
                               "缺少键 `{}`：义务的对象", of_key));
        auto stream = find_duty(world_, definition, of);
        if (!stream) return fail_under(key, stream.error());
        into = std::move(*stream);
    }

    void form(std::string_view key, const StreamId& duty, const std::string& step, Value& into) {
        const json::value* given = take(key, Need::optional);
        if (given == nullptr || problem) return;
        std::vector<definition::FieldSpec> fields;
        if (const auto* declared = step_of(duty, step))
            for (const auto& field : declared->form) fields.push_back(field.spec);
        auto read = record_from_json(*given, fields, std::string{key}, "`" + step + "`", world_);
        if (!read) return fail(read.error().key, read.error().words);
        into = std::move(*read);
    }

    /// Keys that nothing asked for.
    void refuse_others(const std::string& command) {
        if (problem) return;
        const std::vector<std::string> known{used_.begin(), used_.end()};
        for (const auto& entry : object_) {
            const std::string key{entry.key()};
            if (used_.contains(key)) continue;
            const auto near = rule::suggestions(key, known);
            std::string list;
            for (const std::string& each : near.empty() ? known : near)
                list += (list.empty() ? "" : ", ") + each;
            return fail(key, phrase("`{0}` has no key `{1}`; it has: {2}",
                               "`{0}` 没有键 `{1}`；可用的键：{2}", command, key, list));
        }
    }

    void fail(std::string_view key, Phrase words) {
        if (!problem) problem = CommandProblem{std::string{key}, std::move(words)};
    }

private:
    void fail_at(std::string_view key, const Phrase& wanted, const json::value& found) {
        const std::string text =
            found.is_string() ? std::string{found.get_string()} : json::serialize(found);
        fail(key, {fmt::format("`{}`: expected {}, found `{}`", key, wanted.en, text),
              fmt::format("`{}`：应为{}，实为 `{}`", key, wanted.zh_cn, text)});
    }
    void fail_under(std::string_view key, const Phrase& message) {
        fail(key, {fmt::format("`{}`: {}", key, message.en), fmt::format("`{}`：{}", key, message.zh_cn)});
    }

    void find(std::string_view key, const std::string& written, const std::string& kind,
              Reference& into) {
        auto found = find_subject(world_, written, kind);
        if (!found) return fail_under(key, found.error());
        into = std::move(*found);
    }

    Phrase unknown_fact(std::string_view key, const std::string& fact) const {
        std::vector<std::string> known;
        for (const auto& [id, type] : world_.rules->library().facts) known.push_back(id);
        const auto near = rule::suggestions(fact, known);
        if (near.empty())
            return phrase("`{0}`: expected a fact type of the library, found `{1}`",
                          "`{0}`：应为定义库中的事实类型，实为 `{1}`", key, fact);
        return phrase("`{0}`: expected a fact type of the library, found `{1}`; did you mean `{2}`?",
                      "`{0}`：应为定义库中的事实类型，实为 `{1}`；是否指 `{2}`？", key, fact,
                      near.front());
    }

    const definition::Step* step_of(const StreamId& stream, const std::string& step) const {
        const Duty* duty = world_.duty(stream);
        const auto* definition =
            duty == nullptr ? nullptr : world_.rules->definition(duty->definition);
        return definition == nullptr ? nullptr : definition->step(step);
    }

    const json::object& object_;
    const World& world_;
    std::set<std::string> used_;
};

/// Puts a command into an object; what is empty is left out.
class Writing {
public:
    explicit Writing(json::object& into) : into_{into} {}

    void text(std::string_view key, const std::string& text, Need) {
        if (!text.empty()) into_[key] = text;
    }
    void person(std::string_view key, const ActorId& person, Need need) {
        text(key, person.str(), need);
    }
    void texts(std::string_view key, const std::vector<std::string>& texts, Need) {
        if (!texts.empty()) into_[key] = json::array(texts.begin(), texts.end());
    }
    void cycle(std::string_view key, CycleNumber cycle) {
        if (cycle != 0) into_[key] = cycle;
    }
    void position(std::string_view key, std::uint64_t position, Need need) {
        if (position != 0 || need == Need::required) into_[key] = position;
    }
    void positions(std::string_view key, const std::vector<Position>& positions) {
        into_[key] = json::array(positions.begin(), positions.end());
    }
    void truth(std::string_view key, bool truth, Need need) {
        if (truth || need == Need::required) into_[key] = truth;
    }
    void date(std::string_view key, CivilDate date, Need need) {
        if (date != CivilDate{} || need == Need::required) into_[key] = to_string(date);
    }
    void instant(std::string_view key, Instant at) { into_[key] = to_string(at); }
    void digest(std::string_view key, const Digest& digest, Need) { into_[key] = to_hex(digest); }
    void delivery(std::string_view key, Delivery delivery) {
        into_[key] = history::word_of(delivery);
    }
    void subject(std::string_view key, const Reference& subject, Need) {
        if (!subject.empty()) into_[key] = subject.kind + "/" + subject.id;
    }
    void new_subject(std::string_view key, const Reference& id, std::string_view parent_key,
                     const Reference& parent) {
        subject(key, id, Need::required);
        subject(parent_key, parent, Need::optional);
    }
    void name(std::string_view key, const Value& name) {
        if (!name.is_none()) into_[key] = plain_json(name);
    }
    void fact(std::string_view key, const std::string& fact, std::string_view of_key,
              const Reference& of, std::string_view value_key, const Value& value) {
        into_[key] = fact;
        subject(of_key, of, Need::required);
        form(value_key, {}, {}, value);
    }
    void duty(std::string_view key, std::string_view, const StreamId& duty) {
        into_[key] = duty.str();
    }
    void form(std::string_view key, const StreamId&, const std::string&, const Value& form) {
        const auto* record = form.as<Record>();
        if (record != nullptr && !record->empty()) into_[key] = plain_json(form);
    }

private:
    json::object& into_;
};

/// Makes the schema of one command.
class Describing {
public:
    json::object properties;
    json::array required;

    void add(std::string_view key, json::object schema, Need need) {
        properties[key] = std::move(schema);
        if (need == Need::required) required.emplace_back(key);
    }
    void add(std::string_view key, const char* type, const char* words, Need need) {
        add(key, {{"type", type}, {"description", words}}, need);
    }

    void text(std::string_view key, const std::string&, Need need) {
        add(key, {{"type", "string"}}, need);
    }
    void person(std::string_view key, const ActorId&, Need need) {
        add(key, "string", "the id of a person", need);
    }
    void texts(std::string_view key, const std::vector<std::string>&, Need need) {
        add(key, {{"type", "array"}, {"items", {{"type", "string"}}}}, need);
    }
    void cycle(std::string_view key, CycleNumber) {
        add(key, "integer", "left out: the oldest cycle in which it can be done", Need::optional);
    }
    void position(std::string_view key, std::uint64_t, Need need) {
        add(key, "integer", "the place of an event in the log", need);
    }
    void positions(std::string_view key, const std::vector<Position>&) {
        add(key, {{"type", "array"}, {"items", {{"type", "integer"}, {"minimum", 1}}}},
            Need::required);
    }
    void truth(std::string_view key, bool, Need need) { add(key, {{"type", "boolean"}}, need); }
    void date(std::string_view key, CivilDate, Need need) {
        add(key, {{"type", "string"}, {"format", "date"}}, need);
    }
    void instant(std::string_view key, Instant) {
        add(key, {{"type", "string"}, {"format", "date-time"}}, Need::required);
    }
    void digest(std::string_view key, const Digest&, Need need) {
        add(key, {{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}}, need);
    }
    void delivery(std::string_view key, Delivery) {
        json::array words;
        for (const Delivery each : deliveries) words.emplace_back(history::word_of(each));
        add(key, {{"enum", std::move(words)}}, Need::required);
    }
    void subject(std::string_view key, const Reference&, Need need) {
        add(key, "string", "a subject: `worker/zhang`, or the id alone", need);
    }
    void new_subject(std::string_view key, const Reference&, std::string_view parent_key,
                     const Reference&) {
        add(key, {{"type", "string"}, {"pattern", "^[^/]+/.+$"}}, Need::required);
        add(parent_key, "string", "the subject it lives in", Need::optional);
    }
    void name(std::string_view key, const Value&) { add(key, {{"type", "string"}}, Need::optional); }
    void fact(std::string_view key, const std::string&, std::string_view of_key, const Reference& of,
              std::string_view value_key, const Value&) {
        add(key, "string", "a fact type of the library", Need::required);
        subject(of_key, of, Need::required);
        add(value_key, "object", "fields as the fact type declares them", Need::optional);
    }
    void duty(std::string_view key, std::string_view of_key, const StreamId&) {
        add(key, "string", "the id of a definition, or a duty's stream", Need::required);
        add(of_key, "string", "the subject, or something inside it", Need::optional);
    }
    void form(std::string_view key, const StreamId&, const std::string&, const Value&) {
        add(key, "object", "fields as the step's form declares them", Need::optional);
    }
};

template <std::size_t... I>
std::optional<Command> command_named(std::string_view name, std::index_sequence<I...>) {
    std::optional<Command> found;
    ((std::variant_alternative_t<I, Command>::name == name
          ? void(found.emplace(std::in_place_index<I>))
          : void()),
     ...);
    return found;
}

using CommandKinds = std::make_index_sequence<std::variant_size_v<Command>>;

template <std::size_t... I>
std::vector<std::string> command_names(std::index_sequence<I...>) {
    return {std::string{std::variant_alternative_t<I, Command>::name}...};
}

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
    reading.fail("at", phrase("`at`: expected 2025-12-05, 2025-12-05T09:30, an instant with its offset, "
                        "`unknown`, or {{from, to}}; found `{0}`",
                        "`at`：应为 2025-12-05、2025-12-05T09:30、带时差的时刻、`unknown` 或 "
                        "{{from, to}}；实为 `{0}`",
                        given->is_string() ? std::string{given->get_string()}
                                           : json::serialize(*given)));
}

}  // namespace

std::optional<Effective> read_effective(const std::string& text, const calendar::Zone& zone,
                                        Instant now) {
    if (text == "unknown")
        return Effective{Precision::unknown, now, CivilDate{}, now, zone.name()};
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
    auto command = command_named(name, CommandKinds{});
    if (!command) {
        const auto near = rule::suggestions(name, command_names(CommandKinds{}));
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

json::object command_to_json(const Command& command, const Meta& meta) {
    json::object object{{"command", name_of(command)}};
    Writing writing{object};
    writing.text("id", meta.id.str(), Need::optional);
    writing.person("by", meta.actor, Need::optional);
    writing.person("on_behalf_of", meta.on_behalf_of, Need::optional);
    if (meta.effective.precision == Precision::date)
        object["at"] = to_string(meta.effective.date);
    else if (meta.effective.precision == Precision::unknown)
        object["at"] = "unknown";
    else if (meta.effective.precision == Precision::range)
        object["at"] = json::object{{"from", to_string(meta.effective.at)},
                                    {"to", to_string(meta.effective.until)}};
    else
        object["at"] = to_string(meta.effective.at);
    writing.text("because", meta.late_reason, Need::optional);
    Command copy = command;  // the list of fields serves reading as well, so it wants to change
    std::visit([&](auto& order) { list_fields(writing, order); }, copy);
    return object;
}

json::value command_schema() {
    json::array kinds;
    for (const std::string& name : command_names(CommandKinds{})) {
        Describing describing;
        describing.add("command", {{"const", name}}, Need::required);
        describing.add("id", "string", "made by the sender; a repeat gets the first answer",
                       Need::optional);
        describing.add("by", "string", "who acts: the id of a person or of a machine",
                       Need::required);
        describing.add("on_behalf_of", "string", "for whom", Need::optional);
        describing.add("at",
                       {{"description",
                         "when it was so: a date, a local time, an instant, `unknown`, or a range; "
                         "left out: now"},
                        {"type", {"string", "object"}}},
                       Need::optional);
        describing.add("because", "string", "why it is entered late", Need::optional);
        Command command = *command_named(name, CommandKinds{});
        std::visit([&](auto& order) { list_fields(describing, order); }, command);
        kinds.push_back(json::object{{"type", "object"},
                                     {"title", name},
                                     {"properties", std::move(describing.properties)},
                                     {"required", std::move(describing.required)},
                                     {"additionalProperties", false}});
    }
    return json::object{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                        {"title", "A command of Dutylog"},
                        {"oneOf", std::move(kinds)}};
}

}  // namespace dutylog::cli
