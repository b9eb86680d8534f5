#include "adapters/server/access.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/cli/subjects.hpp"
#include "adapters/http/characters.hpp"
#include "engine/pdca/people.hpp"

namespace dutylog::server {

namespace {

std::string_view bearer(const http::Head& head) {
    const std::string_view field = head.field("authorization");
    constexpr std::string_view scheme = "bearer ";
    if (!http::equal_ignoring_case(field.substr(0, scheme.size()), scheme)) return {};
    return http::trimmed(field.substr(scheme.size()));
}

/// Whether `wanted` has the word, in `own|manage`.
bool names(std::string_view wanted, std::string_view word) {
    for (;;) {
        const auto end = wanted.find('|');
        if (wanted.substr(0, end) == word) return true;
        if (end == std::string_view::npos) return false;
        wanted.remove_prefix(end + 1);
    }
}

/// What the log's roles can give, beside a token.
bool may_come_with_a_role(std::string_view wanted) {
    return names(wanted, "own") || names(wanted, "manage");
}

/// Whether somebody asked the person to sign the step, or to grant more time for it.
bool is_asked(const pdca::StepState& step, const std::string& person) {
    const auto decides = [&](const auto& asked) { return asked.approver.str() == person; };
    const auto signs = [&](const auto& signer) { return signer.person.str() == person; };
    return std::ranges::any_of(step.signers, signs) || std::ranges::any_of(step.more_time, decides);
}

/// Whether a step is the person's, or will be when it opens: they hold the role that owns it.
bool has_a_step(const pdca::World& world, const pdca::Duty& duty, const std::string& person) {
    for (const pdca::Cycle& cycle : duty.cycles)
        for (const pdca::StepState& step : cycle.steps)
            if (step.owner.str() == person || is_asked(step, person)) return true;
    const auto* definition = world.rule_of(duty);
    if (definition == nullptr || world.rules == nullptr) return false;
    std::set<std::string> roles{definition->owner};
    for (const definition::Step& step : definition->steps) roles.insert(step.owner);
    return std::ranges::any_of(roles, [&](const std::string& role) {
        return !role.empty() && pdca::holder(world, *world.rules, role, duty.subject,
                                             world.recorded) == ActorId{person};
    });
}

}  // namespace

bool TokenCaller::may(const std::string& permission) const {
    if (permission == "own" && has_role) return true;
    if (permission == "manage" && !manages.empty()) return true;
    return token.may.contains(permission);
}

bool TokenCaller::may_one_of(std::string_view wanted) const {
    return std::ranges::any_of(permissions, [&](const char* permission) {
        return names(wanted, permission) && may(permission);
    });
}

bool TokenCaller::reads_all() const {
    return token.sites.empty() &&
           (token.may.contains("manage") || token.may.contains("investigate"));
}

bool TokenCaller::within_sites(const pdca::World& world, const Reference& subject) const {
    if (token.sites.empty()) return true;
    return std::ranges::any_of(token.sites, [&](const std::string& site) {
        const auto outer = cli::find_subject(world, site);
        return outer && world.inside(subject, *outer);
    });
}

bool TokenCaller::runs(const pdca::World& world, const Reference& subject) const {
    const auto holds = [&](const Reference& place) { return world.inside(subject, place); };
    return std::ranges::any_of(manages, holds) ||
           (token.may.contains("manage") && within_sites(world, subject));
}

bool TokenCaller::reaches(const pdca::World& world, const Reference& subject) const {
    return runs(world, subject) ||
           (token.may.contains("investigate") && within_sites(world, subject));
}

bool TokenCaller::may_read(const pdca::World& world, const pdca::Duty& duty) const {
    return reaches(world, duty.subject) || has_a_step(world, duty, id);
}

bool TokenCaller::may_act(const pdca::World& world, const pdca::Duty& duty) const {
    return runs(world, duty.subject) || has_a_step(world, duty, id);
}

bool concerns(const pdca::World& world, const StreamId& stream, const Reference& about,
              const TokenCaller& caller) {
    if (about.empty() && caller.reads_all()) return true;
    const pdca::Duty* duty = world.duty(stream);
    const Reference subject = duty != nullptr ? duty->subject : pdca::subject_of_stream(stream);
    if (subject.empty()) return false;
    return (about.empty() || world.inside(subject, about)) && caller.reaches(world, subject);
}

http::Problem needs(std::string_view permission) {
    return http::problem("forbidden", {fmt::format("需要权限：{}。", permission),
                                       fmt::format("This needs the permission {}.", permission)});
}

const TokenCaller& caller_of(const http::Call& call) {
    return dynamic_cast<const TokenCaller&>(*call.caller);
}

std::expected<std::shared_ptr<const http::Caller>, http::Problem> TokenAccess::check(
    const http::Route& route, const http::Head& head, const http::Peer&) {
    if (route.permission.empty()) return nullptr;
    auto token = tokens_.find(bearer(head), runtime_.wall());
    if (!token) {
        if (refused_) refused_({}, route.operation);
        return std::unexpected{http::problem(
            "unauthenticated", {"须以 `Authorization: Bearer` 给出有效令牌。",
                                "Give a token in force as `Authorization: Bearer`."})};
    }
    auto caller = std::make_shared<TokenCaller>();
    caller->id = token->person;
    caller->token = std::move(*token);
    if (!caller->may_one_of(route.permission) && !may_come_with_a_role(route.permission)) {
        if (refused_) refused_(caller->token.id, route.operation);
        return std::unexpected{needs(route.permission)};
    }
    return caller;
}

}  // namespace dutylog::server
