#pragma once

#include <boost/json.hpp>
#include <cereal/cereal.hpp>
#include <concepts>
#include <map>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "engine/core/digest.hpp"
#include "engine/core/effective.hpp"
#include "engine/core/id.hpp"
#include "engine/core/period.hpp"
#include "engine/core/text.hpp"
#include "engine/core/value.hpp"

namespace dutylog::log {

/// JSON of a value of library data (docs/format.md). Kinds that JSON has not are objects with one
/// name that begins with `$`: `{"$date": "2025-12-05"}`. Nothing is lost and nothing is ambiguous.
boost::json::value to_json(const Value& value);
boost::json::value to_json(const Record& record);
boost::json::value to_json(const Sealed& sealed);
boost::json::value to_json(const Quantity& quantity);
boost::json::value to_json(const Reference& reference);
boost::json::value to_json(const Effective& effective);
boost::json::value to_json(const Text& text);
/// Byte strings are base64, digests hexadecimal, numbers of the core their written form.
boost::json::value to_json(const Bytes& bytes);
boost::json::value to_json(const Digest& digest);
boost::json::value to_json(Decimal number);
boost::json::value to_json(CivilDate date);
boost::json::value to_json(Instant at);
boost::json::value to_json(Period period);

/// Any type whose fields are listed for cereal, containers of such, and the types above.
template <class T>
boost::json::value json_of(const T& value);

/// Takes the field list that also makes the bytes, and makes a JSON object of it: the names are
/// those of `cereal::make_nvp`; a field without a name is called `value0`, `value1`, ….
class JsonWriter {
public:
    using is_saving = std::true_type;
    using is_loading = std::false_type;

    template <class... Fields>
    JsonWriter& operator()(Fields&&... fields) {
        (add(fields), ...);
        return *this;
    }
    boost::json::object take() { return std::move(object_); }

private:
    template <class T>
    void add(const cereal::NameValuePair<T>& field) {
        object_[field.name] = json_of(field.value);
    }
    template <class T>
    void add(const T& field) {
        object_["value" + std::to_string(unnamed_++)] = json_of(field);
    }

    boost::json::object object_;
    int unnamed_ = 0;
};

namespace detail {

template <class T>
constexpr bool is_id = false;
template <class Tag>
constexpr bool is_id<Id<Tag>> = true;
template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;
template <class T>
constexpr bool is_variant = false;
template <class... T>
constexpr bool is_variant<std::variant<T...>> = true;
template <class T>
constexpr bool is_pair = false;
template <class A, class B>
constexpr bool is_pair<std::pair<A, B>> = true;
template <class T>
constexpr bool is_named_map = false;
template <class V, class Less>
constexpr bool is_named_map<std::map<std::string, V, Less>> = true;
template <class Tag, class V, class Less>
constexpr bool is_named_map<std::map<Id<Tag>, V, Less>> = true;

/// Written by one of the functions above; the type itself, not what would turn into it.
template <class T>
concept CoreType =
    std::same_as<T, Value> || std::same_as<T, Record> || std::same_as<T, Sealed> ||
    std::same_as<T, Quantity> || std::same_as<T, Reference> || std::same_as<T, Effective> ||
    std::same_as<T, Text> || std::same_as<T, Bytes> || std::same_as<T, Digest> ||
    std::same_as<T, Decimal> || std::same_as<T, CivilDate> || std::same_as<T, Instant> ||
    std::same_as<T, Period>;

template <class E>
concept NamedEnum = std::is_enum_v<E> && requires(E e) {
    { to_string(e) } -> std::convertible_to<std::string_view>;
};

template <class T>
const std::string& key_text(const T& key) {
    if constexpr (is_id<T>)
        return key.str();
    else
        return key;
}

template <class T>
boost::json::value fields_of(const T& object) {
    JsonWriter writer;
    auto& fields = const_cast<T&>(object);  // the field list is one for reading and writing
    if constexpr (requires { cereal::access::member_serialize(writer, fields); })
        cereal::access::member_serialize(writer, fields);
    else if constexpr (requires { cereal::access::member_save(writer, object); })
        cereal::access::member_save(writer, object);
    else if constexpr (requires { serialize(writer, fields); })
        serialize(writer, fields);
    else
        save(writer, object);
    return writer.take();
}

template <class T>
boost::json::value list_of(const T& list) {
    boost::json::array array;
    for (const auto& item : list) array.push_back(json_of(item));
    return array;
}

template <class T>
boost::json::value map_of(const T& map) {
    boost::json::object object;
    for (const auto& [key, value] : map) object[key_text(key)] = json_of(value);
    return object;
}

template <class T>
boost::json::value alternative_of(const T& variant) {
    if (variant.valueless_by_exception()) return nullptr;
    return boost::json::object{
        {"kind", variant.index()},
        {"value", std::visit([](const auto& content) { return json_of(content); }, variant)}};
}

}  // namespace detail

template <class T>
boost::json::value json_of(const T& value) {
    if constexpr (detail::CoreType<T>)
        return to_json(value);
    else if constexpr (std::same_as<T, std::monostate>)
        return nullptr;
    else if constexpr (std::same_as<T, bool>)
        return value;
    else if constexpr (detail::NamedEnum<T>)
        return boost::json::string{std::string_view{to_string(value)}};
    else if constexpr (std::is_enum_v<T>)
        return json_of(static_cast<std::underlying_type_t<T>>(value));
    else if constexpr (std::signed_integral<T>)
        return static_cast<std::int64_t>(value);
    else if constexpr (std::unsigned_integral<T>)
        return static_cast<std::uint64_t>(value);
    else if constexpr (detail::is_id<T>)
        return boost::json::string{value.str()};
    else if constexpr (std::convertible_to<const T&, std::string_view>)
        return boost::json::string{std::string_view{value}};
    else if constexpr (detail::is_optional<T>)
        return value ? json_of(*value) : boost::json::value(nullptr);
    else if constexpr (detail::is_variant<T>)
        return detail::alternative_of(value);
    else if constexpr (detail::is_pair<T>)
        return boost::json::array{json_of(value.first), json_of(value.second)};
    else if constexpr (detail::is_named_map<T>)
        return detail::map_of(value);
    else if constexpr (std::ranges::range<T>)
        return detail::list_of(value);
    else
        return detail::fields_of(value);
}

}  // namespace dutylog::log
