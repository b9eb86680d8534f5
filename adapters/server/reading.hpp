#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <optional>
#include <string>

#include "adapters/cli/cuts.hpp"
#include "adapters/http/route.hpp"
#include "adapters/server/role_rights.hpp"
#include "adapters/sqlite/reader.hpp"
#include "engine/runtime/publication.hpp"

namespace dutylog::server {

/// A world to answer from, with the clocks of the question. What it points at stays until the
/// `Sitting` is over, or the next question of the same `Reading`.
struct Asked {
    const pdca::World* world = nullptr;
    Instant at;  ///< "overdue" is judged by it
    std::optional<Instant> known_at;
    boost::json::object cut;  ///< for the answer
    bool is_now = false;      ///< no clock was set
};

/// How a reading is made; what is not said is as usual.
struct ReadingOptions {
    std::set<std::string> managers = {};          ///< roles that manage (`RoleRights`)
    std::string file_layer = {};                  ///< of SQLite; empty for the system's own
    std::map<Digest, pdca::RulesPtr> known = {};  ///< rules that were read before
    /// The last event that is committed, where the writer is at hand: as long as the state has it,
    /// nobody looks at the file. Empty: the file says.
    std::function<log::Position()> committed = {};
    bool keeps = true;  ///< false: holds nothing between two sittings, and opens the log anew
};

/// The log as readers see it: a connection of its own and a state that follows the writer's
/// commits, or is read only when a question wants it. Used from one thread at a time.
class Reading {
public:
    /// @throws StoreError, DecodeError, CorruptStream
    Reading(std::string path, runtime::Runtime& runtime, ReadingOptions options = {});

    /// The time of one question: `now` is one moment until it is over. Then what was read for this
    /// question alone is given back.
    class Sitting {
    public:
        explicit Sitting(Reading& reading) : reading_{reading} { ++reading_.sittings_; }
        ~Sitting() { reading_.rise(); }
        Sitting(const Sitting&) = delete;
        Sitting& operator=(const Sitting&) = delete;

    private:
        Reading& reading_;
    };

    /// Everything that is committed by now; within a sitting, by its first look.
    const pdca::World& now();
    sqlite::SqliteReader& store() { return opened().store; }
    /// What the log's roles let a person do now.
    const RoleRights::Person& rights_of(const std::string& person);
    /// Gives the rules of every published bundle.
    pdca::RulesSource source() {
        return [this](const Digest& bundle) { return opened().rules.find(bundle); };
    }
    /// Rules that are not in the log yet, so that they can be tried.
    void keep(const Digest& bundle, pdca::RulesPtr rules) {
        opened().rules.keep(bundle, std::move(rules));
    }
    /// A copy of the state now that opens sealed fields, for trying commands on it.
    /// @param keys  outlive it
    pdca::World trial_world(const log::KeyRing& keys);
    const std::string& path() const { return path_; }

    /// The state as `true_at`, `known_at` and `rules_at` of a call ask for it. Without them it is
    /// the state now, which costs nothing; with them the log is read again.
    /// @throws cli::Failure  one of them is no time, or nothing was published by then
    Asked asked(const http::Call& call);
    /// What was recorded by `known_at`, to be cut at `true_at`: for questions about records, which
    /// no rules decided. `true_at` alone is meant as known then.
    /// @throws cli::Failure  one of them is no time
    Asked asked_record(const http::Call& call);
    /// The clocks of the same, over the state now: for going through the log, where no event after
    /// `known_at` counts. The log is not read again.
    /// @throws cli::Failure  one of them is no time
    Asked asked_events(const http::Call& call);

private:
    struct Opened {
        Opened(const std::string& path, const ReadingOptions& options);

        sqlite::SqliteReader store;
        runtime::PublishedRules rules;
        pdca::World world;
        bool began = false;  ///< `world` has what a snapshot holds
    };

    Opened& opened();
    void begin(Opened& log);
    void follow(Opened& log);
    void rise();
    Asked asked_now();
    Asked asked_past(const http::Call& call, const cli::CutOptions& cuts);

    std::string path_;
    runtime::Runtime& runtime_;
    ReadingOptions options_;
    std::optional<Opened> opened_;
    RoleRights rights_;
    int sittings_ = 0;
    bool looked_ = false;  ///< in this sitting
    std::optional<cli::AskedWorld> past_;
};

}  // namespace dutylog::server
