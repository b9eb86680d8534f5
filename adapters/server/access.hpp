#pragma once

#include <functional>

#include "adapters/http/router.hpp"
#include "adapters/server/tokens.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::server {

/// Who asks: a token that is in force, and what the log lets its person do besides.
struct TokenCaller final : http::Caller {
    Token token;
    /// Whether the log names the person for a role; then they may work on what is their own.
    bool has_role = false;
    /// Subjects that the person manages by a role, with what lives inside them.
    std::vector<Reference> manages;

    bool may(const std::string& permission) const;
    /// `own|manage`: one of them is enough.
    bool may_one_of(std::string_view wanted) const;
    /// Whether nothing in the log is beyond what the caller may read.
    bool reads_all() const;
    /// Whether the caller may read about the subject: it lives inside one of their sites, or in
    /// what they manage.
    bool reaches(const pdca::World& world, const Reference& subject) const;
    /// Whether the token's sites, where it has any, hold the subject.
    bool within_sites(const pdca::World& world, const Reference& subject) const;
    /// Whether the caller may run what is about the subject.
    bool runs(const pdca::World& world, const Reference& subject) const;
    /// Whether the caller may read of this duty: all within reach with `manage` or `investigate`,
    /// else those in which a step is theirs, or they were asked to sign or decide.
    bool may_read(const pdca::World& world, const pdca::Duty& duty) const;
    /// Whether the caller may work on it: they run it, or a step is theirs.
    bool may_act(const pdca::World& world, const pdca::Duty& duty) const;
};

/// Whether a stream is about a subject (empty: any) that the caller reaches.
bool concerns(const pdca::World& world, const StreamId& stream, const Reference& about,
              const TokenCaller& caller);

/// `forbidden`, naming the permission.
http::Problem needs(std::string_view permission);

/// The caller of a call whose route asks for a permission.
const TokenCaller& caller_of(const http::Call& call);

/// Looks at `Authorization: Bearer …`. A route's permission is one of `permissions`, or several
/// with `|` between them of which one is enough. Where a role in the log could give one of them,
/// the reading thread decides (`asking`), since only there the log is at hand.
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
