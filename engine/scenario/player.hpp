#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/log/derived_keys.hpp"
#include "engine/runtime/engine.hpp"
#include "engine/scenario/story.hpp"

namespace dutylog::scenario {

/// How a story is lived through; the tests try every way.
struct PlayOptions {
    bool restart_after_each = false;  ///< the engine is thrown away and opened anew each time
    std::uint64_t order_seed = 0;     ///< 0: as written; else lines of one instant are shuffled
    /// Lines with these ids are entered so many days later.
    std::map<std::string, int> late_days;
};

/// Where a line of the story went in the log.
struct PlayedLine {
    const StoryLine* line = nullptr;
    runtime::Answer answer;
    pdca::Command command;
    pdca::Meta meta;
    Instant recorded;
};

/// Lives a scenario through on a virtual clock, with the real engine on the store it is given.
class Player {
public:
    Player(const Scenario& scenario, std::vector<definition::SourceFile> library,
           pdca::RulesPtr rules, log::EventStore& store, PlayOptions options);

    /// @returns what went otherwise than the scenario says; empty when all is well
    std::vector<Problem> play();

    runtime::Engine& engine() { return *engine_; }
    /// The keys of the story's people, worked out of its name.
    log::KeyStore& keys() { return keys_; }
    const std::vector<PlayedLine>& played() const { return played_; }
    /// The first played line of this id; null where there is none.
    const PlayedLine* line(const std::string& id) const;
    Instant end() const { return end_; }

    /// The command behind a line, for what-ifs.
    std::optional<pdca::Command> command_of(const StoryLine& line, const std::string& at,
                                            pdca::Meta& meta);
    /// `2025-12-05` (09:00 local), `2025-12-05T10:35` (local) or with an offset.
    std::optional<Instant> instant_of(const std::string& text) const;
    void fail(std::uint32_t line, std::string message);

private:
    struct Planned {
        const StoryLine* line;
        std::string at;
        Instant recorded;
    };

    void set_up();
    std::vector<Planned> plan();
    void add_repeats(const StoryLine& line, std::vector<Planned>& plan);
    static void shuffle_facts(std::vector<Planned>& group, std::uint64_t& state);
    void play_group(std::span<const Planned> group);
    void play_line(const Planned& planned);
    void advance(Instant until);
    void deliver(Instant now);
    pdca::Delivery outcome_for(const std::string& person, const std::string& stream, Instant now);
    runtime::Answer submit(pdca::Command command, pdca::Meta meta, Instant now,
                           std::vector<Bytes> blobs = {});
    void restart();
    log::Nonce nonce() const;
    Effective effective(Instant at) const;
    std::vector<log::Position> voided_by(const StoryLine& line);
    std::optional<std::string> newest_notice(const StreamId& duty, const std::string& person);
    StreamId duty_of(const StoryLine& line, const std::string& duty);

    const Scenario& scenario_;
    std::vector<definition::SourceFile> library_;
    pdca::RulesPtr rules_;
    Digest bundle_;
    log::EventStore& store_;
    log::DerivedKeys keys_;
    PlayOptions options_;
    std::unique_ptr<runtime::Engine> engine_;
    std::vector<PlayedLine> played_;
    std::vector<Problem> problems_;
    Instant now_;
    Instant end_;
    std::uint64_t next_id_ = 1;
    std::set<std::string> tried_;  ///< messages that were sent or failed
};

}  // namespace dutylog::scenario
