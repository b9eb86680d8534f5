#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/rejection.hpp"
#include "engine/definition/source.hpp"

/// Facts that other systems send (personnel, laboratories, sensors), and the file that says what of
/// their JSON is what of ours.
namespace dutylog::webhook {

/// Where a value comes from. A text that begins with `/` is a JSON Pointer (RFC 6901) into the
/// element, one that begins with `^/` into the whole body; any other text is the value itself.
struct MappedValue {
    enum class From : std::uint8_t { literal, element, body };
    From from = From::literal;
    std::string text;  ///< the value, or the pointer
    std::map<std::string, std::string>
        words;              ///< theirs → ours; a word that is not there is refused
    bool optional = false;  ///< left out where it is missing or null
};

/// `value` must be the text or number at that place.
struct MappedCondition {
    MappedValue value;
    std::string equals;
};

/// One fact made of each element.
struct MappedFact {
    std::string fact;
    std::string subject_kind;
    MappedValue subject;
    std::optional<MappedValue> at;  ///< when it was true; none: when it came
    std::vector<MappedCondition> when;
    std::vector<std::pair<std::string, MappedValue>> values;  ///< field → value
};

/// A mapping file:
///
///     source: laboratory
///     id: /messageId                     # none: the id of the webhook
///     when: {/type: result.released}
///     each: /results                     # none: the body is the one element
///     facts:
///       - fact: measurement
///         subject: {kind: post, id: /post}
///         at: ^/sampledAt
///         when: {/status: final}
///         value:
///           agent: {from: /agent, words: {C6H6: benzene}}
///           twa: /value
///           unit: mg/m3
///           remark: {from: /remark, optional: true}
struct InboundMapping {
    std::string source;
    std::optional<MappedValue> id;
    std::vector<MappedCondition> when;
    std::string each;
    std::vector<MappedFact> facts;
};

/// Reads a mapping file.
/// @returns a rejection `mapping` that names the file, the line and what was expected there
Result<InboundMapping> read_inbound_mapping(const definition::SourceFile& file);

}  // namespace dutylog::webhook
