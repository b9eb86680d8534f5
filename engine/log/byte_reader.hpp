#pragma once

#include <bit>
#include <cereal/cereal.hpp>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>

#include "engine/core/digest.hpp"
#include "engine/log/archive_limits.hpp"
#include "engine/log/codec_error.hpp"

namespace dutylog::log {

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

}  // namespace dutylog::log
