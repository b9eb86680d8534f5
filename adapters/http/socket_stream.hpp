#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "adapters/http/byte_stream.hpp"

namespace dutylog::http {

/// Byte streams over sockets that are connected already.
std::unique_ptr<ByteStream> tcp_stream(boost::asio::ip::tcp::socket socket);
std::unique_ptr<ByteStream> unix_stream(boost::asio::local::stream_protocol::socket socket);
/// @param context  kept for as long as the stream lives
std::unique_ptr<ByteStream> tls_stream(boost::asio::ip::tcp::socket socket,
                                       std::shared_ptr<boost::asio::ssl::context> context);

}  // namespace dutylog::http
