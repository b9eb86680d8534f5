#include "adapters/server/access.hpp"

#include <fmt/format.h>

#include "adapters/cli/subjects.hpp"
#include "adapters/http/characters.hpp"

namespace dutylog::server {

namespace {

std::string_view bearer(const http::Head& head) {
    const std::string_view field = head.field("authorization");
    constexpr std::string_view scheme = "bearer ";
    if (!http::equal_ignoring_case(field.substr(0, scheme.size()), scheme)) return {};
    return http::trimmed(field.substr(scheme.size()));
}

/// `own|manage`: one of them is enough.
bool may_one_of(const Token& token, std::string_view wanted) {
    for (;;) {
        const auto end = wanted.find('|');
        if (token.may.contains(std::string{wanted.substr(0, end)})) return true;
        if (end == std::string_view::npos) return false;
        wanted.remove_prefix(end + 1);
    }
}

}  // namespace

bool TokenCaller::reaches(const pdca::World& world, const Reference& subject) const {
    if (token.sites.empty()) return true;
    for (const std::string& site : token.sites)
        if (const auto outer = cli::find_subject(world, site))
            if (world.inside(subject, *outer)) return true;
    return false;
}

bool TokenCaller::may_read(const pdca::World& world, const pdca::Duty& duty) const {
    if (may("manage") || may("investigate")) return reaches(world, duty.subject);
    for (const pdca::Cycle& cycle : duty.cycles)
        for (const pdca::StepState& step : cycle.steps)
            if (step.owner.str() == id) return true;
    return false;
}

bool concerns(const pdca::World& world, const StreamId& stream, const Reference& about,
              const TokenCaller& caller) {
    if (about.empty() && caller.token.sites.empty()) return true;
    const pdca::Duty* duty = world.duty(stream);
    const Reference subject = duty != nullptr ? duty->subject : pdca::subject_of_stream(stream);
    if (subject.empty()) return false;
    return (about.empty() || world.inside(subject, about)) && caller.reaches(world, subject);
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
    if (!may_one_of(*token, route.permission)) {
        if (refused_) refused_(token->id, route.operation);
        return std::unexpected{http::problem(
            "forbidden", {fmt::format("需要权限：{}。", route.permission),
                          fmt::format("This needs the permission {}.", route.permission)})};
    }
    auto caller = std::make_shared<TokenCaller>();
    caller->id = token->person;
    caller->token = std::move(*token);
    return caller;
}

}  // namespace dutylog::server
