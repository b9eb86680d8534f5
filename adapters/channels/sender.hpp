#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <expected>
#include <memory>

#include "adapters/channels/answers.hpp"
#include "adapters/channels/http.hpp"
#include "engine/notice/address_guard.hpp"

/// One attempt to hand one request to its receiver over HTTP/1.1.
namespace dutylog::channels {

struct SenderLimits {
    Elapsed connect_time_max = seconds(5);  ///< resolving, connecting and the TLS handshake
    Elapsed time_max = seconds(15);         ///< all of it
};

/// A TLS context that believes the authorities of the system, or those of a file, and no version
/// before 1.2. @throws boost::system::system_error  the file cannot be read
boost::asio::ssl::context sender_tls(const std::string& authorities = {});

/// Resolves the name, judges every address it leads to, and connects to those very addresses, one
/// after the other.
/// Redirects are not followed, and no proxy is asked. Whoever answers is answered for: the judge of
/// the channel says what it means.
/// @param tls  lives until the attempt has ended
/// @returns the answer, its body cut at `answer_bytes_max`, its `at` left for the caller; or what
///   came of an attempt without one: forbidden addresses break the channel, all else is tried again
boost::asio::awaitable<std::expected<HttpAnswer, Outcome>> send_once(HttpRequest request,
                                                                     notice::AllowList allowed,
                                                                     boost::asio::ssl::context* tls,
                                                                     SenderLimits limits = {});

/// Makes attempts as `send_once` does, and keeps connections for the next request to the same
/// receiver: they lead to addresses that were judged when they were made. Used on one thread.
///
/// Where a kept connection turns out to have been closed before anything of an answer came, the
/// request goes over a new one, as RFC 9110 section 9.2.2 lets a request that may be repeated:
/// every message has an id by which its receiver knows it.
class Sender {
public:
    struct Kept {
        std::size_t connections_max = 512;  ///< of all receivers
        std::size_t per_receiver_max = 64;
        Elapsed idle_time_max = seconds(20);
        Elapsed age_max = minutes(5);  ///< then the name is resolved and judged anew
    };

    /// @param tls  outlives it
    Sender(notice::AllowList allowed, boost::asio::ssl::context& tls, SenderLimits limits,
           Kept kept);
    Sender(notice::AllowList allowed, boost::asio::ssl::context& tls);
    ~Sender();
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;

    boost::asio::awaitable<std::expected<HttpAnswer, Outcome>> send(HttpRequest request);
    /// Closes what is kept. To be called before its executor goes.
    void close();

private:
    class Connections;

    notice::AllowList allowed_;
    boost::asio::ssl::context& tls_;
    SenderLimits limits_;
    std::unique_ptr<Connections> connections_;
};

}  // namespace dutylog::channels
