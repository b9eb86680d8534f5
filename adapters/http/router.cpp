#include "adapters/http/router.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/json/serialize.hpp>

#include "adapters/http/etag.hpp"
#include "adapters/http/event_stream.hpp"
#include "adapters/http/language.hpp"
#include "adapters/http/media_type.hpp"
#include "adapters/http/parameters.hpp"
#include "adapters/http/route_index.hpp"
#include "adapters/http/target.hpp"

namespace dutylog::http {

namespace {

const std::string nothing;

/// What is known of a request when its head is.
struct Ticket {
    const Route* route;
    Values path;
    Values query;
    Language language;
    std::shared_ptr<const Caller> caller;
    Elapsed since;
    std::string id;
};

std::expected<Values, Problem> query_of(const Target& target) {
    Values query;
    for (const auto& [name, value] : target.query)
        if (!query.emplace(name, value).second)
            return std::unexpected{problem(
                "bad_parameter",
                {"参数 `" + name + "` 出现两次。", "The parameter `" + name + "` stands twice."},
                "?" + name)};
    return query;
}

std::optional<Problem> check_path(const Route& route, const Values& path) {
    for (const Parameter& parameter : route.parameters) {
        const auto value = path.find(parameter.name);
        if (value == path.end()) continue;
        if (auto wrong = check_parameter(parameter, value->second, parameter.name)) return wrong;
    }
    return {};
}

std::optional<Problem> check_types(const Route& route, const Head& head) {
    const bool has_body = head.framing != Framing::none;
    if (has_body && route.request_schema.empty())
        return problem("unsupported_media_type", {"此请求不带正文。", "This request has no body."});
    const auto is_sent = [&](const std::string& type) {
        return is_media_type(head.field("content-type"), type);
    };
    if (has_body && std::ranges::none_of(route.request_types, is_sent))
        return problem("unsupported_media_type",
                       {"正文须为 " + route.request_types.front() + "。",
                        "The body is to be " + route.request_types.front() + "."});
    const auto coding = head.field("content-encoding");
    if (!coding.empty() && coding != "identity")
        return problem("unsupported_media_type",
                       {"正文不得压缩。", "The body is to come without a content coding."});
    if (!accepts(head.joined("accept"), route.response_type))
        return problem("not_acceptable", {"只提供 " + route.response_type + "。",
                                          "There is only " + route.response_type + "."});
    return {};
}

/// A reader who has this version already is told so, and is sent nothing.
void settle_not_modified(Response& response, const Head& head) {
    const bool reads = head.method == Method::get || head.method == Method::head;
    const auto etag = response.field("ETag");
    if (!reads || response.status != 200 || etag.empty() || !head.has("if-none-match")) return;
    if (!has_tag(head.joined("if-none-match"), etag, false)) return;
    response.status = 304;
    response.body.clear();
}

void settle_fields(Response& response, const std::string& id) {
    response.set("X-Request-Id", id);
    response.set("X-Content-Type-Options", "nosniff");
    if (response.field("Cache-Control").empty()) response.set("Cache-Control", "private, no-cache");
    response.set("Vary", "Accept-Language, Authorization");
}

}  // namespace

const std::string& Call::parameter(std::string_view name) const {
    const auto found = query.find(name);
    return found == query.end() ? nothing : found->second;
}

std::int64_t Call::integer(std::string_view name, std::int64_t otherwise) const {
    const std::string& text = parameter(name);
    return text.empty() ? otherwise : std::stoll(text);
}

struct Router::Parts {
    RouteTable table;
    RouteIndex index;
    Access& access;
    runtime::Runtime& runtime;
    RouterOptions options;

    Parts(RouteTable routes, Access& who, runtime::Runtime& clocks, RouterOptions told)
        : table{std::move(routes)},
          index{table},
          access{who},
          runtime{clocks},
          options{std::move(told)} {}

    std::uint32_t run = static_cast<std::uint32_t>(runtime.random("request"));
    std::atomic<std::uint32_t> requests{0};

    Elapsed now() const { return runtime.monotonic(); }
    /// Tells requests apart, also those of several runs of the program.
    std::string next_id() { return fmt::format("{:08x}{:08x}", run, ++requests); }
    void tell(const Route* route, unsigned status, Elapsed since, const std::string& id) const {
        const Elapsed took{now().micros - since.micros};
        if (options.seen) options.seen(route, status, took);
        if (options.answered) options.answered({id, route, status, took});
    }
    std::expected<std::shared_ptr<Ticket>, Problem> ticket_for(const Head& head, const Peer& peer,
                                                               const Target& target,
                                                               Match match) const;
    Response without_route(const Head& head, const Target& target, Language language) const;
};

std::expected<std::shared_ptr<Ticket>, Problem> Router::Parts::ticket_for(const Head& head,
                                                                          const Peer& peer,
                                                                          const Target& target,
                                                                          Match match) const {
    auto ticket = std::make_shared<Ticket>();
    ticket->since = now();
    ticket->route = match.route;
    ticket->path = std::move(match.path);
    auto caller = access.check(*ticket->route, head, peer);
    if (!caller) return std::unexpected{caller.error()};
    ticket->caller = std::move(*caller);
    auto query = query_of(target);
    if (!query) return std::unexpected{query.error()};
    ticket->query = std::move(*query);
    if (auto wrong = check_path(*ticket->route, ticket->path)) return std::unexpected{*wrong};
    if (auto wrong = check_query(*ticket->route, ticket->query)) return std::unexpected{*wrong};
    if (auto wrong = check_types(*ticket->route, head)) return std::unexpected{*wrong};
    return ticket;
}

Response Router::Parts::without_route(const Head& head, const Target& target,
                                      Language language) const {
    const std::string allowed = head.target == "*" ? "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
                                                   : index.allowed(target.path);
    if (allowed.empty()) return problem_response(problem("not_found"), language);
    if (head.method == Method::options) {
        Response response;
        response.status = 204;
        return response.set("Allow", allowed);
    }
    return problem_response(problem("method_not_allowed",
                                    {"可用方法：" + allowed + "。", "There is: " + allowed + "."}),
                            language)
        .set("Allow", allowed);
}

Router::Router(RouteTable table, Access& access, runtime::Runtime& runtime, RouterOptions options)
    : parts_{std::make_unique<Parts>(std::move(table), access, runtime, std::move(options))} {}
Router::~Router() = default;

const RouteTable& Router::table() const { return parts_->table; }

Admission Router::admit(const Head& head, const Peer& peer) {
    const Elapsed since = parts_->now();
    std::string id = parts_->next_id();
    const Language language =
        choose_language(head.joined("accept-language"), parts_->options.language);
    const auto answer = [&](const Route* route, Response response) -> Admission {
        settle_fields(response, id);
        parts_->tell(route, response.status, since, id);
        return response;
    };
    auto target = head.target == "*" ? Target{} : read_target(head.target);
    if (!target) return answer(nullptr, problem_response(target.error(), language));
    auto match = parts_->index.find(head.method, target->path);
    if (!match) return answer(nullptr, parts_->without_route(head, *target, language));
    const Route* route = match->route;
    auto ticket = parts_->ticket_for(head, peer, *target, std::move(*match));
    if (!ticket) return answer(route, problem_response(ticket.error(), language));
    (*ticket)->language = language;
    (*ticket)->id = std::move(id);
    return Admitted{route->body_bytes_max, std::move(*ticket)};
}

void Router::serve(Request request, Reply reply) {
    const auto ticket = std::static_pointer_cast<Ticket>(std::exchange(request.ticket, nullptr));
    const Route& route = *ticket->route;
    Head head;  // what finishing the answer needs of it; the call takes the rest along
    head.method = request.head.method;
    if (request.head.has("if-none-match"))
        head.fields.push_back({"if-none-match", request.head.joined("if-none-match")});

    Reply finished{[this, ticket, head = std::move(head),
                    reply = std::move(reply)](Response response) mutable {
        settle_not_modified(response, head);
        settle_fields(response, ticket->id);
        parts_->tell(ticket->route, response.status, ticket->since, ticket->id);
        reply(std::move(response));
    }};
    auto report = [this, &route, id = ticket->id](std::string_view what) {
        if (parts_->options.failed) parts_->options.failed(route, id, what);
    };
    Call call{std::move(request), ticket->path,    ticket->query, ticket->language,
              ticket->caller,     route.operation, report};
    try {
        route.handler(std::move(call), std::move(finished));
    } catch (const std::exception& error) {
        report(error.what());  // the reply was dropped on the way, and has answered 500
    }
}

Handler queued(WorkQueue& queue, std::function<Response(const Call&)> work) {
    return [&queue, work = std::move(work)](Call call, Reply reply) {
        const Language language = call.language;
        auto shared = std::make_shared<Reply>(std::move(reply));
        WorkQueue::Task task = [work, call = std::move(call), shared] {
            try {
                (*shared)(work(call));
            } catch (const std::exception& error) {
                call.report(error.what());
                (*shared)(problem_response(problem("internal"), call.language));
            }
        };
        if (!queue.post(task)) (*shared)(problem_response(problem("busy"), language));
    };
}

Handler at_once(std::function<Response(const Call&)> work) {
    return [work = std::move(work)](const Call& call, Reply reply) { reply(work(call)); };
}

Response json_response(unsigned status, const boost::json::object& body) {
    Response response = text_response(status, "application/json", boost::json::serialize(body));
    return response.set("ETag", etag_of(response.body));
}

}  // namespace dutylog::http
