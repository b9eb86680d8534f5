#include "adapters/cli/command_reading.hpp"

#include "adapters/cli/command_kinds.hpp"
#include "adapters/cli/subjects.hpp"
#include "adapters/cli/value_json.hpp"
#include "engine/history/words.hpp"
#include "engine/rule/suggest.hpp"

namespace dutylog::cli {

namespace json = boost::json;

const json::value* Reading::take(std::string_view key, Need need) {
    used_.insert(std::string{key});
    const json::value* found = object_.if_contains(key);
    if (found != nullptr && !found->is_null()) return found;
    if (need == Need::required) fail(key, phrase("the key `{}` is missing", "缺少键 `{}`", key));
    return nullptr;
}

std::string Reading::take_text(std::string_view key, Need need) {
    const json::value* found = take(key, need);
    if (found == nullptr) return {};
    if (found->is_string()) return std::string{found->get_string()};
    if (found->is_number() || found->is_bool()) return json::serialize(*found);
    fail_at(key, {"a text", "文本"}, *found);
    return {};
}

void Reading::person(std::string_view key, ActorId& into, Need need) {
    into = ActorId{take_text(key, need)};
}

void Reading::texts(std::string_view key, std::vector<std::string>& into, Need need) {
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

void Reading::positions(std::string_view key, std::vector<Position>& into) {
    const json::value* found = take(key, Need::required);
    if (found == nullptr) return;
    const Phrase wanted{"a list of the places of events", "事件位置的列表"};
    const json::array one{*found};
    for (const json::value& item : found->is_array() ? found->get_array() : one) {
        // `positions=47` on a command line is a text.
        const std::string digits =
            item.is_string() ? std::string{item.get_string()} : json::serialize(item);
        Position position = 0;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), position);
        if (error != std::errc{} || end != digits.data() + digits.size() || position == 0)
            return fail_at(key, wanted, *found);
        into.push_back(position);
    }
}

void Reading::truth(std::string_view key, bool& into, Need need) {
    const std::string word = take_text(key, need);
    if (word.empty()) return;
    if (word != "true" && word != "false")
        return fail_at(key, {"true or false", " true 或 false"}, json::value(word));
    into = word == "true";
}

void Reading::date(std::string_view key, CivilDate& into, Need need) {
    const std::string written = take_text(key, need);
    if (written.empty()) return;
    const auto date = parse_civil_date(written);
    if (!date)
        return fail_at(key, {"a date as 2025-12-05", "日期，如 2025-12-05"}, json::value(written));
    into = *date;
}

void Reading::instant(std::string_view key, Instant& into) {
    const std::string written = take_text(key, Need::required);
    if (problem) return;
    const auto at = parse_instant(written);
    if (!at)
        return fail_at(key,
                       {"an instant as 2025-12-05T09:00+08:00", "时刻，如 2025-12-05T09:00+08:00"},
                       json::value(written));
    into = *at;
}

void Reading::digest(std::string_view key, Digest& into, Need need) {
    const std::string written = take_text(key, need);
    if (written.empty()) return;
    const auto digest = parse_digest(written);
    if (!digest)
        return fail_at(key, {"64 hexadecimal digits", "64 位十六进制数"}, json::value(written));
    into = *digest;
}

void Reading::delivery(std::string_view key, Delivery& into) {
    const std::string word = take_text(key, Need::required);
    for (const Delivery each : deliveries())
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

void Reading::subject(std::string_view key, Reference& into, Need need) {
    const std::string written = take_text(key, need);
    if (!written.empty()) find(key, written, "", into);
}

void Reading::new_subject(std::string_view key, Reference& into, std::string_view parent_key,
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

void Reading::name(std::string_view key, Value& into) {
    const std::string written = take_text(key, Need::optional);
    if (!written.empty()) into = Value{written};
}

void Reading::words(std::string_view key, Value& into) {
    const std::string written = take_text(key, Need::required);
    if (!written.empty()) into = Value{written};
}

void Reading::fact(std::string_view key, std::string& fact, std::string_view of_key, Reference& of,
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

void Reading::duty(std::string_view key, std::string_view of_key, StreamId& into) {
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

void Reading::form(std::string_view key, const StreamId& duty, const std::string& step,
                   Value& into) {
    const json::value* given = take(key, Need::optional);
    if (given == nullptr || problem) return;
    std::vector<definition::FieldSpec> fields;
    if (const auto* declared = step_of(duty, step))
        for (const auto& field : declared->form) fields.push_back(field.spec);
    auto read = record_from_json(*given, fields, std::string{key}, "`" + step + "`", world_);
    if (!read) return fail(read.error().key, read.error().words);
    into = std::move(*read);
}

void Reading::refuse_others(const std::string& command) {
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

void Reading::fail(std::string_view key, Phrase words) {
    if (!problem) problem = CommandProblem{std::string{key}, std::move(words)};
}

void Reading::fail_at(std::string_view key, const Phrase& wanted, const json::value& found) {
    const std::string text =
        found.is_string() ? std::string{found.get_string()} : json::serialize(found);
    fail(key, {fmt::format("`{}`: expected {}, found `{}`", key, wanted.en, text),
               fmt::format("`{}`：应为{}，实为 `{}`", key, wanted.zh_cn, text)});
}

void Reading::fail_under(std::string_view key, const Phrase& message) {
    fail(key,
         {fmt::format("`{}`: {}", key, message.en), fmt::format("`{}`：{}", key, message.zh_cn)});
}

void Reading::find(std::string_view key, const std::string& written, const std::string& kind,
                   Reference& into) {
    auto found = find_subject(world_, written, kind);
    if (!found) return fail_under(key, found.error());
    into = std::move(*found);
}

Phrase Reading::unknown_fact(std::string_view key, const std::string& fact) const {
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

const definition::Step* Reading::step_of(const StreamId& stream, const std::string& step) const {
    const Duty* duty = world_.duty(stream);
    const auto* definition = duty == nullptr ? nullptr : world_.rules->definition(duty->definition);
    return definition == nullptr ? nullptr : definition->step(step);
}

}  // namespace dutylog::cli
