#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "engine/log/seal.hpp"
#include "engine/pdca/events.hpp"

namespace dutylog::pdca {

/// Answers of sealed fields, by the hash that names field and question.
using SealedAnswers = std::map<Digest, SealedAnswer>;

/// What came up with sealed fields while something was decided.
struct SealNotes {
    struct Asked {
        std::string key;
        SealedAnswer answer = SealedAnswer::no;
    };
    std::map<Digest, Asked> asked;     ///< answers that are not on the record yet
    std::set<std::string> unreadable;  ///< keys that were needed and are not there
};

/// What lets a world look into sealed fields. It is no part of the state.
struct Unsealing {
    const log::KeyRing* keys = nullptr;  ///< null: nothing can be opened
    /// Answers that a log holds further on, for living it through again.
    std::shared_ptr<const SealedAnswers> foretold;
    std::shared_ptr<SealNotes> notes;  ///< null: nobody records what is asked
};

}  // namespace dutylog::pdca
