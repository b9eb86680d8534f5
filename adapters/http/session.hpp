#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/http/byte_stream.hpp"
#include "adapters/http/counts.hpp"
#include "adapters/http/limits.hpp"
#include "adapters/http/request_reader.hpp"
#include "adapters/http/service.hpp"
#include "engine/runtime/runtime.hpp"

namespace dutylog::http {

/// What all sessions of a server share.
struct SessionSetting {
    Service& service;
    runtime::Runtime& runtime;
    RequestLimits request;
    ConnectionLimits connection;
    Elapsed heartbeat;  ///< of event streams
    Counts& counts;
    /// The answer to what the gate refuses.
    std::function<Response(const Refusal&)> refusal;
};

/// One connection from its first byte to its last: requests one after the other, each read, asked
/// of the service and answered. Runs on its stream's executor.
class Session : public std::enable_shared_from_this<Session> {
public:
    Session(std::unique_ptr<ByteStream> stream, Peer peer, const SessionSetting& setting);

    /// Until the connection has ended.
    boost::asio::awaitable<void> run();

    /// Looks whether the other end has kept us waiting too long. To be called now and then, from
    /// any thread.
    void look_at(Elapsed now);
    /// The present request is the last: an idle connection closes at once. From any thread.
    void drain();
    /// Ends whatever is going on. From any thread.
    void kill();

private:
    enum class Next : std::uint8_t { request, close };

    boost::asio::awaitable<Next> serve_one();
    boost::asio::awaitable<Checked<RequestReader::Progress>> read_on();
    boost::asio::awaitable<Next> serve_admitted(Admission admission);
    boost::asio::awaitable<Next> refuse(Refusal refusal);
    boost::asio::awaitable<Response> ask(Request request);
    boost::asio::awaitable<bool> answer(Response response, bool without_body, bool close);
    boost::asio::awaitable<bool> write_pieces(std::string_view head, std::string_view body);
    boost::asio::awaitable<bool> write_events(std::string head, EventStream& events, bool chunked);
    boost::asio::awaitable<void> wait_for_events(EventStream& events);
    boost::asio::awaitable<void> linger();

    Elapsed now() { return setting_.runtime.monotonic(); }
    void wait_at_most(Elapsed time) { deadline_ = (now().micros + time.micros); }
    void wait_for_ever() { deadline_ = never; }
    void expire();
    const std::string& date();

    static constexpr std::int64_t never = INT64_MAX;

    std::unique_ptr<ByteStream> stream_;
    Peer peer_;
    const SessionSetting& setting_;
    RequestReader reader_;
    std::size_t requests_ = 0;
    Elapsed body_since_;
    bool in_body_ = false;
    bool version_1_0_ = false;
    bool timed_out_ = false;
    std::string date_;
    std::int64_t date_second_ = -1;
    std::function<void()> wake_;  ///< while it waits for events
    std::atomic<std::int64_t> deadline_{never};
    std::atomic<bool> idle_{false};
    std::atomic<bool> draining_{false};
    bool killed_ = false;
};

}  // namespace dutylog::http
