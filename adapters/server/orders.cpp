#include "adapters/server/orders.hpp"

#include <boost/json.hpp>

#include "adapters/cli/command_json.hpp"
#include "adapters/http/etag.hpp"
#include "adapters/http/idempotency.hpp"
#include "adapters/http/json_body.hpp"
#include "adapters/server/order_rights.hpp"
#include "adapters/server/question.hpp"
#include "adapters/words/refusal_words.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::Problem;
using http::Reply;
using http::Response;

namespace {

std::unexpected<Problem> bad_value(Text detail, std::string pointer) {
    return std::unexpected{http::problem("bad_value", std::move(detail), std::move(pointer))};
}

/// What the caller may not say themselves, and whether they may give such a command at all.
std::expected<void, Problem> check_order(json::object& command, const TokenCaller& caller,
                                         const std::string& instead) {
    const json::value* name = command.if_contains("command");
    if (name == nullptr || !name->is_string())
        return bad_value({"`command` 应为命令名。", "`command` is the name of a command."},
                         "/command");
    if (command.contains("id"))
        return bad_value(
            {"编号由 `Idempotency-Key` 给出。", "The id is given as `Idempotency-Key`."}, "/id");
    if (only_by_program(name->as_string()))
        return bad_value(
            {"此命令只由程序自身给出。", "Only the program itself gives this command."},
            "/command");
    const std::string permission = instead.empty() ? permission_for(name->as_string()) : instead;
    if (!caller.may(permission)) return std::unexpected{needs(permission)};
    return settle_actor(command, caller);
}

/// `value.hazard` as a pointer into the body.
std::string pointer_of(const std::string& key) {
    std::string pointer = key.empty() ? "" : "/";
    for (const char c : key) pointer += c == '.' ? '/' : c;
    return pointer;
}

const StreamId* duty_in(const pdca::Command& command) {
    return std::visit(
        [](const auto& order) -> const StreamId* {
            if constexpr (requires { order.duty; }) return &order.duty;
            return nullptr;
        },
        command);
}

/// Looks at `If-Match`. The duty can still change before the command is decided; so the version
/// that was compared goes along, and the writer looks again.
std::expected<void, Problem> check_version(const Call& call, const Desk& desk,
                                           runtime::Submission& submission) {
    if (!call.request.head.has("if-match")) return {};
    const StreamId* stream = duty_in(submission.command);
    const Asked asked{&desk.reading.now(), desk.runtime.wall(), {}, {}, true};
    const pdca::Duty* duty = stream == nullptr ? nullptr : asked.world->duty(*stream);
    if (duty == nullptr) return {};
    // A repeat gets its first answer, whatever has happened since.
    if (desk.reading.store().result_of(submission.meta.id)) return {};
    const Response current = http::json_response(200, duty_now(asked, *duty));
    if (auto stale = http::check_if_match(call.request.head, current.field("ETag"), false))
        return std::unexpected{*stale};
    submission.seen = log::ExpectedVersion{*stream, asked.world->versions.at(*stream)};
    return {};
}

std::expected<runtime::Submission, Problem> submission_of(const Call& call, const Desk& desk,
                                                          const Shape& shape,
                                                          const std::string& instead) {
    const auto key = http::idempotency_key(call.request.head);
    if (!key) return std::unexpected{key.error()};
    if (!*key) return std::unexpected{http::problem("key_required")};
    auto command = shape(call);
    if (!command) return std::unexpected{command.error()};
    const TokenCaller& caller = caller_of(call);
    if (auto fine = check_order(*command, caller, instead); !fine)
        return std::unexpected{fine.error()};
    const pdca::World& world = desk.reading.now();
    if (world.rules == nullptr) return std::unexpected{http::problem("not_ready")};
    auto given = cli::command_from_json(*command, world, desk.runtime.wall());
    if (!given) return bad_value(text_of(given.error().words), pointer_of(given.error().key));
    if (auto within = check_reach(given->command, world, desk.reading.store(), caller); !within)
        return std::unexpected{within.error()};
    given->meta.id = CommandId{"api/" + caller.token.id + "/" + **key};
    runtime::Submission submission{std::move(given->command), std::move(given->meta), {}};
    if (auto seen = check_version(call, desk, submission); !seen)
        return std::unexpected{seen.error()};
    return submission;
}

std::string_view code_of(const std::string& reason) {
    if (reason == "command_reused") return "key_reused";
    if (reason == "stale_version") return "precondition_failed";
    return "refused";
}

}  // namespace

Response answer_of(const runtime::Answer& answer, Language language) {
    if (answer.refusal) {
        Problem refused =
            http::problem(code_of(answer.refusal->reason), words::words_of(*answer.refusal));
        refused.more["reason"] = answer.refusal->reason;
        if (answer.first != 0) refused.more["events"] = json::array{answer.first, answer.last};
        return http::problem_response(refused, language);
    }
    json::object body{
        {"events", answer.first == 0 ? json::array{} : json::array{answer.first, answer.last}},
        {"warnings", json::value_from(answer.warnings)},
        {"repeated", answer.repeated}};
    return http::json_response(200, body);
}

std::expected<json::object, Problem> body_object(const Call& call) {
    auto body = http::read_json(call.request.body);
    if (!body) return std::unexpected{body.error()};
    if (!body->is_object())
        return bad_value({"应为一个 JSON 对象。", "Expected one JSON object."}, "");
    return std::move(body->get_object());
}

http::Handler giving(const Desk& desk, std::string permission, Shape shape, std::string instead) {
    return on_reading_thread(desk, std::move(permission),
                             [&desk, shape = std::move(shape), instead = std::move(instead)](
                                 const Call& call, const std::shared_ptr<Reply>& reply) {
                                 const Language language = call.language;
                                 auto submission = submission_of(call, desk, shape, instead);
                                 if (!submission) throw submission.error();
                                 const bool taken = desk.writer.submit(
                                     std::move(*submission),
                                     [reply, language](const runtime::Answer& answer) {
                                         (*reply)(answer_of(answer, language));
                                     });
                                 if (!taken) throw http::problem("busy");
                             });
}

http::RouteTable order_routes(const Desk& desk) {
    constexpr const char* permission = "own|manage|operate";
    return {{.method = http::Method::post,
             .path = "/api/v1/commands",
             .operation = "give_command",
             .summary = {"提交一个命令；持久化之后答复",
                         "Give one command; the answer comes after it is durable"},
             .permission = permission,
             .request_schema = "Command",
             .response_schema = "CommandAnswer",
             .problems = {"refused", "key_required", "key_reused", "bad_value", "not_found",
                          "precondition_failed", "busy"},
             .handler = giving(desk, permission, body_object)}};
}

}  // namespace dutylog::server
