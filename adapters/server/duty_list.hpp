#pragma once

#include <boost/json/array.hpp>
#include <string>

#include "adapters/server/access.hpp"
#include "adapters/server/reading.hpp"

namespace dutylog::server {

struct DutyFilter {
    Reference about;         ///< and what lives inside it; empty for all
    std::string definition;  ///< empty for all
    std::string owner;       ///< of an open step
    std::string before;      ///< a date
    bool overdue = false;
};

/// Open duties by their effective date; equal dates by stream and cycle.
struct DutyPage {
    boost::json::array duties;
    std::string next;  ///< the place of the last; empty where there are no more
};

/// @param after  `next` of the page before; empty for the first
DutyPage list_duties_page(const Asked& asked, const DutyFilter& filter, const TokenCaller& caller,
                          const std::string& after, std::size_t limit);

/// The cycles of a duty that are not over with their steps and findings, and those that are.
boost::json::object cycles_json(const pdca::Duty& duty);

/// Breaches about a subject (empty: all) that the caller may know of.
boost::json::array breaches_within(const pdca::World& world, const Reference& about,
                                   const TokenCaller& caller);

/// Whether a stream is about a subject (empty: any) that the caller reaches.
bool concerns(const pdca::World& world, const StreamId& stream, const Reference& about,
              const TokenCaller& caller);

}  // namespace dutylog::server
