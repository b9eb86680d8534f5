#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/core/id.hpp"
#include "engine/log/event_store.hpp"
#include "tests/bench/workshop.hpp"

namespace dutylog::bench {

/// A log that the engine made, command by command, as an employer would: only faster.
struct SampleLog {
    std::string path;
    std::uint64_t events = 0;
    std::vector<StreamId> duties;
    Instant first;
    Instant last;
};

/// 1 million events of many duties with one order each, interleaved, and a snapshot at the end.
const SampleLog& many_short_duties(Workshop& shop);
/// A log in which so many duties wait for one day, ten days after `monday`; with a snapshot.
void write_promises(const std::string& path, std::uint64_t count);
/// Such a log of 100,000 duties, `promise-kept` about the assets a1, a2 …
SampleLog waiting_duties(Workshop& shop);
/// 1 million events of 1,000 duties with about 1,000 events each, interleaved.
const SampleLog& few_long_duties(Workshop& shop);

}  // namespace dutylog::bench
