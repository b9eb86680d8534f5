#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/log/event_store.hpp"
#include "engine/log/key_store.hpp"
#include "engine/pdca/process.hpp"
#include "engine/runtime/answer.hpp"
#include "engine/runtime/publication.hpp"

namespace dutylog::runtime {

/// A command on its way in, with the texts it publishes, if it does.
struct Submission {
    pdca::Command command;
    pdca::Meta meta;
    std::vector<Bytes> blobs;
    log::Nonce nonce{};  ///< drawn by chance; what is personal in the command is sealed with it
    /// Where the sender has seen this stream; further on, the command is refused as
    /// `stale_version` and leaves nothing in the log.
    std::optional<log::ExpectedVersion> seen{};
};

/// The one writer of a log: reads it into a world, runs commands in batches, one commit a batch,
/// and fires timers. Everything it knows of time comes in with the calls.
/// Used from one thread. After a `StoreError` it is thrown away and the log opened anew.
class Engine {
public:
    /// Reads the log: the snapshot if there is a fitting one, and the events after it.
    /// @throws StoreError, DecodeError, CorruptStream
    /// @param keys   of people; one is made when something personal is first recorded of them
    /// @param known  rules of bundles that were loaded before, so that they are not read again
    Engine(log::EventStore& store, log::KeyStore& keys,
           std::map<Digest, pdca::RulesPtr> known = {});

    /// Decides the batch in order and commits it as one transaction.
    /// @returns an answer for each; a command id that was answered before gets that answer again,
    ///          and is refused as `command_reused` when it comes with another body. What comes
    ///          without an id could not be told from its repeat: it is refused as `no_command_id`.
    ///          These two refusals, and `stale_version`, leave nothing in the log.
    std::vector<Answer> run(std::span<const Submission> batch, Instant now);
    Answer run(const Submission& submission, Instant now);

    /// Fires timers due at or before `now`, oldest first, at most `limit`, as one transaction.
    /// @returns how many were fired
    std::size_t fire(Instant now, std::size_t limit);
    std::optional<Instant> next_timer() const;

    /// Saves the state, so that the next start reads only what comes after.
    void save_snapshot();

    const pdca::World& world() const { return *world_; }
    PublishedRules& rules() { return rules_; }
    log::EventStore& store() { return store_; }

    static constexpr std::size_t batch_max = 4096;

private:
    /// What the commands of a batch come to before they are committed.
    struct Decided {
        std::vector<log::Append> appends;
        std::map<CommandId, std::size_t> by_command;  ///< index into `appends`
    };

    void open();
    Answer decide(const Submission& submission, Instant now, Decided& decided);
    std::optional<Answer> repeat_of(const Submission& submission, const Decided& batch) const;
    void make_keys(std::span<const Submission> batch);
    Digest body_of(const pdca::Command& command) const;
    bool may_be(const pdca::Command& command, const Digest& body) const;
    /// A key goes once its erasure is durable; where that was cut short, at the next start.
    void erase_keys();
    void commit(const std::vector<log::Append>& appends, Instant now);
    void track(const log::Append& append);

    log::EventStore& store_;
    log::KeyStore& keys_;
    PublishedRules rules_;
    std::unique_ptr<pdca::World> world_;
    std::unique_ptr<pdca::Process> process_;
    /// Pending wake-ups by time; the timer table holds the same.
    std::set<std::pair<Instant, std::string>> queue_;
    NamedMap<std::string, log::Timer> timers_;
    std::vector<std::string> to_erase_;  ///< keys whose erasure is being recorded
};

}  // namespace dutylog::runtime
