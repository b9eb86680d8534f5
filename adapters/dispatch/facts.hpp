#pragma once

#include "adapters/dispatch/lookout.hpp"
#include "engine/notice/compose.hpp"

namespace dutylog::dispatch {

/// What a notice says to one person on the day of `at`: dates, titles and names, and nothing that
/// was found, measured or written into a form. Links are left empty.
notice::NoticeFacts facts_of(const Lookout& lookout, const OpenNotice& open,
                             const std::string& person, Instant at);

/// The kind of a notice of the log, as messages know it.
notice::Kind kind_of(pdca::NoticeKind kind);

/// Whether it tells somebody what became of what they asked for.
bool is_answer(pdca::NoticeKind kind);

/// Whether the title of a duty alone would say something of a person's health: a fact with
/// something confidential opened it, or another duty of which not everybody may read.
bool is_discreet(const pdca::Rules& rules, const definition::Definition& definition);

}  // namespace dutylog::dispatch
