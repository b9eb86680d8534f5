#pragma once

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "engine/core/instant.hpp"
#include "tests/simulation/draw.hpp"
#include "tests/simulation/service/wire.hpp"

namespace dutylog::simulation {

/// Makes a connection to the service. @returns null where nothing listens
using Connect = std::function<std::shared_ptr<Wire>()>;

/// Whoever asks the service over HTTP, one request after the other: over connections that break at
/// any byte, in pieces, and with little patience.
class HttpCaller {
public:
    struct Answer {
        unsigned status = 0;
        std::string body;
    };

    explicit HttpCaller(Draw draw) : draw_{draw} {}

    /// Sends on, reads what came, and begins again where the connection has ended.
    /// @param request  the same until it is answered
    /// @returns its answer, once that is here
    /// @throws Broken  what came cannot be read
    std::optional<Answer> turn(const std::string& request, const Connect& connect, Instant now);
    /// The machine at the other end is gone.
    void drop() { wire_ = nullptr; }

private:
    using Parser = boost::beast::http::response_parser<boost::beast::http::string_body>;

    void reach(const Connect& connect, Instant now);
    void begin(const std::string& request);
    void send();
    std::optional<Answer> receive();
    void give_up();

    Draw draw_;
    std::shared_ptr<Wire> wire_;
    std::string unsent_;
    std::string received_;
    std::unique_ptr<Parser> parser_;  ///< of the answer that is waited for; else null
    Instant patience_;
    bool in_pieces_ = false;
};

/// The text of a request without a body.
std::string get_request(const std::string& target);
/// @param fields  further ones, each with its line end
std::string post_request(const std::string& target, const std::string& fields,
                         const std::string& body);
/// Percent-encoded, for one value of a query or a form.
std::string encoded(const std::string& value);

}  // namespace dutylog::simulation
