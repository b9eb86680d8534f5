#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/civil_date.hpp"
#include "engine/core/period.hpp"
#include "engine/core/text.hpp"
#include "engine/definition/diagnostic.hpp"
#include "engine/definition/field_table.hpp"
#include "engine/definition/model.hpp"
#include "engine/definition/places.hpp"
#include "engine/definition/yaml.hpp"
#include "engine/rule/parse_error.hpp"

/// What the readers of all YAML files share: plain values with their diagnostics. Every function
/// reports what is wrong and gives something harmless back, so that reading goes on.
namespace dutylog::definition {

/// The reading of one file.
struct Reading {
    const SourceFile& file;
    Diagnostics& out;
    Places& places;
    std::vector<std::string> units;  ///< of the library, for quantities in expressions

    SourceSpan span(const Node& node) const { return {file.path, node.from, node.to}; }
    SourceSpan span(const Located& at) const { return {file.path, at.from, at.to}; }
    /// Remembers where a part of the model stands.
    void mark(const std::string& path, const Node& node) { places.set(path, node.located()); }
};

/// Reports `code` with the nearest of the known words, if one is near, as the suggestion.
Diagnostic& add_unknown(Diagnostics& out, std::string_view code, SourceSpan where,
                        std::string_view word, std::span<const std::string> known);
std::vector<std::string> as_strings(std::span<const std::string_view> words);

/// Words; a bare YES or 1.10 is warned of.
std::string read_text(Reading& reading, const Node& node);
/// Letters, digits, `-` and `_`, beginning with a letter.
std::string read_id(Reading& reading, const Node& node);
bool is_id(std::string_view text);
Text read_localized(Reading& reading, const Node& node);
bool read_truth(Reading& reading, const Node& node);
std::optional<std::int64_t> read_integer(Reading& reading, const Node& node);
std::optional<CivilDate> read_date(Reading& reading, const Node& node);
std::optional<Period> read_period(Reading& reading, const Node& node);
/// Ids or words: a list, or one alone. Each is marked as `path/0`, `path/1` …
std::vector<std::string> read_words(Reading& reading, const Node& node, const std::string& path);
/// A name, marked at `path`.
std::string read_name(Reading& reading, const Node& node, const std::string& path);
/// One of the words a key allows; the first where it is none of them.
std::string read_word(Reading& reading, const Node& node, const FieldEntry& field);

/// Parsed, not yet checked; marked at `path`. @returns null where it cannot be parsed
rule::ExpressionPtr read_expression(Reading& reading, const Node& node, const std::string& path);
rule::ExpressionPtr read_expression(Reading& reading, std::string_view text, const Located& at,
                                    const std::string& path);
void add_parse_error(Reading& reading, const rule::ParseError& error, const Located& at);

/// `FACT [where CONDITION]`; marked at `path` and `path/where`.
FactMatch read_match(Reading& reading, const Node& node, const std::string& path);

/// The type of a field: a word such as `list of ref post`, or a mapping with `type` or `one_of`.
/// A name after `ref` or `one_of` is marked at `path` and resolved by the checker.
rule::Type read_type(Reading& reading, const Node& node, const std::string& path);

/// One mapping, held against its table: keys unknown, missing or of the wrong shape are reported
/// when it is made.
class Fields {
public:
    Fields(Reading& reading, const Node& node, const MappingTable& table);

    /// The value under a key; null where it is missing or of the wrong shape.
    const Node* get(std::string_view key) const;
    /// Entries whose key is none of the table's, in an open table.
    std::vector<const Entry*> others() const;

    std::string text(std::string_view key) const;
    std::string id(std::string_view key) const;
    Text localized(std::string_view key) const;
    bool truth(std::string_view key) const;
    std::string word(std::string_view key) const;
    std::optional<CivilDate> date(std::string_view key) const;
    /// Marked at `path/key`.
    std::string name(std::string_view key, const std::string& path) const;
    std::vector<std::string> names(std::string_view key, const std::string& path) const;
    rule::ExpressionPtr expression(std::string_view key, const std::string& path) const;

private:
    void check_key(const Entry& entry);
    bool has_shape(const FieldEntry& field, const Node& node);
    bool has_members(const FieldEntry& field, const Node& node);

    Reading& reading_;
    const Node& node_;
    const MappingTable& table_;
    std::vector<std::string_view> refused_;
};

/// `name: TYPE` or `name: {type: TYPE, …}`; its type is marked at `path/type`.
FieldSpec read_field(Reading& reading, const Entry& entry, const std::string& path,
                     const MappingTable& table);
/// The key `dutylog`: the format this file is written in.
void read_format(Reading& reading, const Fields& fields);

/// @returns whether node is a mapping; reports what it is instead
bool want_mapping(Reading& reading, const Node& node);
/// @returns whether node is a list; reports what it is instead
bool want_list(Reading& reading, const Node& node);
bool want_scalar(Reading& reading, const Node& node, std::string_view wanted);

}  // namespace dutylog::definition
