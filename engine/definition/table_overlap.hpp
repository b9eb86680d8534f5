#pragma once

#include "engine/definition/csv.hpp"
#include "engine/definition/library.hpp"

namespace dutylog::definition {

/// Reports bands that are the wrong way round, and rows that answer the same question on the same
/// day: a look-up must find one row or none.
void report_overlaps(const SourceFile& file, const Table& table, const CsvText& csv,
                     Diagnostics& out);

}  // namespace dutylog::definition
