#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/http/counts.hpp"
#include "adapters/http/limits.hpp"
#include "adapters/http/refusal.hpp"
#include "adapters/http/service.hpp"
#include "engine/runtime/runtime.hpp"

namespace dutylog::http {

/// PEM files of a certificate with its chain, and of its key.
struct TlsFiles {
    std::string certificate_chain;
    std::string private_key;
};

struct ServerOptions {
    RequestLimits request = {};
    ConnectionLimits connection = {};
    Elapsed heartbeat = seconds(15);  ///< of event streams in which nothing happens
    Elapsed tick{250'000};            ///< how often time limits are looked at
    /// The answer to what the gate refuses; plain text where nothing is said.
    std::function<Response(const Refusal&)> refusal = {};
};

/// Listens, and gives requests that pass the gate to a service. No header of it names Asio or
/// Beast, so that what routes are written in compiles fast.
///
///     Server server{service, runtime, {}};
///     server.listen_tcp("127.0.0.1", 8080);
///     server.run();                             // until `drain` has come to its end
class Server {
public:
    Server(Service& service, runtime::Runtime& runtime, ServerOptions options);
    /// Ends every connection at once, where `drain` has not done so.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// @param address  of IPv4 or IPv6; no names
    /// @param port  0 for any that is free
    /// @returns the port
    /// @throws std::runtime_error  the address cannot be had, or the certificate cannot be used
    std::uint16_t listen_tcp(const std::string& address, std::uint16_t port,
                             const std::optional<TlsFiles>& tls = {});
    /// A socket file that is left over from a process that ended is replaced.
    /// @param mode  of the file, as in chmod
    /// @throws std::runtime_error  somebody listens there already, or it cannot be made
    void listen_unix(const std::string& path, unsigned mode = 0660);

    /// Serves until the server has drained. Several threads may call it.
    void run();
    /// Serves what can be served without waiting, for simulations and single-threaded use.
    /// @returns whether there was anything
    bool poll();
    /// Whether it has drained to the end, for who polls.
    bool has_ended() const;

    /// Accepts no more, lets each request that is being read or answered come to its end, and ends
    /// event streams. What is left after `grace` is cut off. From any thread.
    void drain(Elapsed grace);
    bool is_draining() const;

    /// Reads certificates again; new connections see them. For SIGHUP, from any thread.
    /// @throws std::runtime_error  those in use stay in use
    void reload_certificates();

    const Counts& counts() const;

private:
    class Body;
    std::unique_ptr<Body> body_;
};

}  // namespace dutylog::http
