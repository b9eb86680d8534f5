#pragma once

#include <string>

#include "engine/pdca/state.hpp"

namespace dutylog::history {

/// The stable words of answers.
std::string word_of(pdca::Breach breach);
std::string word_of(pdca::Delivery delivery);
std::string word_of(pdca::Health health);
/// `scheduled`, `planned`, `doing`, `checking`, `acting`, `suspended`.
std::string phase_word(const pdca::Cycle& cycle);

/// One event in one sentence, in English; its data are in the JSON beside it.
std::string sentence_of(const pdca::Event& event);

}  // namespace dutylog::history
