#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "adapters/http/refusal.hpp"
#include "engine/runtime/runtime.hpp"

namespace dutylog::server {

/// Log lines about requests that the gate refused: reasons and numbers, never what was sent or who
/// sent it. The first after a quiet minute is told at once; those of the minute after it together,
/// when it is over. So a flood leaves one line a minute. Any thread may call it.
///
///     gate_refused requests=7 reasons=bad_host,two_lengths
class RefusalLines {
public:
    using LogLine = std::function<void(std::string_view line)>;

    RefusalLines(LogLine log_line, runtime::Runtime& runtime)
        : log_line_{std::move(log_line)}, runtime_{runtime} {}

    void note(const http::Refusal& refusal);
    /// Tells what is due: to be called now and then, and once more at the end.
    void tell_due(bool all = false);

    static constexpr Elapsed quiet = seconds(60);

private:
    void tell();

    LogLine log_line_;
    runtime::Runtime& runtime_;
    std::mutex mutex_;
    std::map<std::string, std::size_t, std::less<>> counts_;  ///< by reason, not told yet
    bool told_once_ = false;
    Elapsed told_;
};

}  // namespace dutylog::server
