#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace dutylog::rule {

/// What an expression can be. `enumeration` is text out of a closed list of words.
enum class Kind : std::uint8_t {
    none,
    truth,
    integer,
    decimal,
    quantity,
    text,
    enumeration,
    date,
    instant,
    period,
    reference,  ///< a subject; `name` is its kind
    record,     ///< a fact or a table row; `name` is the fact type or `table:<id>`
    list,       ///< of `element`
    any,  ///< not known before it runs (a table cell read by a computed name); fits everything
};

struct Type {
    Kind kind = Kind::none;
    bool optional = false;           ///< may be none
    std::string name;                ///< subject kind, fact type, table or enumeration name
    std::string unit;                ///< of a quantity; empty where any unit fits
    std::vector<std::string> words;  ///< of an enumeration
    std::shared_ptr<const Type> element;

    friend bool operator==(const Type& a, const Type& b);
};

/// As a reader would say it: `list of exposure`, `date or none`, `one of [a, b]`.
std::string to_string(const Type& type);

/// Whether a value of `found` can stand where `wanted` is asked for.
bool fits(const Type& found, const Type& wanted);

}  // namespace dutylog::rule
