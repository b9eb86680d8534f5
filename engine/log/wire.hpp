#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "engine/core/digest.hpp"
#include "engine/log/codec_error.hpp"
#include "engine/log/utf8.hpp"

namespace dutylog::log {

/// Writes the canonical fixed-width form: numbers as 8 bytes big-endian, texts behind such a
/// length, digests as they are. Appends to a buffer that the caller keeps.
class WireWriter {
public:
    explicit WireWriter(Bytes& out) : out_{out} {}

    void number(std::uint64_t value) {
        if constexpr (std::endian::native == std::endian::little) value = std::byteswap(value);
        raw(&value, sizeof value);
    }
    void signed_number(std::int64_t value) { number(static_cast<std::uint64_t>(value)); }
    void text(std::string_view text) {
        number(text.size());
        raw(text.data(), text.size());
    }
    void digest(const Digest& digest) { raw(digest.bytes.data(), digest.bytes.size()); }
    void raw(const void* data, std::size_t size) {
        const auto* first = static_cast<const std::uint8_t*>(data);
        out_.insert(out_.end(), first, first + size);
    }

private:
    Bytes& out_;
};

/// Counts the bytes of that form.
class WireSize {
public:
    void number(std::uint64_t) { size_ += 8; }
    void signed_number(std::int64_t) { size_ += 8; }
    void text(std::string_view text) { size_ += 8 + text.size(); }
    void digest(const Digest& digest) { size_ += digest.bytes.size(); }
    std::size_t size() const { return size_; }

private:
    std::size_t size_ = 0;
};

/// Writes that form into room that was counted with `WireSize`: growing a buffer by forty small
/// pieces costs more than hashing them.
class WireFiller {
public:
    explicit WireFiller(std::uint8_t* room) : at_{room} {}

    void number(std::uint64_t value) {
        if constexpr (std::endian::native == std::endian::little) value = std::byteswap(value);
        raw(&value, sizeof value);
    }
    void signed_number(std::int64_t value) { number(static_cast<std::uint64_t>(value)); }
    void text(std::string_view text) {
        number(text.size());
        raw(text.data(), text.size());
    }
    void digest(const Digest& digest) { raw(digest.bytes.data(), digest.bytes.size()); }

private:
    void raw(const void* data, std::size_t size) {
        if (size != 0) std::memcpy(at_, data, size);
        at_ += size;
    }
    std::uint8_t* at_;
};

/// Reads that form in place. @throws DecodeError from every call, at the byte where it fails
class WireReader {
public:
    explicit WireReader(BytesView bytes) : bytes_{bytes} {}

    std::size_t remaining() const noexcept { return bytes_.size() - at_; }
    std::size_t offset() const noexcept { return at_; }

    BytesView raw(std::size_t size) {
        if (size > remaining()) fail("more bytes than there are");
        const BytesView part = bytes_.subspan(at_, size);
        at_ += size;
        return part;
    }
    std::uint8_t byte() { return raw(1)[0]; }
    std::uint64_t number() {
        std::uint64_t value = 0;
        std::memcpy(&value, raw(sizeof value).data(), sizeof value);
        if constexpr (std::endian::native == std::endian::little) value = std::byteswap(value);
        return value;
    }
    std::int64_t signed_number() { return static_cast<std::int64_t>(number()); }
    /// A number that takes no more than `max`.
    std::uint64_t number_up_to(std::uint64_t max, const char* expected) {
        const std::uint64_t value = number();
        if (value > max) fail(expected);
        return value;
    }
    std::string_view text(std::size_t size_max) {
        const std::uint64_t size = number_up_to(size_max, "a text within the limit");
        const BytesView part = raw(static_cast<std::size_t>(size));
        const std::string_view text{reinterpret_cast<const char*>(part.data()), part.size()};
        if (!is_utf8(text)) fail("a text in UTF-8");
        return text;
    }
    Digest digest() {
        Digest digest;
        std::memcpy(digest.bytes.data(), raw(digest.bytes.size()).data(), digest.bytes.size());
        return digest;
    }
    void finish() const {
        if (remaining() != 0) fail("the end of the bytes");
    }
    [[noreturn]] void fail(const char* expected) const {
        throw DecodeError{std::string{"expected "} + expected, at_};
    }

private:
    BytesView bytes_;
    std::size_t at_ = 0;
};

}  // namespace dutylog::log
