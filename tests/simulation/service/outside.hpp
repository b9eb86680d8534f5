#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/dispatch/setup.hpp"
#include "engine/log/derived_keys.hpp"
#include "engine/pdca/rules.hpp"
#include "engine/runtime/runtime.hpp"
#include "tests/simulation/draw.hpp"
#include "tests/simulation/service/mail_server.hpp"
#include "tests/simulation/service/receiver.hpp"
#include "tests/simulation/service/service_plant.hpp"

namespace dutylog::simulation {

/// The clocks of the machine. Chance comes from the seed.
class Clocks final : public runtime::Runtime {
public:
    Clocks(Instant beginning, Draw draw) : wall_{beginning}, draw_{draw} {}

    Instant wall() override { return wall_; }
    Instant wall_time() const { return wall_; }
    Elapsed monotonic() override { return monotonic_; }
    std::uint64_t random(std::string_view) override { return draw_.next(); }

    void pass(Elapsed span) {
        wall_ = wall_ + span;
        monotonic_ = Elapsed{monotonic_.micros + span.micros};
    }

private:
    Instant wall_;
    Elapsed monotonic_{};
    Draw draw_;
};

/// What goes on when a process of the service ends: the machine's clocks, the files of keys and
/// settings, and everybody else's servers.
struct Outside {
    Outside(Instant beginning, Draw draw, ServicePlant planted)
        : clocks{beginning, draw}, plant{planted} {}

    Clocks clocks;
    ServicePlant plant;
    log::DerivedKeys keys{"simulation"};
    std::string log_path;
    std::string file_layer;                  ///< of SQLite
    std::map<Digest, pdca::RulesPtr> rules;  ///< editions that were read before
    dispatch::Setup setup;
    std::map<std::string, Receiver> receivers;       ///< by host
    std::map<std::string, MailServer> mail_servers;  ///< by host
    std::size_t starts = 0;
    std::string broken;  ///< a promise that did not hold on the way; empty while all hold

    /// What came in whole, by the name of the channel behind which the server stands.
    std::map<std::string, const std::vector<Taken>*> taken() const;
    /// Connections that were asked for.
    std::size_t attempts() const;
    /// Everybody else's servers have their turn.
    void turn();
    /// The machine of the service is gone.
    void drop_guests();
};

}  // namespace dutylog::simulation
