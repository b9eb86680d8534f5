#pragma once

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "engine/runtime/engine.hpp"
#include "tests/simulation/checks.hpp"
#include "tests/simulation/draw.hpp"
#include "tests/simulation/service/wire.hpp"

namespace dutylog::simulation {

/// Somebody who gives commands over the API, one after the other, and asks again under the same key
/// until there is an answer: over connections that break, in pieces, after hours, and sometimes
/// once more though it was answered.
class ApiClient {
public:
    /// @returns null where nothing listens
    using Connect = std::function<std::shared_ptr<Wire>()>;

    /// @param token  what stands before its keys in the ids of its commands
    ApiClient(Draw draw, std::string token, std::string name)
        : draw_{draw}, token_{std::move(token)}, name_{std::move(name)} {}

    void ask(const runtime::Submission& submission);
    bool is_idle() const { return asked_.empty(); }
    /// Sends on, reads what came, and begins again where the connection has ended.
    /// @throws Broken  an answer that no client may get
    void turn(const Connect& connect, Instant now);

    /// The machine at the other end is gone.
    void drop() { wire_ = nullptr; }

    /// The answers it was given, by the id that the log knows.
    const Ledger& answered() const { return answered_; }
    std::size_t asked_again() const { return asked_again_; }

private:
    using Parser = boost::beast::http::response_parser<boost::beast::http::string_body>;

    struct Asked {
        CommandId id;
        std::string request;
        bool again = false;  ///< it was answered already
    };

    void begin(const Connect& connect, Instant now);
    void send();
    void receive();
    void hear(unsigned status, const std::string& body);
    void note(runtime::Answer answer);
    void give_up();

    Draw draw_;
    std::string token_;
    std::string name_;
    std::deque<Asked> asked_;
    std::uint64_t keys_ = 0;
    std::shared_ptr<Wire> wire_;
    std::string unsent_;
    std::string received_;
    std::unique_ptr<Parser> parser_;
    Instant patience_;
    bool in_pieces_ = false;
    Ledger answered_;
    std::size_t asked_again_ = 0;
};

}  // namespace dutylog::simulation
