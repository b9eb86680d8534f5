#pragma once

#include <algorithm>
#include <bit>
#include <cereal/cereal.hpp>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <utility>

#include "engine/core/digest.hpp"
#include "engine/log/archive_limits.hpp"
#include "engine/log/codec_error.hpp"

namespace dutylog::log {

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

}  // namespace dutylog::log
