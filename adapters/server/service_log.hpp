#pragma once

#include <initializer_list>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/config/config.hpp"
#include "engine/runtime/runtime.hpp"

namespace dutylog::server {

enum class LogLevel : unsigned char { debug, info, warn, error };

struct LogLineOptions {
    LogLevel least = LogLevel::info;  ///< lines below it are left out
    bool json = false;                ///< one object a line
    /// `<6>` in front of each line, by which the journal of systemd knows how grave it is.
    bool priorities = false;
};

/// What a configuration says of log lines; priorities where standard error is the journal.
LogLineOptions log_line_options(const config::Config& config);

/// The log lines of the service, for whoever operates it: a time, a level, what happened, and
/// fields. They name operations, ids and numbers; no line holds what a request said, the name of a
/// person, or a secret. Any thread may call it.
///
///     log.tell(LogLevel::info, "listening", {{"address", "127.0.0.1"}, {"port", "8080"}});
///     2026-11-22T10:00:00.123Z info listening address=127.0.0.1 port=8080
class ServiceLog {
public:
    using Field = std::pair<std::string_view, std::string>;

    ServiceLog(LogLineOptions options, runtime::Runtime& clock, std::ostream& out);
    ~ServiceLog();
    ServiceLog(const ServiceLog&) = delete;
    ServiceLog& operator=(const ServiceLog&) = delete;

    void tell(LogLevel level, std::string_view event, const std::vector<Field>& fields = {});
    /// A line as parts of the service write it: `refused operation=x token=y`. `failed` is an
    /// error, `refused` a warning, `read` only for whoever debugs; the field `what` is the rest
    /// of the line.
    void line(std::string_view text);

private:
    struct Sink;
    LogLineOptions options_;
    runtime::Runtime& clock_;
    std::unique_ptr<Sink> sink_;
};

}  // namespace dutylog::server
