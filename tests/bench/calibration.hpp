#pragma once

#include <string>

namespace dutylog::bench {

class Workshop;

/// What this machine does without us, so that figures of two machines can be set side by side.
struct Calibration {
    double sync_us = 0;  ///< median of 8 KB written at the end of a file and fdatasync
    double sync_p99_us = 0;
    double scan_rows = 0;   ///< rows of 600 bytes a second that SQLite reads in order
    double arithmetic = 0;  ///< rounds a second, in millions, of a fixed loop of integers
    double sha256_mb = 0;   ///< MB a second over rows of 600 bytes
};

Calibration calibrate(Workshop& shop);

/// Processor, number of cores, versions of SQLite and OpenSSL, in one line.
std::string machine_line();
/// The load of the last minute.
double load_average();

}  // namespace dutylog::bench
