#pragma once

#include <boost/json/array.hpp>
#include <vector>

#include "adapters/cli/phrase.hpp"
#include "engine/history/rehearsal.hpp"

namespace dutylog::cli {

/// `refused (reason): …` in both languages.
Phrase phrase_of(const Rejection& refusal);
/// The sentence of a refusal within another one. @param frame  with `{}` for it
Phrase around(const Phrase& frame, const Rejection& refusal);
/// An act that was not possible, within a sentence that says so. @param frame  with `{}` for it
Phrase phrase_of(const history::DroppedAct& act, const Phrase& frame);
/// As English sentences, for JSON.
boost::json::array list_of(const std::vector<history::DroppedAct>& acts);

}  // namespace dutylog::cli
