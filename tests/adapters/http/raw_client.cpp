#include "tests/adapters/http/raw_client.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "adapters/http/characters.hpp"

namespace dutylog::test {

namespace {

int connected(int family, const void* address, socklen_t size) {
    const int socket = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0 || connect(socket, static_cast<const sockaddr*>(address), size) != 0)
        throw std::runtime_error{std::string{"connect: "} + std::strerror(errno)};
    const timeval five_seconds{5, 0};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &five_seconds, sizeof five_seconds);
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &five_seconds, sizeof five_seconds);
    return socket;
}

}  // namespace

RawClient::RawClient(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socket_ = connected(AF_INET, &address, sizeof address);
}

RawClient::RawClient(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    socket_ = connected(AF_UNIX, &address, sizeof address);
}

RawClient::~RawClient() { close(socket_); }

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void RawClient::finish_sending() { shutdown(socket_, SHUT_WR); }

bool RawClient::receive() {
    std::array<char, 65'536> bytes{};
    const auto count = recv(socket_, bytes.data(), bytes.size(), 0);
    if (count > 0) buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    return count > 0;
}

std::string RawClient::read_all() {
    while (receive()) {
    }
    return std::exchange(buffer_, {});
}

std::string RawClient::read_until(std::string_view text) {
    for (;;) {
        const auto at = buffer_.find(text);
        if (at != std::string::npos) {
            const std::string found = buffer_.substr(0, at + text.size());
            buffer_.erase(0, found.size());
            return found;
        }
        if (!receive()) return {};
    }
}

std::string RawClient::read_answer() {
    std::string answer = read_until("\r\n\r\n");
    const std::size_t length =
        std::strtoul(field_of(answer, "content-length").c_str(), nullptr, 10);
    while (buffer_.size() < length)
        if (!receive()) return {};
    answer += buffer_.substr(0, length);
    buffer_.erase(0, length);
    return answer;
}

bool RawClient::is_closed() {
    char byte = 0;
    const auto count = recv(socket_, &byte, 1, 0);
    const bool was_reset = count < 0 && errno == ECONNRESET;  // it had not read all we sent
    return buffer_.empty() && (count == 0 || was_reset);
}

unsigned status_of(std::string_view answer) {
    if (!answer.starts_with("HTTP/1.1 ")) return 0;
    return static_cast<unsigned>(std::atoi(std::string{answer.substr(9, 3)}.c_str()));
}

std::string field_of(std::string_view answer, std::string_view name) {
    answer = answer.substr(0, answer.find("\r\n\r\n"));
    for (;;) {
        const auto end = answer.find("\r\n");
        if (end == std::string_view::npos) return {};
        answer.remove_prefix(end + 2);
        const auto colon = answer.find(':');
        if (!http::equal_ignoring_case(answer.substr(0, colon), name)) continue;
        const auto line = answer.substr(0, answer.find("\r\n"));
        return std::string{http::trimmed(line.substr(colon + 1))};
    }
}

std::string body_of(std::string_view answer) {
    const auto end = answer.find("\r\n\r\n");
    return std::string{end == std::string_view::npos ? "" : answer.substr(end + 4)};
}

}  // namespace dutylog::test
