#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>

namespace dutylog::http {

/// One server-sent event (HTML standard, section 9.2).
struct ServerEvent {
    std::string id;    ///< what a client that comes back sends as `Last-Event-ID`; one line
    std::string type;  ///< one line; empty for `message`
    std::string data;  ///< any text; its lines are kept
};

/// The text of an event on the wire. Line ends in `id` and `type` are left out.
std::string event_text(const ServerEvent& event);

/// A stream of events between who makes them and one connection, with a bounded buffer. The maker
/// keeps its own place: an event that is not taken is offered again when there is room, so none is
/// skipped and none comes twice, however slow the reader is. Any thread may call any member.
class EventStream {
public:
    enum class Offer : std::uint8_t { taken, full, gone };

    explicit EventStream(std::size_t buffer_bytes_max = 64 * 1024) : bytes_max_{buffer_bytes_max} {}

    /// An event longer than the buffer is taken when the buffer is empty.
    /// @returns `gone` where nobody reads any more
    Offer offer(const ServerEvent& event);
    /// No more events: what is buffered still goes out, then the connection closes.
    void end();
    /// `call` is made when, after `full`, there is room again, and when the reader has gone.
    /// It is made from a network thread and must not block; it may call `offer`.
    void on_room(std::function<void()> call);

    /// For the connection. @returns all that is buffered, ready for the wire
    std::string take();
    bool has_ended() const;
    /// `wake` is called once, when there is something to take or the stream has ended.
    void wake_with(std::function<void()> wake);
    void leave();

private:
    void wake(std::unique_lock<std::mutex> lock);

    mutable std::mutex mutex_;
    std::size_t bytes_max_;
    std::string buffer_;
    bool was_full_ = false;
    bool ended_ = false;
    bool gone_ = false;
    std::function<void()> wake_;
    std::function<void()> room_;
};

}  // namespace dutylog::http
