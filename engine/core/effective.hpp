#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "engine/core/civil_date.hpp"
#include "engine/core/instant.hpp"

namespace dutylog {

/// How exactly it is known when something happened.
enum class Precision : std::uint8_t { instant, date, range, unknown };
/// Stored bytes beyond it are refused.
constexpr Precision last_of(Precision) { return Precision::unknown; }

/// When a fact was true or an act happened, as opposed to when it was recorded.
/// `at` is always filled so that facts can be ordered: the instant itself; the start of the civil
/// day in `zone` for a date; the start of a range; the recorded instant where it is unknown.
struct Effective {
    Precision precision = Precision::unknown;
    Instant at;
    CivilDate date;    ///< the civil day in `zone`, for every precision but unknown
    Instant until;     ///< end of a range (exclusive); else equal to `at`
    std::string zone;  ///< name of the zone whose civil day is meant, e.g. `Asia/Shanghai`

    friend bool operator==(const Effective&, const Effective&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(precision, at, date, until, zone);
    }
};

}  // namespace dutylog
