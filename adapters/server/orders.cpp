#include "adapters/server/orders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "adapters/cli/command_json.hpp"
#include "adapters/http/idempotency.hpp"
#include "adapters/http/json_body.hpp"
#include "adapters/server/access.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::Problem;
using http::Reply;
using http::Response;

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 23> wanted{{
    {"complete_step", "own"},     {"return_step", "own"},          {"approve_step", "own"},
    {"raise_finding", "own"},     {"verify_measure", "own"},       {"request_act", "own"},
    {"record_fact", "manage"},    {"add_subject", "manage"},       {"reassign_step", "manage"},
    {"postpone_step", "manage"},  {"leave_out_steps", "manage"},   {"carry_measure", "manage"},
    {"suspend_cycle", "manage"},  {"resume_cycle", "manage"},      {"cancel_cycle", "manage"},
    {"close_cycle", "manage"},    {"record_assumption", "manage"}, {"override_gate", "manage"},
    {"void_records", "manage"},   {"record_delivery", "operate"},  {"publish_bundle", "operate"},
    {"migrate_cycle", "operate"}, {"decide_clock", "operate"},
}};

std::unexpected<Problem> bad_value(Text detail, std::string pointer) {
    return std::unexpected{http::problem("bad_value", std::move(detail), std::move(pointer))};
}

/// Whose act it is: the caller's own, or another's where the caller manages.
std::expected<void, Problem> settle_actor(json::object& command, const TokenCaller& caller) {
    const json::value* by = command.if_contains("by");
    if (by == nullptr) {
        command["by"] = caller.id;
        return {};
    }
    if (!by->is_string())
        return bad_value({"`by` 应为人员编号。", "`by` is the id of a person."}, "/by");
    if (by->as_string() == caller.id || caller.may("manage")) return {};
    return std::unexpected{http::problem(
        "forbidden", {"以他人名义行事需要权限 manage。", "To act for another needs `manage`."},
        "/by")};
}

std::expected<json::object, Problem> command_of(const Call& call) {
    auto body = http::read_json(call.request.body);
    if (!body) return std::unexpected{body.error()};
    json::object* command = body->if_object();
    if (command == nullptr)
        return bad_value({"应为一个 JSON 对象。", "Expected one JSON object."}, "");
    const json::value* name = command->if_contains("command");
    if (name == nullptr || !name->is_string())
        return bad_value({"`command` 应为命令名。", "`command` is the name of a command."},
                         "/command");
    if (command->contains("id"))
        return bad_value(
            {"编号由 `Idempotency-Key` 给出。", "The id is given as `Idempotency-Key`."}, "/id");
    if (name->as_string() == "fire_timer" || name->as_string() == "report_clock_jump")
        return bad_value({"此命令只由时钟给出。", "Only the clock gives this command."},
                         "/command");
    const std::string permission = permission_for(name->as_string());
    const TokenCaller& caller = caller_of(call);
    if (!caller.may(permission))
        return std::unexpected{http::problem(
            "forbidden", {fmt::format("此命令需要权限：{}。", permission),
                          fmt::format("This command needs the permission {}.", permission)})};
    if (auto settled = settle_actor(*command, caller); !settled)
        return std::unexpected{settled.error()};
    return std::move(*command);
}

/// `value.hazard` as a pointer into the body.
std::string pointer_of(const std::string& key) {
    std::string pointer = key.empty() ? "" : "/";
    for (const char c : key) pointer += c == '.' ? '/' : c;
    return pointer;
}

std::expected<runtime::Submission, Problem> submission_of(const Call& call, Reading& reading,
                                                          Instant now) {
    const auto key = http::idempotency_key(call.request.head);
    if (!key) return std::unexpected{key.error()};
    if (!*key) return std::unexpected{http::problem("key_required")};
    const auto command = command_of(call);
    if (!command) return std::unexpected{command.error()};
    auto given = cli::command_from_json(*command, reading.now(), now);
    if (!given)
        return bad_value({given.error().words.zh_cn, given.error().words.en},
                         pointer_of(given.error().key));
    given->meta.id = CommandId{"api/" + caller_of(call).token.id + "/" + **key};
    return runtime::Submission{std::move(given->command), std::move(given->meta), {}};
}

Response answer_of(const runtime::Answer& answer, Language language) {
    if (answer.refusal) {
        const bool reused = answer.refusal->reason == "command_reused";
        Problem refused = http::problem(reused ? "key_reused" : "refused",
                                        {answer.refusal->detail, answer.refusal->detail});
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

/// Read on the reading thread, decided on the writer's, answered after the commit.
void order(Reading& reading, Writer& writer, runtime::Runtime& runtime, const Call& call,
           const std::shared_ptr<Reply>& reply) {
    const Language language = call.language;
    auto submission = submission_of(call, reading, runtime.wall());
    if (!submission) return (*reply)(http::problem_response(submission.error(), language));
    const bool taken = writer.submit(std::move(*submission), [reply, language](const auto& answer) {
        (*reply)(answer_of(answer, language));
    });
    if (!taken) (*reply)(http::problem_response(http::problem("busy"), language));
}

json::object token_json(const Token& token) {
    json::object object{{"token", token.id},
                        {"person", token.person},
                        {"may", json::value_from(token.may)},
                        {"sites", json::value_from(token.sites)}};
    if (token.expires) object["expires"] = to_string(*token.expires);
    return object;
}

std::expected<Token, Problem> token_from(const Call& call) {
    const auto body = http::read_json(call.request.body);
    if (!body) return std::unexpected{body.error()};
    Token token;
    try {
        token.person = json::value_to<std::string>(body->at("person"));
        token.may = json::value_to<std::set<std::string>>(body->at("may"));
        if (const auto* sites = body->as_object().if_contains("sites"))
            token.sites = json::value_to<std::vector<std::string>>(*sites);
        if (const auto* expires = body->as_object().if_contains("expires"))
            token.expires = parse_instant(json::value_to<std::string>(*expires)).value();
    } catch (const std::exception&) {
        return bad_value({"应有 person、may，可有 sites、expires。",
                          "Expected `person`, `may`, and perhaps `sites`, `expires`."},
                         "");
    }
    for (const std::string& each : token.may)
        if (std::ranges::find(permissions, each) == std::end(permissions))
            return bad_value(
                {"没有权限 `" + each + "`。", "There is no permission `" + each + "`."}, "/may");
    return token;
}

}  // namespace

std::string permission_for(std::string_view command) {
    for (const auto& [name, permission] : wanted)
        if (name == command) return std::string{permission};
    return "operate";
}

http::RouteTable order_routes(http::WorkQueue& queue, Reading& reading, Writer& writer,
                              runtime::Runtime& runtime) {
    http::Handler handler = [&](Call call, Reply reply) {
        const Language language = call.language;
        auto shared = std::make_shared<Reply>(std::move(reply));
        http::WorkQueue::Task task = [&, call = std::move(call), shared] {
            try {
                order(reading, writer, runtime, call, shared);
            } catch (const std::exception& error) {
                call.report(error.what());
                (*shared)(http::problem_response(http::problem("internal"), call.language));
            }
        };
        if (!queue.post(task)) (*shared)(http::problem_response(http::problem("busy"), language));
    };
    return {{.method = http::Method::post,
             .path = "/api/v1/commands",
             .operation = "give_command",
             .summary = {"提交一个命令；持久化之后答复",
                         "Give one command; the answer comes after it is durable"},
             .permission = "own|manage|operate",
             .request_schema = "Command",
             .response_schema = "CommandAnswer",
             .problems = {"refused", "key_required", "key_reused", "bad_value", "busy"},
             .handler = std::move(handler)}};
}

http::RouteTable token_routes(http::WorkQueue& queue, Tokens& tokens, runtime::Runtime& runtime) {
    http::RouteTable table;
    table.push_back({.path = "/api/v1/tokens",
                     .operation = "list_tokens",
                     .summary = {"列出令牌", "Tokens, without what makes them work"},
                     .permission = "operate",
                     .response_schema = "Tokens",
                     .handler = http::at_once([&](const Call&) {
                         json::array list;
                         for (const Token& token : tokens.all()) list.push_back(token_json(token));
                         return http::json_response(200, {{"tokens", std::move(list)}});
                     })});
    table.push_back(
        {.method = http::Method::post,
         .path = "/api/v1/tokens",
         .operation = "make_token",
         .summary = {"新建令牌；其文本只显示一次", "Make a token; its text is shown this once"},
         .permission = "operate",
         .request_schema = "NewToken",
         .response_schema = "MadeToken",
         .success = 201,
         .problems = {"bad_value", "busy"},
         .handler = http::queued(queue, [&](const Call& call) {
             auto token = token_from(call);
             if (!token) return http::problem_response(token.error(), call.language);
             Response made =
                 http::json_response(201, {{"text", tokens.make(std::move(*token), runtime)}});
             return made.set("Cache-Control", "no-store");
         })});
    table.push_back({.method = http::Method::del,
                     .path = "/api/v1/tokens/{token}",
                     .operation = "withdraw_token",
                     .summary = {"撤销令牌", "Withdraw a token"},
                     .permission = "operate",
                     .success = 204,
                     .problems = {"not_found", "busy"},
                     .handler = http::queued(queue, [&](const Call& call) {
                         if (!tokens.withdraw(call.path.at("token")))
                             return http::problem_response(http::problem("not_found"),
                                                           call.language);
                         Response gone;
                         gone.status = 204;
                         return gone;
                     })});
    return table;
}

}  // namespace dutylog::server
