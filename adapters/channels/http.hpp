#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/instant.hpp"
#include "engine/notice/secret.hpp"

/// Requests and answers of channels that speak HTTP, as plain data: nothing here opens a socket.
namespace dutylog::channels {

struct Header {
    std::string name;
    std::string value;
    friend bool operator==(const Header&, const Header&) = default;
};

struct HttpRequest {
    std::string method = "POST";
    notice::Secret url;             ///< the address of a robot grants sending: it is never shown
    std::vector<Header> headers{};  ///< may hold secrets too
    std::string body{};
};

/// At most so much of an answer is read; the rest is not looked at.
inline constexpr std::size_t answer_bytes_max = std::size_t{64} * 1024;
/// At most so much of an answer is kept with the attempt.
inline constexpr std::size_t kept_answer_bytes_max = std::size_t{2} * 1024;

struct HttpAnswer {
    unsigned status = 0;
    std::vector<Header> headers{};
    std::string body{};
    Instant at{};  ///< when it came: dates in it are compared with this

    /// The first header of that name in any case; nothing where there is none.
    std::optional<std::string_view> header(std::string_view name) const;
};

/// What differs between attempts on one message.
struct Attempt {
    Instant at{};                   ///< when it starts: every signature is made anew
    bool shortened = false;         ///< the receiver has said that it was too long
    bool without_mentions = false;  ///< the receiver does not know somebody
    notice::Secret token{};         ///< of channels that ask for an access token first
    std::string nonce{};            ///< of channels whose signature needs a value used once
};

/// A request with a JSON body.
HttpRequest json_request(std::string url, std::string body);

/// Whole seconds and milliseconds since 1970.
std::int64_t seconds_of(Instant at);
std::int64_t milliseconds_of(Instant at);

}  // namespace dutylog::channels
