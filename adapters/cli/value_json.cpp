#include "adapters/cli/value_json.hpp"

#include <boost/json.hpp>
#include <cmath>

#include "engine/rule/suggest.hpp"
#include "engine/scenario/typed.hpp"

namespace dutylog::cli {

namespace json = boost::json;
using definition::Node;

namespace {

/// The digits of a JSON number as its writer meant them: the shortest that give the same number.
/// Up to 15 digits that is what was written.
std::string digits_of(double number) { return fmt::format("{}", number); }

Node node_of(const json::value& value) {
    Node node;
    switch (value.kind()) {
        case json::kind::null:
            return node;
        case json::kind::array:
            node.kind = Node::Kind::sequence;
            for (const json::value& item : value.get_array()) node.items.push_back(node_of(item));
            return node;
        case json::kind::object:
            node.kind = Node::Kind::mapping;
            for (const auto& entry : value.get_object()) {
                Node key;
                key.kind = Node::Kind::scalar;
                key.text = std::string{entry.key()};
                node.entries.push_back({std::move(key), node_of(entry.value())});
            }
            return node;
        default:
            node.kind = Node::Kind::scalar;
            if (value.is_string())
                node.text = std::string{value.get_string()};
            else
                node.text =
                    value.is_double() ? digits_of(value.get_double()) : json::serialize(value);
            return node;
    }
}

std::string written(const json::value& value) {
    return value.is_string() ? std::string{value.get_string()} : json::serialize(value);
}

ValueProblem expected_but(const std::string& key, const Phrase& wanted, const json::value& found) {
    return {key,
            {fmt::format("`{}`: expected {}, found `{}`", key, wanted.en, written(found)),
             fmt::format("`{}`：应为{}，实为 `{}`", key, wanted.zh_cn, written(found))}};
}

bool is_one_of(const Value& value, const std::vector<std::string>& words) {
    const auto* word = value.as<std::string>();
    for (const std::string& known : words)
        if (word != nullptr && known == *word) return true;
    return false;
}

/// What `Typed` lets pass because the machine would refuse it later, with less to say.
bool fits_closely(const Value& value, const rule::Type& type) {
    if (type.kind == rule::Kind::enumeration) return is_one_of(value, type.words);
    if (const auto* quantity = value.as<Quantity>(); quantity != nullptr && !type.unit.empty())
        return quantity->unit == type.unit;
    return true;
}

}  // namespace

json::value plain_json(const Value& value) {
    if (value.is_none()) return nullptr;
    if (const auto* truth = value.as<bool>()) return *truth;
    if (const auto* number = value.as<std::int64_t>()) return *number;
    if (const auto* text = value.as<std::string>()) return json::value(*text);
    if (const auto* reference = value.as<Reference>())
        return json::value(reference->kind + "/" + reference->id);
    if (const auto* list = value.as<List>()) {
        json::array array;
        for (const Value& item : *list) array.push_back(plain_json(item));
        return array;
    }
    if (const auto* record = value.as<Record>()) {
        json::object object;
        for (const Field& field : record->fields()) object[field.name] = plain_json(field.value);
        return object;
    }
    return json::value(to_string(value));
}

Phrase words_for(const rule::Type& type) {
    using rule::Kind;
    switch (type.kind) {
        case Kind::truth:
            return {"true or false", " true 或 false"};
        case Kind::integer:
            return {"a whole number", "整数"};
        case Kind::decimal:
            return {"a number", "数"};
        case Kind::quantity:
            if (type.unit.empty())
                return {"a number with its unit as `0.6 m/s`", "带单位的数，如 `0.6 m/s`"};
            return phrase("a number with its unit as `0.6 {0}`", "带单位的数，如 `0.6 {0}`",
                          type.unit);
        case Kind::date:
            return {"a date as 2025-12-05", "日期，如 2025-12-05"};
        case Kind::instant:
            return {"an instant as 2025-12-05T09:00+08:00", "时刻，如 2025-12-05T09:00+08:00"};
        case Kind::period:
            return {"a period as `15 days`", "期间，如 `15 days`"};
        case Kind::reference:
            return phrase("the id of a known {0}", "已有 {0} 的编号",
                          type.name.empty() ? "subject" : type.name);
        case Kind::enumeration: {
            std::string list;
            for (const std::string& word : type.words) list += (list.empty() ? "" : ", ") + word;
            return phrase("one of [{}]", "下列之一：[{}]", list);
        }
        case Kind::list:
            return {"a list", "列表"};
        default:
            return {"a text", "文本"};
    }
}

std::expected<Value, ValueProblem> value_from_json(const json::value& value, const rule::Type& type,
                                                   const std::string& key,
                                                   const pdca::World& world) {
    const bool scalar = !value.is_array() && !value.is_object();
    if (!scalar && type.kind != rule::Kind::list && type.kind != rule::Kind::record &&
        type.kind != rule::Kind::any)
        return std::unexpected{expected_but(key, words_for(type), value)};
    if (value.is_double() && type.kind != rule::Kind::decimal && type.kind != rule::Kind::any)
        return std::unexpected{expected_but(key, words_for(type), value)};
    auto read = scenario::Typed{world}.value(node_of(value), type);
    if (!read || !fits_closely(*read, type))
        return std::unexpected{expected_but(key, words_for(type), value)};
    return std::move(*read);
}

std::expected<Value, ValueProblem> record_from_json(
    const json::value& value, const std::vector<definition::FieldSpec>& fields,
    const std::string& key, const std::string& what, const pdca::World& world) {
    if (!value.is_object())
        return std::unexpected{
            expected_but(key, {"an object with named fields", "含有字段的对象"}, value)};
    Record record;
    for (const auto& entry : value.get_object()) {
        const std::string name{entry.key()};
        const definition::FieldSpec* spec = nullptr;
        std::vector<std::string> known;
        for (const definition::FieldSpec& field : fields) {
            known.push_back(field.id);
            if (field.id == name) spec = &field;
        }
        if (spec == nullptr) {
            const auto near = rule::suggestions(name, known);
            std::string list;
            for (const std::string& id : near.empty() ? known : near)
                list += (list.empty() ? "" : ", ") + id;
            return std::unexpected{ValueProblem{
                key + "." + name, phrase("`{0}.{1}`: {2} has no such field; it has: {3}",
                                         "`{0}.{1}`：{2} 没有此字段；可用字段：{3}", key, name,
                                         what, list.empty() ? "-" : list)}};
        }
        auto read = value_from_json(entry.value(), spec->type, key + "." + name, world);
        if (!read) return read;
        if (!read->is_none()) record.set(name, std::move(*read));
    }
    return Value{std::move(record)};
}

}  // namespace dutylog::cli
