#pragma once

#include <string>
#include <vector>

#include "adapters/cli/command.hpp"
#include "adapters/config/config.hpp"

/// What can be known before there is trouble, asked part by part.
namespace dutylog::server::doctor {

enum class Verdict : unsigned char { ok, warn, fail };

struct Finding {
    std::string part;  ///< a stable word, e.g. `disk`
    Verdict verdict = Verdict::ok;
    cli::Phrase what;
    cli::Phrase help = {};  ///< what to do; empty where all is well
};
using Findings = std::vector<Finding>;

/// What the checks look at.
struct Patient {
    cli::Session& session;
    const config::Config& config;
    std::string log;
    bool in_use = false;  ///< a writer has the log open: the service runs
};

Finding ok(std::string part, cli::Phrase what);
Finding warn(std::string part, cli::Phrase what, cli::Phrase help);
Finding fail(std::string part, cli::Phrase what, cli::Phrase help);

/// The library, the file system, room, and whether a sync reaches the disk.
Findings look_at_storage(const Patient& patient);
/// The log: that it can be read, its keys, its rules, its calendar, what was kept of it elsewhere.
Findings look_at_log(const Patient& patient);
/// The machine's clock, beside the log's.
Findings look_at_clock(const Patient& patient);
/// Files of secrets and their modes; the certificate.
Findings look_at_secrets(const Patient& patient);
/// Whether the address can be had, and who writes to the log.
Findings look_at_service(const Patient& patient);

/// Whether somebody has the log open for writing, and who. @param who  filled in that case
bool is_in_use(const std::string& log, std::string& who);

}  // namespace dutylog::server::doctor
