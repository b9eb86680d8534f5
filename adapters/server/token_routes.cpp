#include <algorithm>
#include <boost/json.hpp>

#include "adapters/http/json_body.hpp"
#include "adapters/server/orders.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::Problem;
using http::Response;

namespace {

std::unexpected<Problem> bad_value(Text detail, std::string pointer) {
    return std::unexpected{http::problem("bad_value", std::move(detail), std::move(pointer))};
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
