#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <expected>

#include "adapters/channels/answers.hpp"
#include "adapters/channels/http.hpp"
#include "engine/notice/address_guard.hpp"

/// One request and its answer over a stream that is open.
namespace dutylog::channels {

using Sent = std::expected<HttpAnswer, Outcome>;
using HttpMessage = boost::beast::http::request<boost::beast::http::string_body>;

/// Of the head of an answer.
inline constexpr std::uint32_t answer_head_bytes_max = 16 * 1024;

/// The attempt ended without an answer.
std::unexpected<Outcome> no_answer(std::string_view step, const boost::system::error_code& error);

/// The request as it goes over the wire to that address.
HttpMessage message_of(const HttpRequest& request, const notice::EndpointAddress& address);

using AnswerParser = boost::beast::http::response_parser<boost::beast::http::string_body>;
HttpAnswer answer_of(AnswerParser& parser);

/// What came of a request, and of the stream it went over.
struct Exchanged {
    Sent sent;
    bool reusable = false;   ///< the whole answer was read, and the receiver keeps the stream open
    bool untouched = false;  ///< it was closed before anything of an answer came
};

/// @tparam Stream  an AsyncStream of Beast; it outlives the exchange
template <class Stream>
boost::asio::awaitable<Exchanged> exchange_over(Stream* stream, HttpMessage message) {
    using boost::asio::redirect_error;
    using boost::asio::use_awaitable;
    namespace http = boost::beast::http;
    boost::system::error_code error;
    co_await http::async_write(*stream, message, redirect_error(use_awaitable, error));
    const bool timed_out = error == boost::beast::error::timeout;
    if (error) co_return Exchanged{no_answer("sending", error), false, !timed_out};
    AnswerParser parser;
    parser.header_limit(answer_head_bytes_max);
    parser.body_limit(answer_bytes_max);
    boost::beast::flat_buffer buffer;
    co_await http::async_read(*stream, buffer, parser, redirect_error(use_awaitable, error));
    // More than is read of an answer, or an end without goodbye after all of it, changes nothing.
    const bool enough = error == http::error::body_limit || parser.is_done();
    const bool closed = error && error != boost::beast::error::timeout && !parser.got_some();
    if (error && !enough)
        co_return Exchanged{no_answer("reading the answer", error), false, closed};
    const bool reusable = !error && parser.is_done() && parser.keep_alive() && buffer.size() == 0;
    co_return Exchanged{answer_of(parser), reusable, false};
}

/// The same for a stream that is used once.
template <class Stream>
boost::asio::awaitable<Sent> exchange(Stream* stream, HttpMessage message) {
    Exchanged done = co_await exchange_over(stream, std::move(message));
    co_return std::move(done.sent);
}

}  // namespace dutylog::channels
