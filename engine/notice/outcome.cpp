#include "engine/notice/outcome.hpp"

#include <utility>

namespace dutylog::notice {

Outcome unanswered(std::string detail) {
    return {.verdict = Verdict::retry,
            .reason = "no_answer",
            .detail = std::move(detail),
            .unwell = true};
}

}  // namespace dutylog::notice
