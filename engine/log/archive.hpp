#pragma once

#include <algorithm>
#include <cereal/cereal.hpp>
#include <cereal/types/array.hpp>
#include <cereal/types/common.hpp>
#include <cereal/types/map.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/set.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/utility.hpp>
#include <cereal/types/variant.hpp>
#include <cereal/types/vector.hpp>
#include <concepts>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "engine/core/decimal.hpp"
#include "engine/log/byte_reader.hpp"
#include "engine/log/byte_writer.hpp"
#include "engine/log/utf8.hpp"

namespace dutylog::log {

/// Counts how deep a recursive type has got; see `value_codec.hpp`.
template <class Archive>
class Nested {
public:
    explicit Nested(Archive& archive) : archive_{archive} {
        if constexpr (counts) archive_.enter();
    }
    ~Nested() {
        if constexpr (counts) archive_.leave();
    }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

private:
    static constexpr bool counts = requires(Archive& archive) { archive.enter(); };
    Archive& archive_;
};

// What cereal asks an archive for. Overloads for one archive win over cereal's general ones.

template <std::integral T>
void save(ByteWriter& archive, const T& number) {
    archive.write_number(number);
}
template <std::integral T>
void load(ByteReader& archive, T& number) {
    if constexpr (std::is_same_v<T, bool>)
        number = archive.read_truth();
    else
        number = archive.read_number<T>();
}

template <class T>
void serialize(ByteWriter& archive, cereal::NameValuePair<T>& pair) {
    archive(pair.value);
}
template <class T>
void serialize(ByteReader& archive, cereal::NameValuePair<T>& pair) {
    archive(pair.value);
}

template <class T>
void serialize(ByteWriter& archive, cereal::SizeTag<T>& tag) {
    archive.write_count(tag.size);
}
template <class T>
void serialize(ByteReader& archive, cereal::SizeTag<T>& tag) {
    tag.size = archive.read_count();
}

/// Arrays of numbers of a fixed length; only single bytes are copied as they are.
template <class T>
    requires(sizeof(std::remove_pointer_t<T>) == 1)
void save(ByteWriter& archive, const cereal::BinaryData<T>& data) {
    archive.write(data.data, static_cast<std::size_t>(data.size));
}
template <class T>
    requires(sizeof(std::remove_pointer_t<T>) == 1)
void load(ByteReader& archive, cereal::BinaryData<T>& data) {
    archive.read(data.data, static_cast<std::size_t>(data.size));
}

/// Text is UTF-8; other bytes belong in `Bytes`.
inline void save(ByteWriter& archive, const std::string& text) {
    if (!is_utf8(text)) throw EncodeError{"a text is not UTF-8"};
    archive.write_text(text.data(), text.size());
}
inline void load(ByteReader& archive, std::string& text) {
    const BytesView bytes = archive.read_text();
    text.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (!is_utf8(text)) archive.fail_before(bytes.size(), "a text in UTF-8");
}

inline void save(ByteWriter& archive, const Bytes& bytes) {
    archive.write_text(bytes.data(), bytes.size());
}
inline void load(ByteReader& archive, Bytes& bytes) {
    const BytesView read = archive.read_text();
    bytes.assign(read.begin(), read.end());
}

template <class T>
void save(ByteWriter& archive, const std::vector<T>& list) {
    archive.write_count(list.size());
    for (const T& item : list) archive(item);
}
/// Room is made as elements arrive, so a large count alone costs no memory.
template <class T>
void load(ByteReader& archive, std::vector<T>& list) {
    static_assert(!std::is_same_v<T, bool>, "keep truth values as bytes");
    const std::size_t count = archive.read_count(std::is_arithmetic_v<T> ? sizeof(T) : 1);
    list.clear();
    list.reserve(std::min<std::size_t>(count, 256));
    for (std::size_t i = 0; i < count; ++i) archive(list.emplace_back());
}

/// Keys stand in ascending order and once, as they were written.
template <class K, class V, class Less>
void load(ByteReader& archive, std::map<K, V, Less>& map) {
    const std::size_t count = archive.read_count();
    map.clear();
    for (std::size_t i = 0; i < count; ++i) {
        std::pair<K, V> item;
        archive(item.first);
        if (!map.empty() && !map.key_comp()(map.rbegin()->first, item.first))
            archive.fail("keys in ascending order");
        archive(item.second);
        map.insert(map.end(), std::move(item));
    }
}
template <class K, class Less>
void load(ByteReader& archive, std::set<K, Less>& set) {
    const std::size_t count = archive.read_count();
    set.clear();
    for (std::size_t i = 0; i < count; ++i) {
        K key;
        archive(key);
        if (!set.empty() && !set.key_comp()(*set.rbegin(), key))
            archive.fail("keys in ascending order");
        set.insert(set.end(), std::move(key));
    }
}

namespace detail {
template <class Variant, std::size_t... I>
void load_alternative(ByteReader& archive, Variant& variant, std::size_t index,
                      std::index_sequence<I...>) {
    const auto load_one = [&]<std::size_t N>(std::integral_constant<std::size_t, N>) {
        if (variant.index() == N)
            archive(std::get<N>(variant));
        else
            archive(variant.template emplace<N>());
    };
    (void)((index == I && (load_one(std::integral_constant<std::size_t, I>{}), true)) || ...);
}
}  // namespace detail

template <class... Alternatives>
void load(ByteReader& archive, std::variant<Alternatives...>& variant) {
    const auto index = archive.read_number<std::int32_t>();
    if (index < 0 || static_cast<std::size_t>(index) >= sizeof...(Alternatives))
        archive.fail_before(4, "the number of an alternative");
    detail::load_alternative(archive, variant, static_cast<std::size_t>(index),
                             std::index_sequence_for<Alternatives...>{});
}

/// An enumeration that has `last_of(E)` beside it is read only up to that enumerator.
template <class E>
    requires std::is_enum_v<E> && requires(E e) { last_of(e); }
void epilogue(ByteReader& archive, const E& value) {
    if (value < E{} || value > last_of(value)) archive.fail_before(sizeof(E), "a known enumerator");
}

/// Refuses what an archive holds, with the place where the archive knows it.
template <class Archive>
[[noreturn]] void refuse(Archive& archive, const char* expected) {
    if constexpr (requires { archive.fail(expected); }) archive.fail(expected);
    throw DecodeError{std::string{"expected "} + expected, 0};
}

/// A decimal has one form only.
inline void epilogue(ByteReader& archive, const Decimal& number) {
    if (Decimal::of(number.mantissa(), number.scale()) != number)
        archive.fail_before(1, "a decimal without trailing zeros");
}

/// One value as an archive of its own.
template <class T>
Bytes to_bytes(const T& value, ArchiveLimits limits = {}) {
    ByteWriter writer{limits};
    writer(value);
    return writer.take();
}
/// @throws DecodeError  the bytes are not exactly one `T`
template <class T>
void from_bytes(BytesView bytes, T& into, ArchiveLimits limits = {}) {
    ByteReader reader{bytes, limits};
    reader(into);
    reader.finish();
}
template <class T>
T from_bytes(BytesView bytes, ArchiveLimits limits = {}) {
    T value;
    from_bytes(bytes, value, limits);
    return value;
}

}  // namespace dutylog::log

CEREAL_REGISTER_ARCHIVE(dutylog::log::ByteWriter)
CEREAL_REGISTER_ARCHIVE(dutylog::log::ByteReader)
CEREAL_SETUP_ARCHIVE_TRAITS(dutylog::log::ByteReader, dutylog::log::ByteWriter)
