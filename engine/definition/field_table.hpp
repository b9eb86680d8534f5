#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/definition/messages.hpp"

namespace dutylog::definition {

/// What may stand under a key. It decides what the reader accepts and what the JSON Schema says.
enum class Shape : std::uint8_t {
    text,        ///< any words
    id,          ///< letters, digits, `-` and `_`, beginning with a letter
    localized,   ///< {zh-CN: …, en: …}
    truth,       ///< true or false
    integer,     ///< a whole number from 0 on
    date,        ///< YYYY-MM-DD
    period,      ///< `15 days`
    expression,  ///< section 4 of the language
    clock,       ///< a sentence that says when
    match,       ///< FACT [where CONDITION]
    word,        ///< one of `words`
    name,        ///< the id of something declared elsewhere
    names,       ///< a list of such ids; one alone may stand without brackets
    texts,       ///< a list of words
    mapping,     ///< `table`
    map_of,      ///< name → `table`
    map_of_expressions,
    map_of_names,  ///< name → a list of ids
    map_of_words,  ///< name → a list of words
    map_of_types,  ///< name → a field: `table`, or its type alone
    list_of,       ///< a list of `table`
    map_of_lists,  ///< name → a list of `table`
    chapter,       ///< `together`, and name → `table`
    several,       ///< more than one form; read by hand
};

struct MappingTable;

/// One key of a mapping.
struct FieldEntry {
    std::string_view key;
    Shape shape = Shape::text;
    bool required = false;
    Words about;  ///< one sentence for whoever hovers over it
    const MappingTable* table = nullptr;
    std::span<const std::string_view> words{};
};

/// The keys of one kind of mapping. Reading, suggestions and the JSON Schema follow from it.
struct MappingTable {
    std::string_view name;
    Words about;
    std::span<const FieldEntry> fields;
    bool open = false;  ///< further keys are fields of the fact or form that is meant

    const FieldEntry* find(std::string_view key) const {
        for (const FieldEntry& field : fields)
            if (field.key == key) return &field;
        return nullptr;
    }
};

extern const MappingTable library_table;
extern const MappingTable subject_table;
extern const MappingTable fact_table;
extern const MappingTable field_table;
extern const MappingTable role_table;
extern const MappingTable rung_table;
extern const MappingTable function_table;

extern const MappingTable definition_table;
extern const MappingTable effective_table;
extern const MappingTable basis_table;
extern const MappingTable step_table;
extern const MappingTable form_field_table;
extern const MappingTable evidence_table;
extern const MappingTable outcome_table;
extern const MappingTable finding_table;
extern const MappingTable gate_table;
extern const MappingTable done_table;
extern const MappingTable keep_table;

extern const MappingTable test_table;
extern const MappingTable given_table;
extern const MappingTable expect_table;

}  // namespace dutylog::definition
