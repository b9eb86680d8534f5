#pragma once

#include <algorithm>
#include <cereal/cereal.hpp>
#include <concepts>
#include <utility>

#include "engine/core/value.hpp"
#include "engine/log/archive.hpp"

// How the values of library data are archived: one tag byte (the place in `Value::Variant`), then
// the content. Records stand in name order; an archive that says otherwise is refused.

namespace dutylog {

template <class Archive>
void serialize(Archive& archive, Quantity& quantity) {
    archive(cereal::make_nvp("amount", quantity.amount), cereal::make_nvp("unit", quantity.unit));
}

template <class Archive>
void serialize(Archive& archive, Reference& reference) {
    archive(cereal::make_nvp("kind", reference.kind), cereal::make_nvp("id", reference.id));
}

template <class Archive>
void serialize(Archive& archive, Sealed& sealed) {
    archive(cereal::make_nvp("key", sealed.key), cereal::make_nvp("nonce", sealed.nonce),
            cereal::make_nvp("ciphertext", sealed.ciphertext));
}

// The kinds of value turn into a `Value` by themselves; `same_as` keeps these from taking them.
template <class Archive, std::same_as<Value> V>
void save(Archive& archive, const V& value);
template <class Archive, std::same_as<Value> V>
void load(Archive& archive, V& value);

template <class Archive>
void save(Archive& archive, const Record& record) {
    archive(cereal::make_size_tag(static_cast<cereal::size_type>(record.fields().size())));
    for (const Field& field : record.fields()) archive(field.name, field.value);
}

/// @throws log::DecodeError  names that are not in ascending order, or stand twice
template <class Archive>
void load(Archive& archive, Record& record) {
    cereal::size_type count = 0;
    archive(cereal::make_size_tag(count));
    std::vector<Field>& fields = record.fields();
    fields.clear();
    fields.reserve(static_cast<std::size_t>(std::min<cereal::size_type>(count, 64)));
    for (cereal::size_type i = 0; i < count; ++i) {
        Field& field = fields.emplace_back();
        archive(field.name);
        if (i > 0 && fields[fields.size() - 2].name >= field.name)
            log::refuse(archive, "field names in ascending order");
        archive(field.value);
    }
}

namespace detail {

template <class Archive, std::size_t... I>
bool load_value(Archive& archive, Value& value, std::size_t tag, std::index_sequence<I...>) {
    return ((tag == I && (archive(value.data().template emplace<I>()), true)) || ...);
}

}  // namespace detail

template <class Archive, std::same_as<Value> V>
void save(Archive& archive, const V& value) {
    const log::Nested<Archive> nested{archive};
    archive(static_cast<std::uint8_t>(value.data().index()));
    std::visit([&](const auto& content) { archive(content); }, value.data());
}

template <class Archive, std::same_as<Value> V>
void load(Archive& archive, V& value) {
    const log::Nested<Archive> nested{archive};
    std::uint8_t tag = 0;
    archive(tag);
    constexpr std::size_t kinds = std::variant_size_v<Value::Variant>;
    if (!detail::load_value(archive, value, tag, std::make_index_sequence<kinds>{}))
        log::refuse(archive, "the tag of a value");
}

}  // namespace dutylog
