#pragma once

#include "adapters/http/byte_stream.hpp"
#include "tests/simulation/service/wire.hpp"

namespace dutylog::simulation {

/// The host's end of a wire, as a session of the server sees its connection.
class HostEnd final : public http::ByteStream {
public:
    explicit HostEnd(std::shared_ptr<Wire> wire) : wire_{std::move(wire)} {}

    boost::asio::any_io_executor executor() override { return wire_->executor(); }
    boost::asio::awaitable<bool> open() override { co_return true; }
    boost::asio::awaitable<std::size_t> read(std::span<char> space) override {
        co_return co_await wire_->read(Wire::End::host, space);
    }
    boost::asio::awaitable<bool> write(std::string_view first, std::string_view second) override {
        const bool begun = co_await wire_->send(Wire::End::host, first);
        if (!begun) co_return false;
        co_return co_await wire_->send(Wire::End::host, second);
    }
    boost::asio::awaitable<void> finish_sending() override {
        wire_->finish(Wire::End::host);
        co_return;
    }
    void abort() noexcept override { wire_->abort(Wire::End::host); }
    void close() noexcept override {
        wire_->finish(Wire::End::host);
        wire_->finish(Wire::End::caller);
    }

private:
    std::shared_ptr<Wire> wire_;
};

}  // namespace dutylog::simulation
