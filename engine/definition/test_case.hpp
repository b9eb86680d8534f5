#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/civil_date.hpp"
#include "engine/core/instant.hpp"
#include "engine/core/value.hpp"
#include "engine/definition/source.hpp"

/// The tests a definition carries, as data for whoever runs them.
namespace dutylog::definition {

enum class GivenKind : std::uint8_t {
    fact,      ///< `name` is a fact type; `values` its fields
    request,   ///< somebody asks to do the act `name`
    complete,  ///< the step `name` is completed; `values` is its form
    verify,    ///< the measure `name` is verified effective
    approve,   ///< the step `name` is approved
};

/// One line of `given`, about the one subject of the test.
struct Given {
    GivenKind kind = GivenKind::fact;
    std::string name;
    CivilDate on;
    std::optional<Instant> at;       ///< where the day is not enough
    std::optional<CivilDate> known;  ///< the day it became known; else at once
    std::string by;                  ///< role or kind of person; empty: the step's owner
    std::string outcome;
    std::vector<std::string> evidence;
    Record values;  ///< typed as the fact or form declares them
    SourceSpan where;
};

/// What must be so at `TestCase::at`. What is not set is not asked.
struct Expectation {
    std::optional<CivilDate> due;
    std::optional<CivilDate> effective;
    std::optional<std::vector<std::string>> open;
    std::optional<std::vector<std::string>> overdue;
    std::optional<bool> closed;
    std::optional<std::vector<std::string>> findings;
    std::optional<std::vector<CivilDate>> breaches;
    std::optional<std::string> refused;      ///< reason given to the last line of `given`
    std::optional<std::string> gate_closed;  ///< a gate's id, or the step it belongs to
    std::optional<std::int64_t> cycles;
    std::optional<std::string> phase;  ///< planned, doing, checking, acting, closed
};

struct TestCase {
    std::string definition;
    std::string name;
    std::vector<Given> given;
    CivilDate at;
    Expectation expect;
    SourceSpan where;
    SourceSpan expect_where;
};

}  // namespace dutylog::definition
