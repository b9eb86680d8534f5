#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <memory>
#include <string>
#include <utility>

#include "tests/simulation/service/wire.hpp"

namespace dutylog::simulation {

/// The caller's end of a wire, as Beast wants a stream (AsyncReadStream, AsyncWriteStream).
class WireStream {
public:
    using executor_type = boost::asio::any_io_executor;

    explicit WireStream(std::shared_ptr<Wire> wire) : wire_{std::move(wire)} {}

    executor_type get_executor() { return wire_->executor(); }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        const auto first = boost::asio::buffer_sequence_begin(buffers);
        const bool none = first == boost::asio::buffer_sequence_end(buffers);
        const boost::asio::mutable_buffer space{none ? boost::asio::mutable_buffer{} : *first};
        return start(read(wire_, space), std::forward<Token>(token));
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        std::string bytes;
        for (auto each = boost::asio::buffer_sequence_begin(buffers);
             each != boost::asio::buffer_sequence_end(buffers); ++each) {
            const boost::asio::const_buffer piece = *each;
            bytes.append(static_cast<const char*>(piece.data()), piece.size());
        }
        return start(write(wire_, std::move(bytes)), std::forward<Token>(token));
    }

private:
    struct Moved {
        boost::system::error_code error;
        std::size_t count = 0;
    };

    static boost::asio::awaitable<Moved> read(std::shared_ptr<Wire> wire,
                                              boost::asio::mutable_buffer space) {
        const std::span<char> into{static_cast<char*>(space.data()), space.size()};
        if (into.empty()) co_return Moved{};
        const std::size_t count = co_await wire->read(Wire::End::caller, into);
        if (count > 0) co_return Moved{{}, count};
        if (wire->is_cut()) co_return Moved{boost::asio::error::connection_reset, 0};
        co_return Moved{boost::asio::error::eof, 0};
    }

    static boost::asio::awaitable<Moved> write(std::shared_ptr<Wire> wire, std::string bytes) {
        if (!wire->write(Wire::End::caller, bytes))
            co_return Moved{boost::asio::error::connection_reset, 0};
        co_return Moved{{}, bytes.size()};
    }

    template <class Token>
    auto start(boost::asio::awaitable<Moved> work, Token&& token) {
        return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
            [executor = get_executor()](auto handler, boost::asio::awaitable<Moved> task) mutable {
                boost::asio::co_spawn(
                    executor, std::move(task),
                    [handler = std::move(handler)](const std::exception_ptr&, Moved moved) mutable {
                        std::move(handler)(moved.error, moved.count);
                    });
            },
            token, std::move(work));
    }

    std::shared_ptr<Wire> wire_;
};

}  // namespace dutylog::simulation
