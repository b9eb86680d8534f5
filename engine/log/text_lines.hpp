#pragma once

#include <charconv>
#include <cstdint>
#include <string_view>

#include "engine/core/digest.hpp"
#include "engine/log/base64.hpp"
#include "engine/log/codec_error.hpp"

namespace dutylog::log {

/// Reads a text line by line; every line ends in a newline.
class TextLines {
public:
    explicit TextLines(std::string_view text) : text_{text} {}

    bool at_end() const { return at_ == text_.size(); }
    std::string_view rest() const { return text_.substr(at_); }
    bool next_starts_with(std::string_view start) const { return rest().starts_with(start); }

    std::string_view line() {
        line_at_ = at_;
        const std::size_t end = text_.find('\n', at_);
        if (end == std::string_view::npos) fail("a line that ends in a newline");
        const std::string_view line = text_.substr(at_, end - at_);
        at_ = end + 1;
        return line;
    }
    std::string_view line_not_empty(std::size_t size_max) {
        const std::string_view read = line();
        if (read.empty() || read.size() > size_max) fail("a line that is not empty nor too long");
        return read;
    }
    /// A decimal number behind `name` and a space; without leading zeros.
    std::uint64_t number(std::string_view name = {}) {
        std::string_view read = line();
        if (!read.starts_with(name)) fail("another line");
        read.remove_prefix(name.size());
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(read.data(), read.data() + read.size(), value);
        if (read.empty() || error != std::errc{} || end != read.data() + read.size() ||
            (read.size() > 1 && read.front() == '0'))
            fail("a decimal number");
        return value;
    }
    Digest digest() {
        const auto bytes = parse_base64(line());
        Digest digest;
        if (!bytes || bytes->size() != digest.bytes.size()) fail("32 bytes in base64");
        std::copy(bytes->begin(), bytes->end(), digest.bytes.begin());
        return digest;
    }
    /// Points at the line read last.
    [[noreturn]] void fail(const char* expected) const {
        throw DecodeError{std::string{"expected "} + expected, line_at_};
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_at_ = 0;
};

}  // namespace dutylog::log
