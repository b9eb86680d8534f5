#pragma once

#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>

#include "engine/core/digest.hpp"
#include "engine/log/codec_error.hpp"
#include "engine/log/utf8.hpp"

namespace dutylog::log {

/// Numbers of small size, whatever their sign, become small numbers.
inline std::uint64_t zigzag(std::int64_t number) {
    return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
}
inline std::int64_t unzigzag(std::uint64_t number) {
    return static_cast<std::int64_t>(number >> 1) ^ -static_cast<std::int64_t>(number & 1);
}

/// Writes numbers in as few bytes as they need (LEB128), texts behind such a length, digests as
/// they are. Appends to a buffer that the caller keeps.
class CompactWriter {
public:
    explicit CompactWriter(Bytes& out) : out_{out} {}

    void byte(std::uint8_t value) { out_.push_back(value); }
    void number(std::uint64_t value) {
        std::uint8_t buffer[10];
        std::size_t size = 0;
        for (; value >= 0x80; value >>= 7) buffer[size++] = static_cast<std::uint8_t>(value | 0x80);
        buffer[size++] = static_cast<std::uint8_t>(value);
        raw(buffer, size);
    }
    void text(std::string_view text) {
        number(text.size());
        raw(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    }
    void digest(const Digest& digest) { raw(digest.bytes.data(), digest.bytes.size()); }

private:
    void raw(const std::uint8_t* data, std::size_t size) {
        out_.insert(out_.end(), data, data + size);
    }
    Bytes& out_;
};

/// Reads that form in place; each number has one form only.
/// @throws DecodeError  from every call, at the byte where it fails
class CompactReader {
public:
    explicit CompactReader(BytesView bytes)
        : first_{bytes.data()}, at_{bytes.data()}, end_{bytes.data() + bytes.size()} {}

    std::uint8_t byte() {
        if (at_ == end_) fail("more bytes than there are");
        return *at_++;
    }
    std::uint64_t number() {
        std::uint64_t value = byte();
        if (value < 0x80) return value;
        value &= 0x7f;
        for (unsigned shift = 7; shift < 64; shift += 7) {
            const std::uint64_t part = byte();
            if (shift == 63 && part > 1) fail("a number of 64 bits");
            value |= (part & 0x7f) << shift;
            if (part < 0x80) {
                if (part == 0) fail("a number in its shortest form");
                return value;
            }
        }
        fail("a number of 64 bits");
    }
    template <class T>
    T number_as() {
        const std::uint64_t value = number();
        if (value > std::numeric_limits<T>::max()) fail("a smaller number");
        return static_cast<T>(value);
    }
    std::uint64_t number_not_zero() {
        const std::uint64_t value = number();
        if (value == 0) fail("a number other than 0");
        return value;
    }
    std::string_view text(std::size_t size_max) {
        const std::uint64_t size = number();
        if (size > size_max) fail("a text within the limit");
        const std::uint8_t* data = raw(static_cast<std::size_t>(size));
        const std::string_view text{reinterpret_cast<const char*>(data),
                                    static_cast<std::size_t>(size)};
        if (!is_utf8(text)) fail("a text in UTF-8");
        return text;
    }
    std::string_view text_not_empty(std::size_t size_max) {
        const std::string_view read = text(size_max);
        if (read.empty()) fail("a text that is not empty");
        return read;
    }
    void digest(Digest& into) {
        std::memcpy(into.bytes.data(), raw(into.bytes.size()), into.bytes.size());
    }
    void digest_not_zero(Digest& into) {
        digest(into);
        if (into == Digest{}) fail("a digest other than zero");
    }
    std::size_t remaining() const { return static_cast<std::size_t>(end_ - at_); }
    [[noreturn]] void fail(const char* expected) const {
        throw DecodeError{std::string{"expected "} + expected,
                          static_cast<std::size_t>(at_ - first_)};
    }

private:
    const std::uint8_t* raw(std::size_t size) {
        if (size > remaining()) fail("more bytes than there are");
        const std::uint8_t* data = at_;
        at_ += size;
        return data;
    }
    const std::uint8_t* first_;
    const std::uint8_t* at_;
    const std::uint8_t* end_;
};

}  // namespace dutylog::log
