#include "adapters/http/problem.hpp"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <cassert>

#include "adapters/http/language.hpp"

namespace dutylog::http {

namespace json = boost::json;

namespace {

struct Known {
    std::string_view code;
    unsigned status;
    const char* zh_cn;
    const char* en;
};

constexpr std::array<Known, 26> known{{
    {"bad_cursor", 400, "翻页游标无效", "The cursor is not one of this list"},
    {"bad_json", 400, "正文不是有效的 JSON", "The body is not JSON as expected"},
    {"bad_parameter", 400, "参数值无效", "A parameter has a value that it cannot have"},
    {"bad_path", 400, "路径编码无效", "The path is not encoded as expected"},
    {"missing_parameter", 400, "缺少参数", "A parameter is missing"},
    {"unknown_parameter", 400, "未知参数", "There is no such parameter"},
    {"unauthenticated", 401, "需要身份验证", "Say who you are"},
    {"forbidden", 403, "无权执行此操作", "This needs a permission that you do not have"},
    {"not_found", 404, "未找到", "Not found"},
    {"method_not_allowed", 405, "此资源不支持该方法", "The resource has no such method"},
    {"not_acceptable", 406, "无法提供所要求的格式", "The answer has no such form"},
    {"conflict", 409, "与当前状态冲突", "This does not fit the present state"},
    {"key_in_use", 409, "同一键的请求正在处理", "A request with this key is being answered"},
    {"precondition_failed", 412, "资源已被他人更改", "The resource has changed meanwhile"},
    {"body_too_long", 413, "正文过长", "The body is too long"},
    {"unsupported_media_type", 415, "不支持的内容类型", "The body has another type than expected"},
    {"bad_value", 422, "字段值不符合要求", "A value is not as expected"},
    {"key_reused", 422, "同一键用于不同的请求", "This key was used for another request"},
    {"refused", 422, "规则不允许", "A rule does not allow it"},
    {"precondition_required", 428, "须带 If-Match", "Say which version you have seen"},
    {"key_required", 428, "须带 Idempotency-Key", "A key of your own is needed for this request"},
    {"too_many_requests", 429, "请求过于频繁", "Too many requests"},
    {"internal", 500, "内部错误", "Something failed here"},
    {"busy", 503, "系统繁忙，请稍后再试", "Too much is waiting; try again later"},
    {"not_ready", 503, "服务尚未就绪", "The service is not ready"},
    {"draining", 503, "服务正在停止", "The service is about to stop"},
}};

/// Whole seconds, rounded up, at least one.
std::string seconds_text(Elapsed time) {
    return std::to_string(std::max<std::int64_t>(1, (time.micros + 999'999) / 1'000'000));
}

}  // namespace

Problem problem(std::string_view code, Text detail, std::string pointer) {
    const auto* found = std::ranges::find(known, code, &Known::code);
    assert(found != known.end());
    Problem made;
    made.status = found->status;
    made.code = code;
    made.title = {found->zh_cn, found->en};
    made.detail = std::move(detail);
    made.pointer = std::move(pointer);
    if (made.status == 503) made.retry_after = seconds(1);
    return made;
}

Response problem_response(const Problem& problem, Language language) {
    json::object body = problem.more;
    body["type"] = "urn:dutylog:problem:" + problem.code;
    body["title"] = problem.title.in(language);
    body["status"] = problem.status;
    body["code"] = problem.code;
    if (!problem.detail.empty()) body["detail"] = problem.detail.in(language);
    if (!problem.pointer.empty()) body["pointer"] = problem.pointer;
    Response response =
        text_response(problem.status, "application/problem+json", json::serialize(body) + "\n");
    response.set("Content-Language", tag_of(language));
    response.set("Cache-Control", "no-store");
    if (problem.retry_after) response.set("Retry-After", seconds_text(*problem.retry_after));
    if (problem.status == 401) response.set("WWW-Authenticate", "Bearer");
    return response;
}

Problem problem_of(const Refusal& refusal) {
    Problem made;
    made.status = refusal.status;
    made.code = "request_" + std::string{refusal.code};
    made.title = {"请求不符合 HTTP 规范", "The request is not HTTP as it is taken here"};
    made.detail.en = refusal.detail;
    return made;
}

}  // namespace dutylog::http
