#pragma once

#include <string>
#include <vector>

#include "adapters/cli/phrase.hpp"
#include "engine/definition/library.hpp"

namespace dutylog::cli {

/// What the rows of a file become.
struct ImportKind {
    const definition::SubjectKind* subject = nullptr;  ///< rows are new subjects …
    const definition::FactType* fact = nullptr;        ///< … or facts
};

/// By a word of the command line: a subject kind or fact type, its plural, its access name or its
/// title in either language; `people` are the kind of persons.
/// @throws Failure  the library has nothing of that name
ImportKind import_kind(const definition::Library& library, const std::string& word);

/// What a column fills: a key of the command (`of`, `at`, `value.hazard`), or, beside a new
/// subject, a field of a fact about it.
struct ImportColumn {
    std::string key;
    std::string fact;     ///< of a fact about the new subject; else empty
    bool list = false;    ///< cells hold several values divided by semicolons
    std::string heading;  ///< as the file has it
};

/// Finds what the headings of a file stand for: keys and fields by their ids or their titles in
/// either language, and names for them as `HEADING=KEY` in `mapping`.
/// @throws Failure  a heading stands for nothing, or one that is needed is missing
std::vector<ImportColumn> import_columns(const definition::Library& library, const ImportKind& kind,
                                         const std::vector<std::string>& headings,
                                         const std::vector<std::string>& mapping);

}  // namespace dutylog::cli
