#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dutylog::test {

/// A socket and nothing else: what a test writes is what is sent. Every wait ends after five
/// seconds, as if the other end had said nothing.
class RawClient {
public:
    /// Connects to a port of 127.0.0.1.
    explicit RawClient(std::uint16_t port);
    /// Connects to a Unix socket.
    explicit RawClient(const std::string& path);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    /// @returns false where the other end takes no more
    bool send(std::string_view bytes);
    void finish_sending();
    /// Everything until the other end closes.
    std::string read_all();
    /// One answer with its body by its length; empty where none comes.
    std::string read_answer();
    /// Until the text has come, with it.
    std::string read_until(std::string_view text);
    /// Whether the other end closes, without sending any more.
    bool is_closed();

private:
    bool receive();

    int socket_ = -1;
    std::string buffer_;
};

/// The number in the status line; 0 where there is none.
unsigned status_of(std::string_view answer);
/// The value of a field of an answer; empty where there is none.
std::string field_of(std::string_view answer, std::string_view name);
std::string body_of(std::string_view answer);

}  // namespace dutylog::test
