#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dutylog::definition {

/// One text of a library, read by the caller. `path` is relative to the library, with `/`.
struct SourceFile {
    std::string path;
    std::string text;
};

/// Bytes [from, to) of a file.
struct SourceSpan {
    std::string file;
    std::uint32_t from = 0;
    std::uint32_t to = 0;

    friend bool operator==(const SourceSpan&, const SourceSpan&) = default;
};

/// A line and a column in characters (code points), both from 1.
struct Place {
    std::uint32_t line = 1;
    std::uint32_t column = 1;

    friend bool operator==(const Place&, const Place&) = default;
};

/// Where the lines of a text begin. Lives no longer than the text.
class LineMap {
public:
    explicit LineMap(std::string_view text);

    Place place(std::uint32_t offset) const;
    /// The byte where a place lies; the end of the line or of the text where it lies past them.
    std::uint32_t offset(Place place) const;
    /// A line without its line break. @param number  from 1; empty for one that does not exist
    std::string_view line(std::uint32_t number) const;
    std::uint32_t line_start(std::uint32_t number) const;
    std::uint32_t line_count() const { return static_cast<std::uint32_t>(starts_.size()); }

private:
    std::string_view text_;
    std::vector<std::uint32_t> starts_;
};

/// The first byte that is not UTF-8 (RFC 3629), or the length of the text where all of it is.
std::size_t valid_utf8_length(std::string_view text);

}  // namespace dutylog::definition
