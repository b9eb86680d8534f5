#pragma once

#include <compare>
#include <optional>

#include "engine/core/value.hpp"

namespace dutylog::rule {

/// How two values stand to each other, integers and decimals among themselves, quantities of one
/// unit, dates, instants and periods.
///
/// Periods are told apart by their usual length (a working day is 7/5 days, a month 30.4375 days),
/// so that 90 days are shorter than 6 months everywhere; where the lengths meet they are equal only
/// when they count the same: 12 months are 1 year, 7 days are 1 week, 5 working days are neither.
/// @returns nothing where they have no order: other kinds, other units, none
std::optional<std::partial_ordering> order(const Value& a, const Value& b);

/// Equality as `==` asks for it: also of truths, texts and subjects.
/// @returns nothing where the two cannot be equal or unequal: other kinds, other units, none
std::optional<bool> equal(const Value& a, const Value& b);

}  // namespace dutylog::rule
