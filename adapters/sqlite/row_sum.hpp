#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "engine/core/digest.hpp"

namespace dutylog::sqlite {

/// A checksum kept in a row that nothing else proves: FNV-1a over words of 64 bits, little-endian;
/// columns in order, texts and bytes behind their length and filled up with zeros. Every step is a
/// bijection, so a change within one word always shows. It guards against damage, not against
/// forgery: what can be forged is derived again from the events by `verify`.
class RowSum {
public:
    template <class... Columns>
    static std::int64_t of(const Columns&... columns) {
        RowSum sum;
        (sum.add(columns), ...);
        return static_cast<std::int64_t>(sum.value_);
    }

private:
    template <std::integral T>
    void add(T number) {
        value_ = (value_ ^ static_cast<std::uint64_t>(number)) * 0x100000001b3;
    }
    void add(BytesView bytes) {
        add(bytes.size());
        for (; bytes.size() >= 8; bytes = bytes.subspan(8)) add(word(bytes.first(8)));
        if (!bytes.empty()) add(word(bytes));
    }
    void add(std::string_view text) { add(bytes_of(text)); }
    void add(const Digest& digest) { add(BytesView{digest.bytes}); }

    static std::uint64_t word(BytesView bytes) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), bytes.size());
        if constexpr (std::endian::native == std::endian::big) word = std::byteswap(word);
        return word;
    }

    std::uint64_t value_ = 0xcbf29ce484222325;
};

}  // namespace dutylog::sqlite
