#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

#include "adapters/dispatch/carrier.hpp"
#include "engine/notice/dispatch/dispatcher.hpp"
#include "engine/runtime/command_loop.hpp"

namespace dutylog::dispatch {

/// What the courier stands on; all of it outlives it.
struct CourierParts {
    std::unique_ptr<Lookout> lookout;
    Setup setup;
    Links links;
    runtime::Runtime& runtime;
    /// Gives a command to the writer. @returns false where its queue is full
    std::function<bool(runtime::Submission, runtime::CommandLoop::Done)> submit;
    /// What the operator should read; never an address, a secret or a name.
    std::function<void(std::string_view line)> log_line;
    notice::dispatch::DispatchLimits limits = {};
    Transport transport = {};           ///< empty: HTTP over sockets
    MailTransport mail_transport = {};  ///< empty: SMTP over sockets
    bool own_thread = true;             ///< else whoever has the courier calls `step`
};

/// Tells people what the log says they are to be told, on a thread of its own: reads the outbox
/// after each commit, sends, and gives back to the log what came of it.
class Courier {
public:
    struct Figures {
        std::size_t waiting = 0;
        std::size_t under_way = 0;
        Elapsed oldest_attempt;  ///< how long it was under way when it last looked
        std::uint64_t sent = 0;
        std::uint64_t failed = 0;
        std::size_t channels_off = 0;
        std::size_t unrecorded = 0;     ///< facts on their way to the log
        log::Position head = 0;         ///< how far it has read the log
        Instant looked_at;              ///< when it last looked for something to do
        std::optional<Instant> next{};  ///< when something is due
    };

    explicit Courier(CourierParts parts);
    /// To be destroyed after the writer, which may still answer until it is gone.
    ~Courier();
    Courier(const Courier&) = delete;
    Courier& operator=(const Courier&) = delete;

    /// Begins nothing more and lets go of what is under way: it goes out again after the next
    /// start, under the same id. Gives no more commands.
    void end();

    /// Something was committed, or the clock was moved. Any thread may call it.
    void wake();
    /// Does what can be done without waiting, for a courier without a thread.
    /// @returns whether there was anything
    bool step();
    Figures figures() const;
    /// Why nothing is sent any more; empty while it works.
    std::string fault() const;

private:
    void pump();
    void take_changes(Instant now);
    void offer_backlog(Instant now);
    void carry_out(notice::dispatch::Orders orders);
    void begin(notice::dispatch::Attempt attempt);
    void ended(const notice::dispatch::Attempt& attempt, const Handed& handed);
    void submit_reports();
    void submit_switches();
    void arm(Instant now);
    void say(const std::string& line);
    void stop(const std::exception& error);

    CourierParts parts_;
    notice::dispatch::Dispatcher dispatcher_;
    Carrier carrier_;
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open_{
        io_.get_executor()};  ///< it goes on though nothing is under way
    boost::asio::steady_timer timer_{io_};
    Elapsed look_again_{};  ///< without a thread: when the next round is due
    std::deque<notice::dispatch::Waiting> backlog_;  ///< rows that did not fit
    std::deque<notice::dispatch::Report> reports_;   ///< on their way to the writer
    std::deque<notice::dispatch::SwitchedOff> off_;  ///< likewise
    std::atomic<bool> woken_{false};

    mutable std::mutex mutex_;
    Figures figures_;
    std::string fault_;
    std::thread thread_;
};

}  // namespace dutylog::dispatch
