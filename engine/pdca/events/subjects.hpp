#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pdca/events/common.hpp"

/// Who and what there is, what was said of them, and what shows of sealed fields.
namespace dutylog::pdca {

struct SubjectAdded {
    static constexpr std::string_view type = "registry.subject_added";
    static constexpr std::uint16_t schema = 1;
    Reference subject;
    Reference parent;  ///< empty for the employer
    Value name;        ///< sealed for people
};

/// A dated statement about a subject. The envelope says when it was true and what it corrects.
struct FactRecorded {
    static constexpr std::string_view type = "registry.fact_recorded";
    static constexpr std::uint16_t schema = 1;
    Reference subject;
    std::string fact;
    Digest fact_type;  ///< hash of the fact type's declaration
    Value value;       ///< a record
};

/// The key of a person is destroyed: what was sealed with it cannot be read again, by anyone. All
/// else on the record stays.
struct PersonErased {
    static constexpr std::string_view type = "registry.person_erased";
    static constexpr std::uint16_t schema = 1;
    Reference subject;
    std::string reason;
};

enum class SealedAnswer : std::uint8_t { no, yes, none };
constexpr SealedAnswer last_of(SealedAnswer) { return SealedAnswer::none; }

/// One question of a rule to a sealed field.
struct SealedQuestion {
    Digest question;  ///< of field and question (docs/format.md); the answer is found by it
    SealedAnswer answer = SealedAnswer::no;
};

/// What rules asked of a person's sealed fields for the first time, and the answers. They outlive
/// the key: what rests on them can be judged and lived through again after it is erased.
struct SealedFieldsAsked {
    static constexpr std::string_view type = "seal.fields_asked";
    static constexpr std::uint16_t schema = 1;
    std::string key;
    std::vector<SealedQuestion> questions;
};

/// A pattern of falsification (integrity rules I1 …). It proves nothing; it opens a check.
struct SignalRaised {
    static constexpr std::string_view type = "integrity.signal_raised";
    static constexpr std::uint16_t schema = 1;
    std::string pattern;
    Position about = 0;
    std::uint8_t severity = 1;
    std::int64_t measure = 0;  ///< of I1: days between the claimed and the recorded date
    std::string detail;
};

}  // namespace dutylog::pdca
