#include "adapters/server/public/inbound_routes.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <mutex>
#include <sstream>

#include "adapters/cli/command_json.hpp"
#include "adapters/words/refusal_words.hpp"
#include "engine/definition/source.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::Problem;
using http::Reply;

namespace {

constexpr std::size_t file_bytes_max = std::size_t{1} << 20;

std::string read_file(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    if (!in) throw InboundError{path + ": cannot be read"};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (text.size() > file_bytes_max) throw InboundError{path + ": expected at most 1 MiB"};
    return text;
}

std::vector<notice::WebhookVerifier> read_keys(const std::string& path) {
    std::istringstream lines{read_file(path)};
    std::vector<notice::WebhookVerifier> keys;
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
        if (line.empty()) continue;
        auto key = notice::parse_webhook_verifier(line);
        // What stands there is a secret: it is not repeated.
        if (!key)
            throw InboundError{
                fmt::format("{}, line {}: expected whsec_… or whpk_…", path, number)};
        keys.push_back(*std::move(key));
    }
    if (keys.empty()) throw InboundError{path + ": expected a key, found none"};
    return keys;
}

Problem problem_of(const Rejection& rejection) {
    const Text said = words::words_of(rejection);
    if (rejection.reason == "signature")
        return http::problem("unauthenticated",
                             {"签名无效：" + said.zh_cn, "The signature: " + said.en + "."});
    return http::problem("bad_value", said);
}

/// The facts of one message as commands, all of them or the first problem.
std::expected<std::vector<runtime::Submission>, Problem> commands_of(
    const webhook::InboundMessage& message, const pdca::World& world, Instant now) {
    std::vector<runtime::Submission> commands;
    for (const webhook::InboundFact& fact : message.facts) {
        json::object command{{"command", "record_fact"},
                             {"by", message.source},
                             {"of", fact.subject.kind + "/" + fact.subject.id},
                             {"fact", fact.fact},
                             {"value", fact.value}};
        if (!fact.at.empty()) command["at"] = fact.at;
        auto given = cli::command_from_json(command, world, now);
        if (!given) {
            Problem bad =
                http::problem("bad_value", {given.error().words.zh_cn, given.error().words.en});
            bad.more["fact"] = commands.size();
            return std::unexpected{std::move(bad)};
        }
        given->meta.id = fact.command;
        commands.push_back({std::move(given->command), std::move(given->meta), {}});
    }
    return commands;
}

/// Waits for the answers to all facts of a message, from the writer's thread.
class Together {
public:
    Together(std::string message, std::size_t count, Language language,
             std::shared_ptr<Reply> reply)
        : message_{std::move(message)},
          count_{count},
          waiting_{count},
          language_{language},
          reply_{std::move(reply)} {}

    void take(std::size_t fact, const runtime::Answer& answer) {
        const std::scoped_lock lock{mutex_};
        repeated_ += answer.repeated ? 1 : 0;
        if (answer.refusal) {
            reused_ = reused_ || answer.refusal->reason == "command_reused";
            refused_.push_back(
                json::object{{"fact", fact},
                             {"reason", answer.refusal->reason},
                             {"detail", words::words_of(*answer.refusal).in(language_)}});
        }
        settle();
    }
    /// There was no room for it.
    void drop() {
        const std::scoped_lock lock{mutex_};
        ++dropped_;
        settle();
    }

private:
    void settle() {
        if (--waiting_ == 0) (*reply_)(answer());
    }

    http::Response answer() {
        // What was taken is durable; the sender tries all of it again, and nothing is recorded
        // twice.
        if (dropped_ > 0) return problem_response(http::problem("busy"), language_);
        if (refused_.empty())
            return http::json_response(
                200, {{"message", message_}, {"facts", count_}, {"repeated", repeated_}});
        Problem refused = http::problem(reused_ ? "key_reused" : "refused");
        refused.more["message"] = message_;
        refused.more["facts"] = count_;
        refused.more["refused"] = refused_;
        return problem_response(refused, language_);
    }

    std::mutex mutex_;
    std::string message_;
    std::size_t count_;
    std::size_t waiting_;
    std::size_t repeated_ = 0;
    std::size_t dropped_ = 0;
    bool reused_ = false;
    json::array refused_;
    Language language_;
    std::shared_ptr<Reply> reply_;
};

void take_message(const PublicParts& parts, const InboundSources& sources, const Call& call,
                  const std::shared_ptr<Reply>& reply) {
    const auto fail = [&](const Problem& problem) {
        (*reply)(problem_response(problem, call.language));
    };
    const auto source = sources.find(call.path.at("name"));
    if (source == sources.end()) return fail(http::problem("not_found"));
    const http::Head& head = call.request.head;
    const notice::WebhookHeaders headers{std::string{head.field("webhook-id")},
                                         std::string{head.field("webhook-timestamp")},
                                         std::string{head.field("webhook-signature")}};
    const Instant now = parts.runtime.wall();
    const auto message = webhook::accept_inbound(source->second.mapping, source->second.keys,
                                                 headers, call.request.body, now);
    if (!message) return fail(problem_of(message.error()));
    auto commands = commands_of(*message, parts.reading.now(), now);
    if (!commands) return fail(commands.error());
    if (commands->empty())
        return (*reply)(
            http::json_response(200, {{"message", message->id}, {"facts", 0}, {"repeated", 0}}));
    const auto together =
        std::make_shared<Together>(message->id, commands->size(), call.language, reply);
    for (std::size_t i = 0; i < commands->size(); ++i)
        if (!parts.writer.submit(std::move((*commands)[i]),
                                 [together, i](const auto& answer) { together->take(i, answer); }))
            together->drop();
}

http::Handler handler_of(const PublicParts& parts, const InboundSources& sources, RateBound& rate) {
    return [parts, &sources, &rate](Call call, Reply reply) {
        const Language language = call.language;
        const Elapsed wait = rate.wait(call.request.peer, parts.runtime.monotonic());
        if (wait > Elapsed{}) return reply(too_many(wait, language));
        auto shared = std::make_shared<Reply>(std::move(reply));
        http::WorkQueue::Task task = [parts, &sources, call = std::move(call), shared] {
            try {
                take_message(parts, sources, call, shared);
            } catch (const std::exception& error) {
                call.report(error.what());
                (*shared)(problem_response(http::problem("internal"), call.language));
            }
        };
        if (!parts.queue.post(task)) (*shared)(problem_response(http::problem("busy"), language));
    };
}

}  // namespace

InboundSources read_inbound_sources(const std::vector<InboundOption>& options) {
    InboundSources sources;
    for (const InboundOption& option : options) {
        auto mapping = webhook::read_inbound_mapping({option.mapping, read_file(option.mapping)});
        if (!mapping) throw InboundError{mapping.error().detail};
        const auto taken = sources.try_emplace(
            option.name, InboundSource{*std::move(mapping), read_keys(option.secret_file)});
        if (!taken.second)
            throw InboundError{"inbound source `" + option.name + "` is named twice"};
    }
    return sources;
}

http::RouteTable inbound_routes(const PublicParts& parts, const InboundSources& sources,
                                RateBound& rate) {
    return {{.method = http::Method::post,
             .path = "/inbound/{name}",
             .operation = "take_facts",
             .summary = {"接收其他系统签名发送的事实（Standard Webhooks）",
                         "Facts of another system, signed as Standard Webhooks asks"},
             .request_schema = "InboundMessage",
             .request_types = {"application/json", "application/cloudevents+json"},
             .response_schema = "InboundAnswer",
             .problems = {"unauthenticated", "not_found", "refused", "key_reused",
                          "too_many_requests", "busy"},
             .body_bytes_max = webhook::InboundLimits::body_bytes_max,
             .handler = handler_of(parts, sources, rate)}};
}

json::object inbound_schemas() {
    const json::object number{{"type", "integer"}};
    return {{"InboundMessage", {{"description", "as the mapping of the source reads it"}}},
            {"InboundAnswer",
             {{"type", "object"},
              {"required", {"message", "facts", "repeated"}},
              {"properties",
               {{"message", {{"type", "string"}}}, {"facts", number}, {"repeated", number}}}}}};
}

}  // namespace dutylog::server
