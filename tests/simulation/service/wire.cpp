#include "tests/simulation/service/wire.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace dutylog::simulation {

namespace asio = boost::asio;

Wire::Wire(const asio::any_io_executor& executor) : caller_{executor}, host_{executor} {
    for (Side* each : {&caller_, &host_})
        for (asio::steady_timer* timer : {&each->wake, &each->room})
            timer->expires_at(asio::steady_timer::time_point::max());
}

asio::awaitable<std::size_t> Wire::read(End end, std::span<char> space) {
    Side& from = other(end);
    Side& mine = side(end);
    for (;;) {
        if (std::exchange(mine.aborted, false) || cut_) co_return 0;
        if (!from.bytes.empty()) break;
        if (from.finished) co_return 0;
        boost::system::error_code ignored;
        co_await from.wake.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    const std::size_t count = std::min(space.size(), from.bytes.size());
    std::copy_n(from.bytes.begin(), count, space.begin());
    from.bytes.erase(0, count);
    from.room.cancel();
    co_return count;
}

asio::awaitable<bool> Wire::send(End end, std::string_view bytes) {
    Side& mine = side(end);
    for (;;) {
        if (std::exchange(mine.aborted, false) || cut_) co_return false;
        const std::size_t room = mine.fits - std::min(mine.fits, mine.bytes.size());
        const std::string_view piece = bytes.substr(0, room);
        if (!piece.empty() && !write(end, piece)) co_return false;
        bytes.remove_prefix(piece.size());
        if (bytes.empty()) co_return true;
        boost::system::error_code ignored;
        co_await mine.room.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
}

bool Wire::write(End end, std::string_view bytes) {
    if (cut_) return false;
    Side& mine = side(end);
    const std::size_t passing = std::min(bytes.size(), mine.passes);
    mine.bytes += bytes.substr(0, passing);
    mine.passes -= passing;
    mine.wake.cancel();
    if (passing < bytes.size()) cut();
    return !cut_;
}

std::string Wire::take(End end, std::size_t at_most) {
    Side& from = other(end);
    std::string taken = from.bytes.substr(0, at_most);
    from.bytes.erase(0, taken.size());
    from.room.cancel();
    return taken;
}

void Wire::finish(End end) {
    side(end).finished = true;
    side(end).wake.cancel();
}

void Wire::abort(End end) {
    side(end).aborted = true;
    side(end).room.cancel();
    other(end).wake.cancel();
}

/// What has passed stays to be taken: the end that reads may have had it just before.
void Wire::cut() {
    cut_ = true;
    for (Side* each : {&caller_, &host_}) {
        each->wake.cancel();
        each->room.cancel();
    }
}

bool Wire::is_over(End end) const {
    const Side& from = end == End::caller ? host_ : caller_;
    return cut_ || (from.finished && from.bytes.empty());
}

}  // namespace dutylog::simulation
