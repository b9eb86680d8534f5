#pragma once

#include <functional>

#include "adapters/http/router.hpp"
#include "adapters/server/tokens.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::server {

/// Who asks: a token that is in force.
struct TokenCaller final : http::Caller {
    Token token;

    bool may(const std::string& permission) const { return token.may.contains(permission); }
    /// Whether the subject lives inside one of the caller's sites.
    bool reaches(const pdca::World& world, const Reference& subject) const;
    /// Whether the caller may read of this duty: all of their sites with `manage` or `investigate`,
    /// else those in which a step is theirs.
    bool may_read(const pdca::World& world, const pdca::Duty& duty) const;
};

/// Whether a stream is about a subject (empty: any) that the caller reaches.
bool concerns(const pdca::World& world, const StreamId& stream, const Reference& about,
              const TokenCaller& caller);

/// The caller of a call whose route asks for a permission.
const TokenCaller& caller_of(const http::Call& call);

/// Looks at `Authorization: Bearer …`. A route's permission is one of `permissions`, or several
/// with `|` between them of which one is enough.
class TokenAccess final : public http::Access {
public:
    /// Told of every refusal: the token's id or nothing, and the operation.
    using Refused = std::function<void(const std::string& token, const std::string& operation)>;

    TokenAccess(const Tokens& tokens, runtime::Runtime& runtime, Refused refused = {})
        : tokens_{tokens}, runtime_{runtime}, refused_{std::move(refused)} {}

    std::expected<std::shared_ptr<const http::Caller>, http::Problem> check(
        const http::Route& route, const http::Head& head, const http::Peer& peer) override;

private:
    const Tokens& tokens_;
    runtime::Runtime& runtime_;
    Refused refused_;
};

}  // namespace dutylog::server
