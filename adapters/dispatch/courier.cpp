#include "adapters/dispatch/courier.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <utility>

#include "adapters/dispatch/reporting.hpp"

namespace dutylog::dispatch {

namespace asio = boost::asio;
using notice::dispatch::Attempt;
using notice::dispatch::Orders;
using notice::dispatch::Report;
using notice::dispatch::SwitchedOff;

namespace {

/// Looked at this often, whatever happens: clocks jump.
constexpr Elapsed look_at_least = seconds(1);

}  // namespace

Courier::Courier(CourierParts parts)
    : parts_{std::move(parts)},
      dispatcher_{parts_.setup.contacts, parts_.limits},
      carrier_{parts_.setup, parts_.runtime, parts_.transport, parts_.mail_transport} {
    figures_.waiting = parts_.lookout->unseen();
    asio::post(io_, [this] { pump(); });
    if (!parts_.own_thread) return;
    thread_ = std::thread{[this] {
        try {
            io_.run();
        } catch (const std::exception& error) {
            stop(error);
        }
    }};
}

bool Courier::step() {
    try {
        if (parts_.runtime.monotonic() >= look_again_) wake();
        return io_.poll() > 0;
    } catch (const std::exception& error) {
        io_.stop();
        stop(error);
        return false;
    }
}

void Courier::stop(const std::exception& error) {
    const std::scoped_lock lock{mutex_};
    fault_ = error.what();
}

Courier::~Courier() { end(); }

void Courier::end() {
    if (parts_.own_thread && !thread_.joinable()) return;
    io_.stop();
    if (thread_.joinable()) thread_.join();
    carrier_.end();
}

void Courier::wake() {
    if (woken_.exchange(true)) return;
    asio::post(io_, [this] { pump(); });
}

Courier::Figures Courier::figures() const {
    const std::scoped_lock lock{mutex_};
    return figures_;
}

std::string Courier::fault() const {
    const std::scoped_lock lock{mutex_};
    return fault_;
}

void Courier::pump() {
    woken_ = false;
    const Instant now = parts_.runtime.wall();
    take_changes(now);
    carry_out(dispatcher_.next(now));
    submit_reports();
    submit_switches();
    arm(now);
    const std::scoped_lock lock{mutex_};
    figures_.waiting = dispatcher_.waiting() + backlog_.size();
    figures_.under_way = dispatcher_.under_way();
    figures_.oldest_attempt = dispatcher_.oldest_attempt(now);
    figures_.unrecorded = dispatcher_.unrecorded();
    figures_.channels_off = dispatcher_.channels_off();
    figures_.head = parts_.lookout->world().head;
    figures_.looked_at = now;
    figures_.next = dispatcher_.wake_up();
}

void Courier::take_changes(Instant now) {
    for (Lookout::Change& change : parts_.lookout->changes()) {
        if (!change.gone) {
            backlog_.push_back(std::move(change.row));
            continue;
        }
        dispatcher_.disappear(change.row.notice, change.row.person);
        std::erase_if(backlog_, [&](const auto& row) {
            return row.notice == change.row.notice && row.person == change.row.person;
        });
    }
    dispatcher_.follow(channels_off(parts_.lookout->world()), now);
    offer_backlog(now);
}

void Courier::offer_backlog(Instant now) {
    while (!backlog_.empty() && dispatcher_.appear(backlog_.front(), parts_.lookout->site(), now))
        backlog_.pop_front();
}

void Courier::carry_out(Orders orders) {
    for (SwitchedOff& off : orders.off) {
        say(fmt::format("channel_off channel={} state={} reason={}", off.channel,
                        word_of(off.position), off.reason));
        off_.push_back(std::move(off));
    }
    for (Report& report : orders.reports) reports_.push_back(std::move(report));
    for (Attempt& attempt : orders.attempts) begin(std::move(attempt));
}

void Courier::begin(Attempt attempt) {
    std::optional<Letter> letter =
        write_letter(*parts_.lookout, parts_.setup, parts_.links, attempt);
    if (!letter) {
        const Handed needless{channels::rejected("needless", "every notice of it is over"), {}};
        asio::post(io_,
                   [this, attempt = std::move(attempt), needless] { ended(attempt, needless); });
        return;
    }
    auto done = [this, attempt](const std::exception_ptr& thrown, Handed handed) {
        try {
            if (thrown) std::rethrow_exception(thrown);
        } catch (const std::exception& error) {
            handed.outcome = channels::rejected("mistake", error.what());
        }
        ended(attempt, handed);
    };
    asio::co_spawn(io_, carrier_.hand_over(attempt, std::move(*letter)), std::move(done));
}

void Courier::ended(const Attempt& attempt, const Handed& handed) {
    const bool sent = handed.outcome.verdict == notice::Verdict::sent;
    if (!sent)
        say(fmt::format("not_sent channel={} message={} reason={}", attempt.channel,
                        handed.proof.message, handed.outcome.reason));
    {
        const std::scoped_lock lock{mutex_};
        ++(sent ? figures_.sent : figures_.failed);
    }
    dispatcher_.ended(attempt.number, handed.outcome, handed.proof, parts_.runtime.wall(),
                      parts_.runtime.random("retry"));
    wake();
}

/// What the writer does not take now is offered again: nothing is lost, and nothing new is begun
/// while too much waits.
void Courier::submit_reports() {
    while (!reports_.empty()) {
        const Report& report = reports_.front();
        const CommandId id = report.id;
        auto done = [this, id](const runtime::Answer&) {
            asio::post(io_, [this, id] {
                dispatcher_.recorded(id);
                wake();
            });
        };
        if (!parts_.submit(submission_of(report, parts_.lookout->site().zone), std::move(done)))
            return;
        reports_.pop_front();
    }
}

/// That a channel is off is on the record, so that it stays so after a restart.
void Courier::submit_switches() {
    while (!off_.empty()) {
        const auto& zone = parts_.lookout->site().zone;
        if (!parts_.submit(submission_of(off_.front(), zone), [](const runtime::Answer&) {}))
            return;
        off_.pop_front();
    }
}

void Courier::arm(Instant now) {
    const auto next = dispatcher_.wake_up();
    Elapsed wait = next ? std::max(*next - now, Elapsed{}) : look_at_least;
    wait = std::min(wait, look_at_least);
    if (!reports_.empty() || !off_.empty()) wait = std::min(wait, Elapsed{50'000});
    if (!parts_.own_thread) {
        look_again_ = Elapsed{parts_.runtime.monotonic().micros + wait.micros};
        return;
    }
    timer_.expires_after(std::chrono::microseconds{std::max<std::int64_t>(wait.micros, 1'000)});
    timer_.async_wait([this](const boost::system::error_code& cut) {
        if (!cut) pump();
    });
}

void Courier::say(const std::string& line) {
    if (parts_.log_line) parts_.log_line(line);
}

}  // namespace dutylog::dispatch
