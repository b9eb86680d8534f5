#pragma once

#include <expected>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/core/digest.hpp"
#include "engine/core/instant.hpp"
#include "engine/core/text.hpp"
#include "engine/runtime/runtime.hpp"

namespace dutylog::server {

/// What someone may do. `own`: work on duties that are one's own. `manage`: run a site, enter facts
/// and act for others. `investigate`: read every event and ask what was known when. `medical`: read
/// what is sealed. `operate`: publish rules, make tokens, decide about the clock.
inline constexpr const char* permissions[] = {"own", "manage", "investigate", "medical", "operate"};

/// The file of tokens cannot be read or written, or a line of it is no token.
class TokenError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A person's, or a machine's, right to use the API. The token itself is shown once, when it is
/// made; what is kept is its hash.
struct Token {
    std::string id;
    Digest hash;
    std::string person;              ///< the actor of what is done with it
    std::set<std::string> may;       ///< of `permissions`
    std::vector<std::string> sites;  ///< `site/north`; empty for all
    std::optional<Instant> expires;
};

/// Tokens in a file beside the log, readable for its owner only. Any thread may call it.
class Tokens {
public:
    /// Reads the file; where there is none there are no tokens yet.
    /// @throws TokenError
    explicit Tokens(std::string file);

    bool empty() const;
    /// Makes a token and writes the file anew. @returns the token's text: `dutylog_<id>_<secret>`
    /// @throws TokenError  nothing was made
    std::string make(Token token, runtime::Runtime& random);
    /// @returns false where there is no such token
    /// @throws TokenError  it stays in force
    bool withdraw(const std::string& id);
    std::vector<Token> all() const;

    /// Takes as long for a wrong secret as for a right one.
    /// @returns nothing for a text that is no token, or one that has expired or was withdrawn
    std::optional<Token> find(std::string_view text, Instant now) const;

private:
    void save(const std::map<std::string, Token>& tokens) const;

    std::string file_;
    mutable std::mutex mutex_;
    std::map<std::string, Token> tokens_;
};

}  // namespace dutylog::server
