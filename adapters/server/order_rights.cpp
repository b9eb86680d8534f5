#include "adapters/server/order_rights.hpp"

#include <array>
#include <boost/json/value.hpp>
#include <utility>

#include "engine/pdca/sealing.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Problem;

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 31> wanted{{
    {"complete_step", "own"},        {"return_step", "own"},
    {"approve_step", "own"},         {"raise_finding", "own"},
    {"verify_measure", "own"},       {"request_act", "own"},
    {"record_fact", "manage"},       {"add_subject", "manage"},
    {"reassign_step", "manage"},     {"postpone_step", "manage"},
    {"leave_out_steps", "manage"},   {"carry_measure", "manage"},
    {"suspend_cycle", "manage"},     {"resume_cycle", "manage"},
    {"cancel_cycle", "manage"},      {"close_cycle", "manage"},
    {"record_assumption", "manage"}, {"override_gate", "manage"},
    {"void_records", "manage"},      {"record_delivery", "operate"},
    {"record_handover", "operate"},  {"publish_bundle", "operate"},
    {"migrate_cycle", "operate"},    {"decide_clock", "operate"},
    {"add_comment", "own"},          {"urge_step", "own"},
    {"add_signer", "own"},           {"release_signer", "own"},
    {"ask_postponement", "own"},     {"decide_postponement", "own"},
    {"switch_channel", "operate"},
}};

Problem beyond_reach() {
    return http::problem("forbidden", {"对象不在您可管理的范围内。",
                                       "This is about something beyond what you may act on."});
}

/// Where the new subject is to live counts, since it is nowhere yet.
Reference subject_of(const pdca::Command& command) {
    if (const auto* add = std::get_if<pdca::AddSubject>(&command)) return add->parent;
    if (const auto* assumption = std::get_if<pdca::RecordAssumption>(&command))
        return assumption->subject;
    return pdca::subject_of(command);
}

const StreamId* duty_of(const pdca::Command& command) {
    return std::visit(
        [](const auto& order) -> const StreamId* {
            if constexpr (requires { order.duty; }) return &order.duty;
            return nullptr;
        },
        command);
}

std::expected<void, Problem> check_duty(const StreamId& stream, const pdca::World& world,
                                        const TokenCaller& caller) {
    const pdca::Duty* duty = world.duty(stream);
    if (duty != nullptr && caller.may_act(world, *duty)) return {};
    if (duty != nullptr && caller.may_read(world, *duty)) return std::unexpected{beyond_reach()};
    return std::unexpected{http::problem(
        "not_found",
        {"没有义务 `" + stream.str() + "`。", "There is no duty `" + stream.str() + "`."})};
}

bool runs_stream(const pdca::World& world, const StreamId& stream, const TokenCaller& caller) {
    const pdca::Duty* duty = world.duty(stream);
    const Reference subject = duty != nullptr ? duty->subject : pdca::subject_of_stream(stream);
    return !subject.empty() && caller.runs(world, subject);
}

}  // namespace

std::string permission_for(std::string_view command) {
    for (const auto& [name, permission] : wanted)
        if (name == command) return std::string{permission};
    return "operate";
}

bool only_by_program(std::string_view command) {
    return command == "fire_timer" || command == "report_clock_jump" ||
           command == "report_refusals" || command == "report_shown" || command == "report_restore";
}

std::expected<void, Problem> settle_actor(json::object& command, const TokenCaller& caller) {
    const json::value* by = command.if_contains("by");
    if (by == nullptr) {
        command["by"] = caller.id;
        return {};
    }
    if (!by->is_string())
        return std::unexpected{http::problem(
            "bad_value", {"`by` 应为人员编号。", "`by` is the id of a person."}, "/by")};
    if (by->as_string() == caller.id || caller.may("manage")) return {};
    return std::unexpected{http::problem(
        "forbidden", {"以他人名义行事需要权限 manage。", "To act for another needs `manage`."},
        "/by")};
}

std::expected<void, Problem> check_reach(const pdca::Command& command, const pdca::World& world,
                                         log::EventStore& store, const TokenCaller& caller) {
    const bool everywhere = caller.token.may.contains("manage") && caller.token.sites.empty();
    if (everywhere) return {};
    if (const StreamId* duty = duty_of(command)) return check_duty(*duty, world, caller);
    if (const auto* voiding = std::get_if<pdca::VoidRecords>(&command)) {
        for (const pdca::Position position : voiding->positions) {
            const auto stored = store.at(position);
            if (stored && !runs_stream(world, stored->envelope.stream, caller))
                return std::unexpected{beyond_reach()};
        }
        return {};
    }
    const std::string permission = permission_for(pdca::name_of(command));
    if (permission == "operate") return {};
    const Reference subject = server::subject_of(command);
    if (!subject.empty() && caller.runs(world, subject)) return {};
    if (permission == "own" && caller.within_sites(world, subject)) return {};
    return std::unexpected{beyond_reach()};
}

}  // namespace dutylog::server
