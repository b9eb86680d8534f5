#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <list>
#include <string>
#include <thread>
#include <vector>

namespace dutylog::bench {

/// Servers on this machine that keep connections open and give every request the same answer, as
/// fast as one thread for all of them can.
class FastReceiver {
public:
    /// @param count  of ports at which it listens
    /// @param answer  as it goes over the wire, with its length; empty: 204
    explicit FastReceiver(std::size_t count = 1, const std::string& answer = {});
    ~FastReceiver();
    FastReceiver(const FastReceiver&) = delete;
    FastReceiver& operator=(const FastReceiver&) = delete;

    const std::vector<std::uint16_t>& ports() const { return ports_; }

private:
    boost::asio::io_context context_{1};
    std::list<boost::asio::ip::tcp::acceptor> acceptors_;
    std::vector<std::uint16_t> ports_;
    std::thread thread_;
};

/// The yardstick of deliveries: so many at once post the same body again and again with Beast, over
/// connections that are kept, each to its receivers in turn; what was answered is marked in plain
/// SQLite on a thread of its own, whatever came while the last commit ran in the next one.
/// @returns seconds until the last mark is durable
double post_plainly(const std::vector<std::uint16_t>& ports, const std::string& body,
                    std::uint64_t count, std::size_t at_once, const std::string& marks);

}  // namespace dutylog::bench
