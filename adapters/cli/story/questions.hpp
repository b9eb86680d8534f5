#pragma once

#include "adapters/cli/narrator.hpp"
#include "adapters/cli/story/story.hpp"

namespace dutylog::cli {

/// A scenario's question as a sentence.
std::string question_words(const Narrator& narrator, const scenario::Question& question);

/// Every question with what was found, the events it rests on, and where it differs.
void tell_answers(Console& console, const Narrator& narrator, const Played& played);

}  // namespace dutylog::cli
