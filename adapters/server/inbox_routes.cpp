#include "adapters/server/inbox_routes.hpp"

#include <fmt/format.h>

#include <memory>

#include "adapters/channels/inbox.hpp"
#include "adapters/dispatch/facts.hpp"
#include "adapters/http/json_body.hpp"
#include "adapters/server/notice_words.hpp"
#include "adapters/server/paging.hpp"
#include "adapters/words/refusal_words.hpp"
#include "engine/pdca/stored.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::Problem;
using http::Reply;

namespace {

/// One notice to the caller.
struct Entry {
    const pdca::Duty* duty;
    const pdca::NoticeState* notice;
    pdca::Delivery last;
    std::string place;  ///< sorts the newest first
};

const pdca::NoticeState::Person* told(const pdca::NoticeState& notice, const std::string& person) {
    for (const auto& to : notice.to)
        if (to.person == person) return &to;
    return nullptr;
}

std::vector<Entry> inbox_of(const pdca::World& world, const std::string& person) {
    std::vector<Entry> found;
    for (const auto& [stream, duty] : world.duties)
        for (const pdca::NoticeState& notice : duty.notices)
            if (const auto* to = told(notice, person))
                found.push_back(
                    {&duty, &notice, to->last,
                     fmt::format("{:020} {}", INT64_MAX - notice.planned.micros, notice.id)});
    std::ranges::sort(found, {}, &Entry::place);
    return found;
}

std::string_view mark_of(pdca::Delivery last) {
    if (last == pdca::Delivery::acknowledged) return "acknowledged";
    return last == pdca::Delivery::read ? "read" : "new";
}

/// Whether the caller still has something to do there.
bool is_open(const Entry& entry, const std::string& person) {
    const pdca::Cycle* cycle = entry.duty->cycle(entry.notice->cycle);
    if (cycle == nullptr) return false;
    return std::ranges::any_of(cycle->steps, [&](const pdca::StepState& step) {
        const auto decides = [&](const auto& asked) { return asked.approver.str() == person; };
        const auto signs = [&](const pdca::Signer& signer) {
            return signer.person.str() == person && !signer.has_signed;
        };
        if (step.status == pdca::StepStatus::done) return std::ranges::any_of(step.signers, signs);
        return step.status == pdca::StepStatus::open &&
               (step.owner.str() == person || std::ranges::any_of(step.more_time, decides));
    });
}

/// Of an answer, in the words of who decided: it stands in the notice, and is kept nowhere else.
std::string reason_of(log::EventStore& store, const Entry& entry) {
    std::string reason;
    store.scan_stream(entry.duty->stream, 1, [&](const log::StoredEvent& stored) {
        const log::Envelope& envelope = stored.envelope;
        if (envelope.type != pdca::NoticePlanned::type) return true;
        const auto event = pdca::EventCodec::decode(envelope.type, envelope.schema, stored.payload);
        const auto& planned = std::get<pdca::NoticePlanned>(event);
        if (planned.notice != entry.notice->id) return true;
        reason = planned.reason;
        return false;
    });
    return reason;
}

json::object entry_json(const Desk& desk, const pdca::World& world, const Entry& entry,
                        const Call& call, Instant now) {
    const std::string& person = call.caller->id;
    json::object object;
    if (const auto facts = facts_of(world, *entry.duty, *entry.notice, person, now))
        object = channels::inbox_entry(
            notice::compose(*facts, {.language = call.language, .mention = {}}),
            entry.notice->planned);
    object["notice"] = entry.notice->id;
    object["duty"] = entry.duty->stream.str();
    object["cycle"] = entry.notice->cycle;
    object["step"] = entry.notice->step;
    object["mark"] = mark_of(entry.last);
    object["open"] = is_open(entry, person);
    if (dispatch::is_answer(entry.notice->kind))
        object["reason"] = reason_of(desk.reading.store(), entry);
    return object;
}

http::Route list_route(const Desk& desk) {
    auto answer = [&desk](const Call& call) {
        const pdca::World& world = desk.reading.now();
        const Instant now = desk.runtime.wall();
        std::vector<Entry> all = inbox_of(world, call.caller->id);
        if (call.parameter("open") == "true")
            std::erase_if(all, [&](const Entry& one) { return !is_open(one, call.caller->id); });
        json::object list;
        put_page(list, "entries", all, page_asked(desk.cursors, "read_inbox", call), desk.cursors,
                 [&](const Entry& entry) { return entry_json(desk, world, entry, call, now); });
        return list;
    };
    return route_of(
        desk,
        Question{
            .path = "/inbox",
            .operation = "read_inbox",
            .summary = {"本人收到的通知，最新在前", "What one was told, the newest first"},
            .parameters = {{.name = "open",
                            .meaning = {"只列本人仍有待办者", "Only where one has work to do."},
                            .type = http::ParameterType::truth},
                           limit_parameter(),
                           cursor_parameter()},
            .schema = "Inbox",
            .problems = {"bad_cursor"},
            .answer = std::move(answer)});
}

std::unexpected<Problem> bad_value(const char* zh_cn, const char* en, std::string pointer) {
    return std::unexpected{http::problem("bad_value", {zh_cn, en}, std::move(pointer))};
}

std::expected<std::string, Problem> text_member(const json::object& body, const char* name) {
    const json::value* found = body.if_contains(name);
    if (found == nullptr || !found->is_string())
        return bad_value("应为文本。", "Expected a text.", std::string{"/"} + name);
    return std::string{found->as_string()};
}

/// The delivery that a mark is, of a notice that went to the caller.
std::expected<runtime::Submission, Problem> mark(const Desk& desk, const Call& call, Instant now) {
    const auto body = http::read_json(call.request.body);
    if (!body) return std::unexpected{body.error()};
    if (!body->is_object()) return bad_value("应为对象。", "Expected an object.", "");
    const auto id = text_member(body->get_object(), "notice");
    if (!id) return std::unexpected{id.error()};
    const auto word = text_member(body->get_object(), "mark");
    if (!word) return std::unexpected{word.error()};
    if (*word != "read" && *word != "acknowledged")
        return bad_value("`mark` 为 read 或 acknowledged。", "`mark` is read or acknowledged.",
                         "/mark");
    const pdca::World& world = desk.reading.now();
    const std::string& person = call.caller->id;
    const auto all = inbox_of(world, person);
    const auto known = [&](const Entry& entry) { return entry.notice->id == *id; };
    if (std::ranges::none_of(all, known))
        return std::unexpected{http::problem(
            "not_found", {"收件箱中没有此通知。", "There is no such notice in the inbox."})};
    pdca::RecordDelivery order;
    order.notice = *id;
    order.person = person;
    order.outcome = *word == "read" ? pdca::Delivery::read : pdca::Delivery::acknowledged;
    order.channel = "inbox";
    pdca::Meta meta;
    meta.id = CommandId{"inbox/" + *word + "/" + to_hex(sha256(*id + "\n" + person)).substr(0, 32)};
    meta.actor = ActorId{person};
    const calendar::Zone& zone = world.rules->zone();
    meta.effective = {Precision::instant, now, zone.local(now).date, now, zone.name()};
    return runtime::Submission{std::move(order), std::move(meta), {}};
}

void take_mark(const Desk& desk, const Call& call, const std::shared_ptr<Reply>& reply) {
    const Language language = call.language;
    auto order = mark(desk, call, desk.runtime.wall());
    if (!order) throw order.error();
    const bool taken =
        desk.writer.submit(std::move(*order), [reply, language](const runtime::Answer& answer) {
            http::Response done;
            done.status = 204;
            if (!answer.refusal) return (*reply)(std::move(done));
            Problem refused = http::problem("refused", words::words_of(*answer.refusal));
            refused.more["reason"] = answer.refusal->reason;
            (*reply)(problem_response(refused, language));
        });
    if (!taken) throw http::problem("busy");
}

http::Route mark_route(const Desk& desk) {
    return {.method = http::Method::post,
            .path = "/api/v1/inbox",
            .operation = "mark_notice",
            .summary = {"标记一条通知为已读或已确认；重复标记不再记录",
                        "Mark a notice as read or acknowledged; a repeat records nothing"},
            .permission = readers,
            .request_schema = "NoticeMark",
            .success = 204,
            .problems = {"not_found", "refused", "busy"},
            .handler = on_reading_thread(
                desk, readers, [&desk](const Call& call, const std::shared_ptr<Reply>& reply) {
                    take_mark(desk, call, reply);
                })};
}

}  // namespace

http::RouteTable inbox_routes(const Desk& desk) { return {list_route(desk), mark_route(desk)}; }

json::object inbox_schemas() {
    const json::object text{{"type", "string"}};
    const json::object mark{{"type", "string"}, {"enum", {"read", "acknowledged"}}};
    const json::object state{{"type", "string"}, {"enum", {"new", "read", "acknowledged"}}};
    const json::object entry{{"type", "object"},
                             {"required", {"notice", "duty", "cycle", "step", "mark", "open"}},
                             {"properties",
                              {{"notice", text},
                               {"duty", text},
                               {"cycle", {{"type", "integer"}}},
                               {"step", text},
                               {"mark", state},
                               {"open", {{"type", "boolean"}}},
                               {"reason", text},
                               {"title", {{"type", "object"}}},
                               {"lead", {{"type", "object"}}}}}};
    const json::object entries{{"type", "array"}, {"items", entry}};
    return {{"Inbox",
             {{"type", "object"},
              {"required", {"entries"}},
              {"properties", {{"entries", entries}, {"next", text}}}}},
            {"NoticeMark",
             {{"type", "object"},
              {"required", {"notice", "mark"}},
              {"properties", {{"notice", text}, {"mark", mark}}}}}};
}

}  // namespace dutylog::server
