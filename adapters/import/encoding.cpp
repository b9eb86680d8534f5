#include "adapters/import/encoding.hpp"

#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "engine/definition/source.hpp"

namespace dutylog::importing {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::uint32_t line_at(std::string_view bytes, std::size_t offset) {
    return 1 + static_cast<std::uint32_t>(std::count(
                   bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

std::unexpected<BadBytes> bad(Encoding encoding, std::string_view bytes, std::size_t offset) {
    return std::unexpected{BadBytes{encoding, line_at(bytes, offset), offset}};
}

std::expected<Decoded, BadBytes> from_utf8(std::string_view bytes) {
    const std::size_t mark = bytes.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    const std::size_t valid = definition::valid_utf8_length(bytes);
    if (valid != bytes.size()) return bad(Encoding::utf8, bytes, valid);
    return Decoded{std::string{bytes.substr(mark)}, Encoding::utf8};
}

struct CloseConverter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

std::string utf8_of(const std::vector<UChar>& wide) {
    std::string text(wide.size() * 3 + 1, '\0');
    std::int32_t size = 0;
    UErrorCode error = U_ZERO_ERROR;
    u_strToUTF8(text.data(), static_cast<std::int32_t>(text.size()), &size, wide.data(),
                static_cast<std::int32_t>(wide.size()), &error);
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::expected<Decoded, BadBytes> from_gb18030(std::string_view bytes) {
    UErrorCode error = U_ZERO_ERROR;
    const Converter converter{ucnv_open("gb18030", &error)};
    if (U_FAILURE(error)) return bad(Encoding::gb18030, bytes, 0);
    // Bytes that mean nothing end the reading instead of turning into question marks.
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &error);
    std::vector<UChar> wide(bytes.size() + 1);
    const char* from = bytes.data();
    UChar* to = wide.data();
    ucnv_toUnicode(converter.get(), &to, wide.data() + wide.size(), &from,
                   bytes.data() + bytes.size(), nullptr, true, &error);
    const auto read = static_cast<std::size_t>(from - bytes.data());
    if (U_FAILURE(error)) return bad(Encoding::gb18030, bytes, std::min(read, bytes.size()));
    wide.resize(static_cast<std::size_t>(to - wide.data()));
    Decoded decoded{utf8_of(wide), Encoding::gb18030};
    if (decoded.text.starts_with(byte_order_mark)) decoded.text.erase(0, byte_order_mark.size());
    return decoded;
}

}  // namespace

std::optional<Encoding> encoding_named(std::string_view name) {
    std::string lower{name};
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (lower == "utf-8" || lower == "utf8") return Encoding::utf8;
    if (lower == "gb18030" || lower == "gbk" || lower == "gb2312") return Encoding::gb18030;
    return std::nullopt;
}

std::string_view name_of(Encoding encoding) {
    return encoding == Encoding::utf8 ? "UTF-8" : "GB 18030";
}

std::expected<Decoded, BadBytes> decode(std::string_view bytes, std::optional<Encoding> encoding) {
    if (encoding == Encoding::utf8) return from_utf8(bytes);
    if (encoding == Encoding::gb18030) return from_gb18030(bytes);
    auto utf8 = from_utf8(bytes);
    if (utf8) return utf8;
    auto chinese = from_gb18030(bytes);
    if (chinese) return chinese;
    return utf8;  // a file that is neither is mostly a UTF-8 file with a fault
}

}  // namespace dutylog::importing
