#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <expected>

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

}  // namespace dutylog::channels
