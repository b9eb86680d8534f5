#pragma once

#include <array>
#include <bit>
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
#include <cstring>
#include <map>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "engine/core/decimal.hpp"
#include "engine/core/digest.hpp"
#include "engine/log/codec_error.hpp"
#include "engine/log/utf8.hpp"

namespace dutylog::log {

/// What one archive may hold. The writer keeps the same limits, so what it wrote can be read.
struct ArchiveLimits {
    std::size_t bytes_max = std::size_t{16} << 20;  ///< of the whole archive
    std::size_t text_max = std::size_t{4} << 20;    ///< bytes of one string or byte string
    std::size_t count_max = 65'536;                 ///< elements of one list, map or set
    std::size_t elements_max = 1'000'000;           ///< elements of all of them together
    std::size_t depth_max = 64;                     ///< values within values
};

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

/// Writes cereal's portable binary form into memory: the byte 1 (little-endian), then every number
/// little-endian, every size as 64 bits. Byte for byte what `cereal::PortableBinaryOutputArchive`
/// writes on a little-endian machine, without its stream. Whole numbers only: nothing stored is a
/// floating-point number.
/// @throws EncodeError  a limit is passed
class ByteWriter : public cereal::OutputArchive<ByteWriter, cereal::AllowEmptyClassElision> {
public:
    explicit ByteWriter(ArchiveLimits limits = {}, Bytes reuse = {})
        : OutputArchive{this}, limits_{limits}, buffer_{std::move(reuse)} {
        buffer_.resize(std::max<std::size_t>(buffer_.capacity(), 256));
        write_number(std::uint8_t{1});
    }

    /// The bytes written; the writer is not used again.
    Bytes take() {
        buffer_.resize(used_);
        return std::move(buffer_);
    }
    /// The bytes written so far, until the next write.
    BytesView view() const { return {buffer_.data(), used_}; }

    void write(const void* data, std::size_t size) {
        if (size > buffer_.size() - used_) grow(size);
        if (size != 0) std::memcpy(buffer_.data() + used_, data, size);
        used_ += size;
    }

    template <std::integral T>
    void write_number(T number) {
        if constexpr (std::endian::native == std::endian::big && sizeof(T) > 1)
            number = std::byteswap(number);
        write(&number, sizeof number);
    }

    void write_count(std::uint64_t count) {
        if (count > limits_.count_max || count > limits_.elements_max - elements_)
            throw EncodeError{"too many elements for one archive"};
        elements_ += count;
        write_number(count);
    }

    void write_text(const void* data, std::size_t size) {
        if (size > limits_.text_max) throw EncodeError{"a text is too long for an archive"};
        write_number(std::uint64_t{size});
        write(data, size);
    }

    void enter() {
        if (++depth_ > limits_.depth_max) throw EncodeError{"values are nested too deeply"};
    }
    void leave() { --depth_; }

private:
    void grow(std::size_t size) {
        if (used_ + size > limits_.bytes_max) throw EncodeError{"an archive would be too long"};
        buffer_.resize(std::min(limits_.bytes_max, std::max(2 * buffer_.size(), used_ + size)));
    }

    ArchiveLimits limits_;
    Bytes buffer_;  ///< its size is room, `used_` of it are written
    std::size_t used_ = 0;
    std::size_t elements_ = 0;
    std::size_t depth_ = 0;
};

/// Reads what `ByteWriter` or cereal's portable archive wrote, and nothing else: every count is
/// checked against what is left before room is made for it, and `finish` refuses left-over bytes.
/// The bytes outlive the reader.
/// @throws DecodeError  from every call, at the first byte that cannot be
class ByteReader : public cereal::InputArchive<ByteReader, cereal::AllowEmptyClassElision> {
public:
    explicit ByteReader(BytesView bytes, ArchiveLimits limits = {})
        : InputArchive{this}, bytes_{bytes}, limits_{limits} {
        if (bytes.size() > limits.bytes_max) fail("an archive within the limit of bytes");
        if (read_number<std::uint8_t>() != 1) fail_before(1, "the byte 1 (little-endian)");
    }

    std::size_t remaining() const noexcept { return bytes_.size() - at_; }
    std::size_t offset() const noexcept { return at_; }
    const ArchiveLimits& limits() const noexcept { return limits_; }

    /// Says that the value ends here.
    void finish() const {
        if (remaining() != 0) fail("the end of the archive");
    }

    void read(void* into, std::size_t size) {
        if (size > remaining()) fail("more bytes than there are");
        if (size != 0) std::memcpy(into, bytes_.data() + at_, size);
        at_ += size;
    }

    template <std::integral T>
    T read_number() {
        T number;
        read(&number, sizeof number);
        if constexpr (std::endian::native == std::endian::big && sizeof(T) > 1)
            number = std::byteswap(number);
        return number;
    }

    bool read_truth() {
        const auto byte = read_number<std::uint8_t>();
        if (byte > 1) fail_before(1, "a truth value, 0 or 1");
        return byte == 1;
    }

    /// A count of elements that take at least `bytes_each` bytes.
    std::size_t read_count(std::size_t bytes_each = 1) {
        const auto count = read_number<std::uint64_t>();
        if (count > limits_.count_max) fail_before(8, "a count within the limit");
        if (count > remaining() / bytes_each) fail_before(8, "a count that fits the bytes left");
        if (count > limits_.elements_max - elements_) fail_before(8, "fewer elements in all");
        elements_ += count;
        return static_cast<std::size_t>(count);
    }

    /// The bytes of one string, seen in place.
    BytesView read_text() {
        const auto size = read_number<std::uint64_t>();
        if (size > limits_.text_max) fail_before(8, "a text within the limit");
        if (size > remaining()) fail_before(8, "a text that fits the bytes left");
        const BytesView text = bytes_.subspan(at_, static_cast<std::size_t>(size));
        at_ += text.size();
        return text;
    }

    void enter() {
        if (++depth_ > limits_.depth_max) fail("values nested within the limit");
    }
    void leave() noexcept { --depth_; }

    [[noreturn]] void fail(const char* expected) const {
        throw DecodeError{std::string{"expected "} + expected, at_};
    }
    [[noreturn]] void fail_before(std::size_t bytes, const char* expected) const {
        throw DecodeError{std::string{"expected "} + expected, at_ - bytes};
    }

private:
    BytesView bytes_;
    ArchiveLimits limits_;
    std::size_t at_ = 0;
    std::size_t elements_ = 0;
    std::size_t depth_ = 0;
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
