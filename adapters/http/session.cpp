#include "adapters/http/session.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "adapters/http/event_stream.hpp"
#include "adapters/http/http_date.hpp"

namespace dutylog::http {

namespace asio = boost::asio;
using asio::awaitable;

namespace {

constexpr std::size_t piece_bytes = 64 * 1024;
constexpr std::size_t linger_bytes_max = 1024 * 1024;

/// The other end went away; there is nobody to answer.
constexpr Refusal gone{0, "gone", ""};

/// Gives the handler what it waits for, on its own executor and never from within the caller.
template <class Handler, class... Values>
void complete(Handler handler, Values... values) {
    const auto executor = asio::get_associated_executor(handler);
    auto call = [handler = std::move(handler), ... values = std::move(values)]() mutable {
        std::move(handler)(std::move(values)...);
    };
    asio::post(executor, std::move(call));
}

}  // namespace

Session::Session(std::unique_ptr<ByteStream> stream, Peer peer, const SessionSetting& setting)
    : stream_{std::move(stream)},
      peer_{std::move(peer)},
      setting_{setting},
      reader_{setting.request} {
    wait_at_most(setting_.connection.first_byte_time);
}

awaitable<void> Session::run() {
    const auto self = shared_from_this();
    Next next = Next::close;
    const bool opened = co_await stream_->open();
    if (opened && !killed_) next = Next::request;
    while (next == Next::request) next = co_await serve_one();
    wait_for_ever();
    stream_->close();
}

awaitable<Session::Next> Session::serve_one() {
    ++requests_;
    if (requests_ > 1) wait_at_most(setting_.connection.idle_time);
    in_body_ = false;
    const auto progress = co_await read_on();
    idle_ = false;
    if (!progress) {
        const Next next = co_await refuse(progress.error());
        co_return next;
    }
    ++setting_.counts.requests;
    Admission admission = setting_.service.admit(reader_.head(), peer_);
    const Next next = co_await serve_admitted(std::move(admission));
    reader_.next();
    co_return next;
}

/// Reads until the head, or after it the body, is there.
awaitable<Checked<RequestReader::Progress>> Session::read_on() {
    using Progress = RequestReader::Progress;
    bool fresh = reader_.is_fresh();
    if (!fresh && !in_body_) wait_at_most(setting_.connection.head_time);
    for (;;) {
        auto progress = reader_.advance();
        if (!progress || *progress != Progress::more) co_return progress;
        idle_ = fresh;
        if (fresh && draining_) co_return std::unexpected{gone};
        const auto space = reader_.space();
        const std::size_t count = co_await stream_->read(space);
        if (count == 0 && timed_out_ && !fresh)
            co_return std::unexpected{Refusal{408, "slow", "The request took too long to come."}};
        if (count == 0) co_return std::unexpected{gone};
        idle_ = false;
        reader_.received(count);
        if (fresh) wait_at_most(setting_.connection.head_time);
        fresh = false;
        if (!in_body_) continue;
        const auto earned =
            static_cast<std::int64_t>(reader_.body_bytes() / setting_.connection.body_rate_min);
        deadline_ =
            body_since_.micros + setting_.connection.body_time.micros + seconds(earned).micros;
    }
}

awaitable<Session::Next> Session::serve_admitted(Admission admission) {
    const Head& head = reader_.head();
    const bool is_head = head.method == Method::head;
    version_1_0_ = head.version_1_0;
    const bool has_body = head.framing != Framing::none;
    const bool last =
        !head.keep_alive || draining_ || killed_ || requests_ >= setting_.connection.requests_max;
    if (auto* early = std::get_if<Response>(&admission)) {
        const bool close = last || has_body;
        bool written = co_await answer(std::move(*early), is_head, close);
        if (written && close) co_await linger();
        co_return written && !close ? Next::request : Next::close;
    }
    const auto allowed = reader_.allow_body(std::get<Admitted>(admission).body_bytes_max);
    if (!allowed) {
        const Next next = co_await refuse(allowed.error());
        co_return next;
    }
    if (head.expects_continue) {
        wait_at_most(setting_.connection.write_time);
        const bool written = co_await stream_->write("HTTP/1.1 100 Continue\r\n\r\n", "");
        if (!written) co_return Next::close;
    }
    in_body_ = true;
    body_since_ = now();
    wait_at_most(setting_.connection.body_time);
    const auto read = co_await read_on();
    if (!read) {
        const Next next = co_await refuse(read.error());
        co_return next;
    }
    wait_for_ever();
    Request request{reader_.take_head(), reader_.take_body(), peer_,
                    std::move(std::get<Admitted>(admission).ticket)};
    Response response = co_await ask(std::move(request));
    // Whoever drained while the answer was made wants this to be the last.
    const bool close = last || draining_ || response.events != nullptr;
    const bool written = co_await answer(std::move(response), is_head, close);
    if (written && close) co_await linger();
    co_return written && !close ? Next::request : Next::close;
}

awaitable<Session::Next> Session::refuse(Refusal refusal) {
    if (refusal.status == 0 || killed_) co_return Next::close;
    timed_out_ = false;
    ++setting_.counts.refusals;
    Response response = setting_.refusal(refusal);
    const bool written = co_await answer(std::move(response), false, true);
    if (written) co_await linger();
    co_return Next::close;
}

awaitable<Response> Session::ask(Request request) {
    auto initiate = [this](auto handler, Request asked) {
        auto take = [handler = std::move(handler)](Response response) mutable {
            complete(std::move(handler), std::move(response));
        };
        try {
            setting_.service.serve(std::move(asked), Reply{std::move(take)});
        } catch (const std::exception&) {
            // The reply was dropped on the way here, and has answered 500.
            ++setting_.counts.failures;
        }
    };
    return asio::async_initiate<const asio::use_awaitable_t<>, void(Response)>(
        std::move(initiate), asio::use_awaitable, std::move(request));
}

awaitable<bool> Session::answer(Response response, bool without_body, bool close) {
    const bool streams = response.events != nullptr && !without_body;
    const bool chunked = streams && !version_1_0_;
    const Wire wire{.date = date(), .close = close, .chunked = chunked};
    std::string head = head_text(response, wire);
    if (streams) {
        const bool written = co_await write_events(std::move(head), *response.events, chunked);
        co_return written;
    }
    if (response.events != nullptr) response.events->leave();
    if (without_body || !status_has_body(response.status)) response.body.clear();
    const bool written = co_await write_pieces(head, response.body);
    co_return written;
}

/// Each piece has its own time, so that a long answer to a slow reader ends, and a stalled one too.
awaitable<bool> Session::write_pieces(std::string_view head, std::string_view body) {
    bool written = true;
    do {
        const auto piece = body.substr(0, piece_bytes);
        body.remove_prefix(piece.size());
        wait_at_most(setting_.connection.write_time);
        written = co_await stream_->write(head, piece);
        head = {};
    } while (written && !body.empty());
    wait_for_ever();
    co_return written && !timed_out_;
}

awaitable<bool> Session::write_events(std::string head, EventStream& events, bool chunked) {
    bool written = co_await write_pieces(head, "");
    while (written && !killed_) {
        std::string text = events.take();
        const bool ended = text.empty() && (events.has_ended() || draining_);
        if (ended) break;
        if (text.empty()) {
            co_await wait_for_events(events);
            text = events.take();
            if (text.empty() && (events.has_ended() || draining_)) continue;
            if (text.empty()) text = ": still here\n\n";
        }
        const std::string size = chunked ? fmt::format("{:x}\r\n", text.size()) : "";
        if (chunked) text += "\r\n";
        written = co_await write_pieces(size, text);
    }
    events.leave();
    if (written && chunked && !killed_) written = co_await write_pieces("0\r\n\r\n", "");
    co_return written;
}

/// Until there are events, the heartbeat is due, or the server drains.
awaitable<void> Session::wait_for_events(EventStream& events) {
    auto initiate = [this, &events](auto handler) {
        auto once = std::make_shared<std::optional<decltype(handler)>>(std::move(handler));
        auto wake = [once, executor = stream_->executor(), self = shared_from_this()] {
            asio::post(executor, [once, self] {
                if (!*once) return;
                auto waiting = std::move(**once);
                once->reset();
                self->wake_ = nullptr;
                std::move(waiting)();
            });
        };
        wake_ = wake;
        wait_at_most(setting_.heartbeat);
        events.wake_with(wake);
        if (draining_) wake();
    };
    return asio::async_initiate<const asio::use_awaitable_t<>, void()>(std::move(initiate),
                                                                       asio::use_awaitable);
}

/// What still comes is thrown away for a while: closing at once would reset the connection, and the
/// other end could lose the answer that is on its way.
awaitable<void> Session::linger() {
    wait_at_most(setting_.connection.linger_time);
    co_await stream_->finish_sending();
    std::array<char, 4096> waste{};
    std::size_t total = 0;
    while (!timed_out_ && !killed_ && total < linger_bytes_max) {
        const std::size_t count = co_await stream_->read(waste);
        if (count == 0) break;
        total += count;
    }
}

void Session::look_at(Elapsed at) {
    if (at.micros < deadline_) return;
    asio::post(stream_->executor(), [self = shared_from_this()] {
        if (self->now().micros >= self->deadline_) self->expire();
    });
}

void Session::expire() {
    wait_for_ever();
    if (wake_) return wake_();
    timed_out_ = true;
    ++setting_.counts.timeouts;
    stream_->abort();
}

void Session::drain() {
    draining_ = true;
    asio::post(stream_->executor(), [self = shared_from_this()] {
        if (self->wake_) return self->wake_();
        if (self->idle_) self->stream_->abort();
    });
}

void Session::kill() {
    draining_ = true;
    asio::post(stream_->executor(), [self = shared_from_this()] {
        self->killed_ = true;
        if (self->wake_) self->wake_();
        self->stream_->close();
    });
}

const std::string& Session::date() {
    const Instant wall = setting_.runtime.wall();
    const std::int64_t second = wall.micros / 1'000'000;
    if (second != date_second_) date_ = http_date(wall);
    date_second_ = second;
    return date_;
}

}  // namespace dutylog::http
