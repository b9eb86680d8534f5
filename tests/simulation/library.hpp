#pragma once

#include <string>
#include <vector>

#include "engine/definition/source.hpp"
#include "tests/simulation/draw.hpp"

namespace dutylog::simulation {

/// What differs between the libraries of two seeds, or between two editions of one.
struct LibraryTerms {
    std::string zone;
    std::string calendar;
    std::string roll;
    std::string ladder;
    std::string while_open;
    std::string service_period;
    std::string report_period;
    std::string exam_period;
    std::string grace;
    std::string tolerance;
    unsigned left_out = 0;  ///< definitions that are not part of it, as bits
};

LibraryTerms draw_terms(Draw& draw);
/// The same employer's next edition: other periods, the same zone and kinds.
LibraryTerms next_edition(LibraryTerms terms, Draw& draw);

/// A small library: periodic work with a measure, an at-once duty that facts contradict, an act
/// that must wait, work upon a fact with outcomes and approvals, a window, and duties by role.
std::vector<definition::SourceFile> library_of(const LibraryTerms& terms);

/// One definition, for histories of many duties and few kinds: a promise, due ten days after it is
/// known, of which whoever looks after the site is told before, on and after its day.
std::vector<definition::SourceFile> big_library();

}  // namespace dutylog::simulation
