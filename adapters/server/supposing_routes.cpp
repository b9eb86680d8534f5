#include <boost/json.hpp>
#include <ostream>

#include "adapters/cli/moments.hpp"
#include "adapters/cli/supposing.hpp"
#include "adapters/http/json_body.hpp"
#include "adapters/server/orders.hpp"
#include "adapters/server/reads.hpp"
#include "engine/log/checkpoint.hpp"
#include "engine/log/tree.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::Problem;
using http::Response;
using http::Route;

namespace {

Problem bad_value(Text detail, std::string pointer) {
    return http::problem("bad_value", std::move(detail), std::move(pointer));
}

/// Who asks about the whole log must be able to read all of it.
void check_reads_all(const Call& call) {
    const TokenCaller& caller = caller_of(call);
    if (!caller.token.may.contains("investigate") || !caller.token.sites.empty())
        throw http::problem("forbidden",
                            {"此问涉及整个日志；令牌限于部分厂区。",
                             "This is about the whole log; the token is for some sites only."});
}

json::object body_of(const Call& call) {
    auto body = body_object(call);
    if (!body) throw body.error();
    return std::move(*body);
}

json::object what_if(const Desk& desk, const Call& call) {
    check_reads_all(call);
    const json::object body = body_of(call);
    const json::value* changes = body.if_contains("changes");
    if (changes == nullptr || !changes->is_array() || changes->get_array().empty())
        throw bad_value({"`changes` 应为至少一项的列表。", "`changes` is a list of at least one."},
                        "/changes");
    const json::value* until = body.if_contains("until");
    if (until != nullptr && !until->is_string())
        throw bad_value({"`until` 应为时刻或日期。", "`until` is an instant or a date."}, "/until");
    std::ostream nowhere{nullptr};
    cli::Console console{nowhere, nowhere, {}, call.language};
    cli::Session session{console, desk.runtime};
    cli::OpenedLog log{session, desk.reading.path()};
    const auto end = cli::read_cut_if_given(
        "until", until == nullptr ? "" : std::string{until->get_string()}, log.zone());
    return cli::to_json(cli::suppose(log, changes->get_array(), end), changes->get_array());
}

Route what_if_route(const Desk& desk) {
    constexpr const char* permission = "investigate";
    return {.method = http::Method::post,
            .path = "/api/v1/what-if",
            .operation = "what_if",
            .summary = {"假如某事不同，哪些违规依然存在",
                        "Which breaches remain, had something been otherwise"},
            .permission = permission,
            .request_schema = "Supposition",
            .response_schema = "Supposed",
            .problems = {"refused", "bad_parameter", "busy"},
            .handler = asking(desk, permission, [&desk](const Call& call) {
                return http::json_response(200, what_if(desk, call));
            })};
}

/// What the log is now, in the words of `dutylog checkpoint`.
json::object checkpoint(const Desk& desk) {
    const pdca::World& world = desk.reading.now();
    log::Checkpoint made;
    made.origin = "dutylog";
    for (const auto& [id, subject] : world.subjects)
        if (subject.parent.empty()) {
            made.origin = "dutylog/" + id.id;
            break;
        }
    made.head = desk.reading.store().head();
    return {{"origin", made.origin},
            {"events", made.head.size},
            {"root", to_hex(made.head.root)},
            {"text", log::to_text(made)}};
}

Route read_checkpoint(const Desk& desk) {
    return route_of(desk, Question{.path = "/checkpoint",
                                   .operation = "read_checkpoint",
                                   .summary = {"日志当前的检查点，供另处保存",
                                               "What the log is now, to be kept elsewhere"},
                                   .permission = "investigate|operate",
                                   .schema = "Checkpoint",
                                   .answer = [&desk](const Call&) { return checkpoint(desk); }});
}

/// Whether the log still begins with the history it was at a checkpoint.
json::object compare(const Desk& desk, const Call& call) {
    const json::object body = body_of(call);
    const json::value* text = body.if_contains("text");
    if (text == nullptr || !text->is_string())
        throw bad_value({"`text` 应为检查点文本。", "`text` is the text of a checkpoint."},
                        "/text");
    log::TreeHead kept;
    try {
        kept = log::parse_checkpoint(std::string{text->get_string()}).head;
    } catch (const log::DecodeError& error) {
        throw bad_value({std::string{"不是检查点："} + error.what(),
                         std::string{"This is no checkpoint: "} + error.what()},
                        "/text");
    }
    const log::TreeHead now = desk.reading.store().head();
    const bool is_whole = kept.size <= now.size;
    const bool same =
        is_whole && log::root_of(desk.reading.store().leaves(0, kept.size)) == kept.root;
    return {{"same_history", same}, {"events_then", kept.size}, {"events_now", now.size}};
}

Route compare_checkpoint(const Desk& desk) {
    constexpr const char* permission = "investigate|operate";
    return {
        .method = http::Method::post,
        .path = "/api/v1/checkpoint/comparison",
        .operation = "compare_checkpoint",
        .summary = {"与另处保存的检查点比对", "Compare with a checkpoint that was kept elsewhere"},
        .permission = permission,
        .request_schema = "KeptCheckpoint",
        .response_schema = "Compared",
        .problems = {"busy"},
        .handler = asking(desk, permission, [&desk](const Call& call) {
            return http::json_response(200, compare(desk, call));
        })};
}

}  // namespace

http::RouteTable supposing_routes(const Desk& desk) {
    return {what_if_route(desk), read_checkpoint(desk), compare_checkpoint(desk)};
}

}  // namespace dutylog::server
