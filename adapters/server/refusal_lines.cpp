#include "adapters/server/refusal_lines.hpp"

#include <fmt/format.h>

namespace dutylog::server {

void RefusalLines::note(const http::Refusal& refusal) {
    if (!log_line_) return;
    const std::scoped_lock lock{mutex_};
    ++counts_[std::string{refusal.code}];
    if (!told_once_ || runtime_.monotonic().micros - told_.micros >= quiet.micros) tell();
}

void RefusalLines::tell_due(bool all) {
    const std::scoped_lock lock{mutex_};
    if (counts_.empty()) return;
    if (all || runtime_.monotonic().micros - told_.micros >= quiet.micros) tell();
}

void RefusalLines::tell() {
    std::size_t requests = 0;
    std::string reasons;
    for (const auto& [reason, count] : counts_) {
        requests += count;
        reasons += (reasons.empty() ? "" : ",") + reason;
    }
    counts_.clear();
    told_ = runtime_.monotonic();
    told_once_ = true;
    log_line_(fmt::format("gate_refused requests={} reasons={}", requests, reasons));
}

}  // namespace dutylog::server
