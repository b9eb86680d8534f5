#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/diagnostic.hpp"
#include "engine/definition/source.hpp"

namespace dutylog::definition {

/// What a YAML file of a library may hold at most.
struct YamlLimits {
    static constexpr std::size_t bytes_max = 1024 * 1024;
    static constexpr std::size_t levels_max = 64;
    static constexpr std::size_t problems_max = 100;  ///< per file; more would help nobody
};

/// Where a text stands in its file, byte for byte, so that a place inside it can be shown.
/// In a quoted or folded text one byte of the text is not always the next byte of the file.
struct Located {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::vector<std::uint32_t> offsets;  ///< of each byte of the text; empty: one after the other

    std::uint32_t at(std::uint32_t byte) const;
    /// The place of a part of the text.
    Located part(std::size_t begin, std::size_t length) const;
};

struct Entry;

/// One node of a YAML text. Scalars keep their words; what they mean is read by whoever asks.
struct Node {
    enum class Kind : std::uint8_t { empty, scalar, sequence, mapping };
    enum class Style : std::uint8_t { plain, quoted, block, flow };

    Kind kind = Kind::empty;  ///< empty: nothing written, `null` or `~`
    Style style = Style::plain;
    std::string text;        ///< of a scalar
    std::uint32_t from = 0;  ///< bytes of the file
    std::uint32_t to = 0;
    std::vector<std::uint32_t> offsets;  ///< of a scalar whose text is not as in the file
    std::vector<Node> items;             ///< of a sequence
    std::vector<Entry> entries;          ///< of a mapping, as written

    bool is_scalar() const { return kind == Kind::scalar; }
    bool is_mapping() const { return kind == Kind::mapping; }
    bool is_sequence() const { return kind == Kind::sequence; }
    bool is_plain() const { return is_scalar() && style == Style::plain; }
    /// The value under a key; null where there is none.
    const Node* find(std::string_view key) const;
    Located located() const { return {from, to, offsets}; }
};

struct Entry {
    Node key;  ///< always a scalar
    Node value;
};

/// A `# …` comment: its words without the mark and blanks around them.
struct Comment {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::string text;
};

struct YamlFile {
    Node root;
    std::vector<Comment> comments;
};

/// Reads YAML 1.2 without anchors, aliases, tags, merge keys, directives or a second document.
/// @returns nothing where the text cannot be read at all; problems are added to `out` either way
std::optional<YamlFile> read_yaml(const SourceFile& file, Diagnostics& out);

/// The checks of bytes that YAML and tables share: UTF-8, byte order marks, control characters,
/// size.
/// @returns whether the text can be read on; a mark at the start is left for the reader to skip
bool check_bytes(const SourceFile& file, std::size_t bytes_max, Diagnostics& out);

/// Length of the UTF-8 byte order mark at the start: 3 or 0.
std::size_t bom_length(std::string_view text);

}  // namespace dutylog::definition
