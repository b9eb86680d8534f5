#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <span>
#include <string_view>

namespace dutylog::http {

/// A connection as far as a session sees it: sockets in production, anything in a simulation. One
/// member is awaited at a time. It knows no time limits: who has one calls `abort`.
class ByteStream {
public:
    virtual ~ByteStream() = default;

    virtual boost::asio::any_io_executor executor() = 0;
    /// The TLS handshake, where there is one.
    virtual boost::asio::awaitable<bool> open() = 0;
    /// @returns how many bytes came; 0 when none will come any more, or after `abort`
    virtual boost::asio::awaitable<std::size_t> read(std::span<char> space) = 0;
    /// Both texts, one after the other. They must stay as they are until it is done.
    /// @returns false where they may not have gone out
    virtual boost::asio::awaitable<bool> write(std::string_view first, std::string_view second) = 0;
    /// Says to the other end that nothing more comes; it may still send.
    virtual boost::asio::awaitable<void> finish_sending() = 0;
    /// What is awaited ends at once without success; the next call is on its own again.
    virtual void abort() noexcept = 0;
    virtual void close() noexcept = 0;
};

}  // namespace dutylog::http
