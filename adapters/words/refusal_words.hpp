#pragma once

#include <span>
#include <string_view>

#include "engine/core/rejection.hpp"
#include "engine/core/text.hpp"

/// What the engine says in English only, for readers of the other language.
namespace dutylog::words {

/// One sentence of the engine: its reason and what it says, with `{}` where a name or a number
/// stands, and the same in Chinese with `{0}`, `{1}`, … for what stands there.
struct RefusalSentence {
    std::string_view reason;
    std::string_view en;
    std::string_view zh_cn;
};

/// Refusals about who does which work when.
std::span<const RefusalSentence> refusals_of_work();
/// Refusals about what is put on the record: subjects, facts, keys, definitions, commands.
std::span<const RefusalSentence> refusals_of_records();

/// Refusals about what people ask of each other, and about channels.
std::span<const RefusalSentence> refusals_of_requests();

/// The sentence of a refusal in both languages. A sentence that stands in neither table, such as
/// one of a log written by a later version, is the same in both.
/// @param detail  as the log has it, in English
Text words_of(std::string_view reason, std::string_view detail);
/// As above; what the author of a definition wrote in Chinese goes before the tables.
Text words_of(const Rejection& refusal);

}  // namespace dutylog::words
