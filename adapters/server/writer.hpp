#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "adapters/keys/key_file.hpp"
#include "adapters/sqlite/store.hpp"
#include "engine/runtime/command_loop.hpp"
#include "engine/runtime/command_sink.hpp"

namespace dutylog::server {

/// What people said is sealed on the record, and the file with their keys is not there.
class KeysMissing : public log::StoreError {
public:
    using log::StoreError::StoreError;
};

/// The one writer of a log, on a thread of its own: commands come in from anywhere, are committed
/// in batches, and are answered after the commit. Timers fire as they become due.
class Writer final : public runtime::CommandSink {
public:
    enum class Thread : std::uint8_t {
        own,
        callers,  ///< none: whoever has the writer calls `step`
    };
    struct Manner {
        Thread thread = Thread::own;
        bool without_keys = false;  ///< begins even where the file of keys is missing
    };
    struct Figures {
        std::size_t waiting = 0;
        std::uint64_t commands = 0;  ///< answered since the start
        std::uint64_t turns = 0;
        log::Position head = 0;
        Elapsed timer_lag;  ///< of the next timer, where it is due already
        Elapsed beat;       ///< when it last came round, on the monotonic clock
        Instant looked_at;  ///< when the last turn began
        std::optional<Instant> next_timer{};
        bool timers_held = false;  ///< the clock jumped too far, and nobody has decided yet
    };
    /// Keys of people whose names or fields are sealed on the record.
    struct Keys {
        std::size_t sealed = 0;   ///< people who are not erased
        std::size_t missing = 0;  ///< of these, without a key
    };

    /// One turn that did something: commands answered after one commit.
    struct Turn {
        std::size_t commands = 0;
        Elapsed took;  ///< from taking them to their commit being durable
    };

    /// Opens the log and begins. @param committed  called from the writer's thread after each turn
    /// that did something, and each second
    /// @throws StoreError, LogLocked, KeysMissing, DecodeError, CorruptStream
    Writer(const std::string& path, runtime::Runtime& runtime, std::function<void()> committed,
           runtime::LoopLimits limits, Manner manner);
    Writer(const std::string& path, runtime::Runtime& runtime, std::function<void()> committed);
    /// Answers what was accepted, then ends.
    ~Writer() override;
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// @param done  called from the writer's thread, after the commit
    /// @returns false where the queue is full or the writer has stopped: nothing was accepted
    bool submit(runtime::Submission submission, Done done) override;

    /// Looks at the clock now: a test has moved it.
    void wake();

    /// Why it has stopped; empty while it works. What was accepted and not answered may be durable.
    std::string fault() const;
    Figures figures() const;
    /// The last event that is committed: before anybody is answered about it.
    log::Position committed() const { return store_.committed(); }
    /// Whether it has stopped because the disk is full.
    bool disk_full() const;
    Keys keys() const { return key_figures_; }
    /// @param seen  called from the writer's thread after each turn that did something. Set before
    /// the first command.
    void watch(std::function<void(const Turn&)> seen);
    /// @returns false where the writer has stopped or `queue_max` are waiting
    bool run(Job job) override;

    /// One turn, of a writer without a thread. @returns whether there was anything to do
    bool step();

private:
    bool turn();
    void tell();
    void work();
    void save_at_end();
    void stop(const std::exception& error);
    void take_over();
    bool take_turn();
    bool run_jobs();
    void settle_time(Effective& effective) const;
    void publish_figures(bool worked, Instant looked_at);

    runtime::Runtime& runtime_;
    runtime::LoopLimits limits_;
    std::function<void()> committed_;
    Thread thread_kind_;
    std::function<void(const Turn&)> seen_;
    sqlite::SqliteStore store_;
    keys::KeyFile keys_;
    runtime::Engine engine_;
    runtime::CommandLoop loop_;

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    struct Waiting {
        runtime::Submission submission;
        Done done;
    };
    std::deque<Waiting> arrived_;
    std::deque<Job> jobs_;
    std::size_t waiting_ = 0;  ///< arrived or in the loop, not answered
    bool ending_ = false;
    bool woken_ = false;
    std::string fault_;
    bool disk_full_ = false;
    Keys key_figures_;
    Elapsed told_;  ///< when `committed` was last called
    Figures figures_;
    std::thread thread_;
};

}  // namespace dutylog::server
