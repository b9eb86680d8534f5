#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <string>
#include <thread>

namespace dutylog::bench {

/// A receiver on this machine that keeps connections open and says 204 to every request, as fast as
/// one thread can.
class FastReceiver {
public:
    FastReceiver();
    ~FastReceiver();
    FastReceiver(const FastReceiver&) = delete;
    FastReceiver& operator=(const FastReceiver&) = delete;

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

private:
    boost::asio::io_context context_{1};
    boost::asio::ip::tcp::acceptor acceptor_;
    std::thread thread_;
};

/// The yardstick of deliveries: so many keep-alive connections of Beast post the same body again
/// and again; what was answered is marked in plain SQLite on a thread of its own, whatever came
/// while the last commit ran in the next one. @returns seconds until the last mark is durable
double post_plainly(std::uint16_t port, const std::string& body, std::uint64_t count,
                    std::size_t connections, const std::string& marks);

}  // namespace dutylog::bench
