#include "adapters/server/public/link_routes.hpp"

#include <memory>

#include "adapters/http/json_body.hpp"
#include "adapters/server/public/link_deeds.hpp"
#include "adapters/words/refusal_words.hpp"

namespace dutylog::server {

using http::Call;
using http::Reply;
using http::Response;

namespace {

Page busy_page() {
    return {.status = 503,
            .title = {"系统繁忙", "Too much is waiting"},
            .words = {{"没有记录任何内容，请稍后再试。",
                       "Nothing was recorded; please try again in a moment."}},
            .retry_after = seconds(5)};
}

Page failed_page() {
    return {.status = 500,
            .title = {"内部错误", "Something failed here"},
            .words = {{"请稍后再试。", "Please try again later."}}};
}

Page slower_page(Elapsed wait) {
    return {.status = 429,
            .title = {"请求过于频繁", "Too many requests"},
            .words = {{"请稍后再试。", "Please try again in a moment."}},
            .retry_after = wait};
}

Page refused_page(const Rejection& refusal) {
    if (refusal.reason == "command_reused") return used_page();
    const Text said = words::words_of(refusal);
    return {.status = 409,
            .title = {"未能执行", "This could not be done"},
            .words = {{"规则不允许：" + said.zh_cn, "A rule does not allow it: " + said.en}}};
}

/// The claims of a token that is good now, or the page that says what is wrong with it. Nothing is
/// looked up for a token that is not.
std::expected<notice::LinkClaims, Page> claims_of(const PublicParts& parts, const Call& call) {
    const auto keys = parts.keys.all();
    auto claims = notice::open_link_token(keys, call.path.at("token"), parts.runtime.wall());
    if (!claims)
        return std::unexpected{claims.error().reason == "link_expired" ? expired_page()
                                                                       : unknown_page()};
    if (claims->purpose == notice::LinkPurpose::calendar) return std::unexpected{unknown_page()};
    return *std::move(claims);
}

bool is_used(const PublicParts& parts, const notice::LinkClaims& claims) {
    return parts.reading.store().result_of(CommandId{command_id_of(claims)}).has_value();
}

Page shown(const PublicParts& parts, const Call& call) {
    const auto claims = claims_of(parts, call);
    if (!claims) return claims.error();
    const pdca::World& world = parts.reading.now();
    if (world.rules == nullptr) return unknown_page();
    if (is_used(parts, *claims)) return used_page();
    return link_page({world, *claims, parts.runtime.wall()});
}

/// The command, or the page to answer with at once.
std::expected<runtime::Submission, Page> ordered(const PublicParts& parts, const Call& call,
                                                 const notice::LinkClaims& claims) {
    const pdca::World& world = parts.reading.now();
    if (world.rules == nullptr) return std::unexpected{unknown_page()};
    if (is_used(parts, claims)) return std::unexpected{used_page()};
    const FollowedLink link{world, claims, parts.runtime.wall()};
    // What a mail program sends for one click says nothing that the link does not say itself.
    const auto form = read_form(call.request.body).value_or(Form{});
    auto command = link_order(link, form);
    if (!command) return std::unexpected{link_page(link, form, command.error())};
    pdca::Meta meta;
    meta.id = CommandId{command_id_of(claims)};
    meta.actor = ActorId{claims.person};
    const calendar::Zone& zone = world.rules->zone();
    meta.effective = {Precision::instant, link.now, zone.local(link.now).date, link.now,
                      zone.name()};
    return runtime::Submission{*std::move(command), std::move(meta), {}};
}

Page after(const runtime::Answer& answer, notice::LinkPurpose purpose) {
    if (answer.refusal) return refused_page(*answer.refusal);
    return answer.repeated ? used_page() : done_page(purpose);
}

/// Read on the reading thread, decided on the writer's, answered after the commit.
void act(const PublicParts& parts, const Call& call, const std::shared_ptr<Reply>& reply) {
    const Language language = page_language(call);
    const auto claims = claims_of(parts, call);
    if (!claims) return (*reply)(page_response(claims.error(), language));
    auto order = ordered(parts, call, *claims);
    if (!order) return (*reply)(page_response(order.error(), language));
    const bool taken = parts.writer.submit(
        std::move(*order),
        [reply, language, purpose = claims->purpose](const runtime::Answer& answer) {
            (*reply)(page_response(after(answer, purpose), language));
        });
    if (!taken) (*reply)(page_response(busy_page(), language));
}

/// A handler whose work is done on the reading thread, and no oftener than an address may ask.
template <class Work>
http::Handler bounded(const PublicParts& parts, Work work) {
    return [parts, work](Call call, Reply reply) {
        const Language language = page_language(call);
        const Elapsed wait = parts.rate.wait(call.request.peer, parts.runtime.monotonic());
        if (wait > Elapsed{}) return reply(page_response(slower_page(wait), language));
        auto shared = std::make_shared<Reply>(std::move(reply));
        http::WorkQueue::Task task = [parts, work, call = std::move(call), shared, language] {
            try {
                work(parts, call, shared);
            } catch (const std::exception& error) {
                call.report(error.what());
                (*shared)(page_response(failed_page(), language));
            }
        };
        if (!parts.queue.post(task)) (*shared)(page_response(busy_page(), language));
    };
}

http::Route show_route(const PublicParts& parts) {
    return {.path = "/l/{token}",
            .operation = "show_link",
            .summary = {"消息中的链接：只显示页面，不作任何记录",
                        "A link of a message: shows a page and does nothing"},
            .parameters = {language_parameter()},
            .response_type = "text/html",
            .pages = {404, 409, 410, 422, 429, 500, 503},
            .handler = bounded(parts, [](const PublicParts& the, const Call& call,
                                         const std::shared_ptr<Reply>& reply) {
                (*reply)(page_response(shown(the, call), page_language(call)));
            })};
}

http::Route act_route(const PublicParts& parts) {
    return {.method = http::Method::post,
            .path = "/l/{token}",
            .operation = "follow_link",
            .summary = {"执行链接所许可的一件事，仅一次",
                        "Do the one thing that the link allows, once"},
            .parameters = {language_parameter()},
            .request_schema = "LinkForm",
            .request_types = {"application/x-www-form-urlencoded", "multipart/form-data"},
            .response_type = "text/html",
            .pages = {404, 409, 410, 422, 429, 500, 503},
            .body_bytes_max = form_bytes_max,
            .handler = bounded(parts, act)};
}

http::Route key_route(const PublicParts& parts) {
    return {.method = http::Method::post,
            .path = "/api/v1/link-keys",
            .operation = "make_link_key",
            .summary = {"更换链接密钥；可使此前的链接全部失效",
                        "A new key for links; on request, links made before stop working"},
            .permission = "operate",
            .parameters = {{.name = "forget",
                            .meaning = {"使此前的链接失效", "Stop believing links made before."},
                            .type = http::ParameterType::truth}},
            .success = 204,
            .problems = {"busy"},
            .handler = http::queued(parts.queue, [parts](const Call& call) {
                parts.keys.rotate(call.parameter("forget") == "true");
                Response done;
                done.status = 204;
                return done;
            })};
}

}  // namespace

Language page_language(const Call& call) {
    const std::string& chosen = call.parameter("lang");
    if (chosen.empty()) return call.language;
    return chosen == "en" ? Language::en : Language::zh_cn;
}

http::Parameter language_parameter() {
    return {.name = "lang",
            .meaning = {"语言", "The language of the answer."},
            .type = http::ParameterType::choice,
            .choices = {"zh-CN", "en"}};
}

Response too_many(Elapsed wait, Language language) {
    http::Problem problem = http::problem("too_many_requests");
    problem.retry_after = wait;
    return problem_response(problem, language);
}

http::RouteTable link_routes(const PublicParts& parts) {
    return {show_route(parts), act_route(parts), key_route(parts)};
}

boost::json::object public_schemas() {
    boost::json::object fields;
    for (const char* name : {"step", "until", "approver", "to", "reason", "List-Unsubscribe"})
        fields[name] = boost::json::object{{"type", "string"}, {"maxLength", 300}};
    const boost::json::object text{{"type", "string"}};
    return {{"LinkForm", {{"type", "object"}, {"properties", std::move(fields)}}},
            {"CalendarAddress",
             {{"type", "object"}, {"required", {"url"}}, {"properties", {{"url", text}}}}}};
}

}  // namespace dutylog::server
