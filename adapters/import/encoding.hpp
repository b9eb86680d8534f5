#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace dutylog::importing {

/// How the characters of a file are written as bytes.
enum class Encoding : std::uint8_t { utf8, gb18030 };

/// `utf-8`, `gb18030`, and the names of what GB 18030 contains: `gbk`, `gb2312`.
std::optional<Encoding> encoding_named(std::string_view name);
std::string_view name_of(Encoding encoding);

/// Bytes that are no text in an encoding.
struct BadBytes {
    Encoding encoding = Encoding::utf8;
    std::uint32_t line = 1;    ///< from 1
    std::uint64_t offset = 0;  ///< of the first bad byte
};

/// A text that was read, in UTF-8 without a byte order mark.
struct Decoded {
    std::string text;
    Encoding encoding = Encoding::utf8;
};

/// @param encoding  as named by the user; where it is not, UTF-8 if the bytes are, else GB 18030
/// @see GB 18030-2022 as ICU reads it
std::expected<Decoded, BadBytes> decode(std::string_view bytes, std::optional<Encoding> encoding);

}  // namespace dutylog::importing
