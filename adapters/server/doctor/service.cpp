#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "adapters/server/doctor/doctor.hpp"
#include "adapters/server/notify.hpp"

namespace dutylog::server::doctor {

using cli::phrase;
using cli::Phrase;

namespace {

/// @returns 0, or why the address cannot be had
int try_to_bind(const std::string& address, std::uint16_t port) {
    sockaddr_in6 six{};
    sockaddr_in four{};
    const bool is_six = inet_pton(AF_INET6, address.c_str(), &six.sin6_addr) == 1;
    if (!is_six && inet_pton(AF_INET, address.c_str(), &four.sin_addr) != 1) return EINVAL;
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
    const int file = socket(is_six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0) return errno;
    const int yes = 1;
    setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const auto* where =
        is_six ? reinterpret_cast<const sockaddr*>(&six) : reinterpret_cast<const sockaddr*>(&four);
    const socklen_t size = is_six ? sizeof six : sizeof four;
    // Who listens already is only noticed by listening.
    const int error = bind(file, where, size) == 0 && listen(file, 1) == 0 ? 0 : errno;
    close(file);
    return error;
}

Finding look_at_address(const Patient& patient) {
    const std::string& socket = patient.config.text("server.socket");
    if (!socket.empty()) return ok("address", phrase("listens on {}", "监听 {}", socket));
    const std::string& address = patient.config.text("server.address");
    const auto port = static_cast<std::uint16_t>(patient.config.number("server.port"));
    const std::string place = port == 0 ? address : fmt::format("{}, {}", address, port);
    const int error = try_to_bind(address, port);
    if (error == 0) return ok("address", phrase("{} is free", "{} 空闲", place));
    if (error == EADDRINUSE && patient.in_use)
        return ok("address",
                  phrase("{} is in use, as the service runs", "{} 在用，服务正在运行", place));
    return fail("address",
                phrase("{0} cannot be had: {1}", "{0} 无法取得：{1}", place, std::strerror(error)),
                {"Choose another server.port or server.address, or end whoever listens there.",
                 "请更改 server.port 或 server.address，或结束占用该地址的进程。"});
}

Finding look_at_lock(const Patient& patient) {
    std::string who;
    if (!is_in_use(patient.log, who))
        return ok("writer", {"nobody has the log open for writing", "没有进程正在写入日志"});
    return ok("writer", phrase("the log is open for writing by {}", "日志正由 {} 写入", who));
}

}  // namespace

bool is_in_use(const std::string& log, std::string& who) {
    const int file = open((log + ".lock").c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) return false;
    const bool held = flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (held) {
        char text[200] = {};
        if (pread(file, text, sizeof text - 1, 0) > 0) who = text;
    }
    close(file);
    return held;
}

Findings look_at_service(const Patient& patient) {
    return {look_at_address(patient), look_at_lock(patient)};
}

}  // namespace dutylog::server::doctor
