#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "adapters/cli/trial_moves.hpp"
#include "adapters/keys/key_file.hpp"
#include "adapters/server/orders.hpp"
#include "adapters/server/publishing.hpp"
#include "adapters/server/reads.hpp"
#include "adapters/words/refusal_words.hpp"
#include "engine/runtime/publication.hpp"

namespace dutylog::server {

namespace json = boost::json;
using definition::SourceFile;
using http::Call;
using http::Method;
using http::Reply;
using http::Response;
using http::Route;

namespace {

constexpr const char* who = "operate";

json::object body_of(const Call& call) {
    auto body = body_object(call);
    if (!body) throw body.error();
    return std::move(*body);
}

std::string label_in(const json::object& body, const std::string& otherwise) {
    const json::value* label = body.if_contains("label");
    return label != nullptr && label->is_string() ? std::string{label->get_string()} : otherwise;
}

/// What publishing would do now: every date that moves, every duty that begins or ends.
json::object impact_of(const Desk& desk, const Proposal& proposal, Language language) {
    const Instant now = desk.runtime.wall();
    const keys::KeyFile keys{keys::KeyFile::beside(desk.reading.path())};
    desk.reading.keep(proposal.bundle, proposal.rules);
    cli::Trial trial{desk.reading.trial_world(keys)};
    pdca::Meta meta;
    meta.actor = ActorId{proposal.by};
    const calendar::Zone& zone = proposal.rules->zone();
    meta.effective = {Precision::instant, now, zone.local(now).date, now, zone.name()};
    const auto refusal = trial.run(
        pdca::PublishBundle{proposal.bundle, proposal.label, ActorId{"(approver)"}}, meta, now);
    json::object impact{{"changes", cli::moves_json(trial, language)}};
    if (refusal)
        impact["refused"] = {{"reason", refusal->reason},
                             {"detail", words::words_of(*refusal).in(language)}};
    return impact;
}

json::object proposal_json(const Proposal& proposal) {
    return {{"proposal", proposal.id},           {"by", proposal.by},
            {"label", proposal.label},           {"base", to_hex(proposal.base)},
            {"bundle", to_hex(proposal.bundle)}, {"changed", json::value_from(proposal.changed)}};
}

/// Makes a proposal of changed texts, if they make a library without errors.
Response propose(const Desk& desk, const Call& call, const std::vector<TextChange>& changes,
                 const std::string& label) {
    const pdca::World& world = desk.reading.now();
    std::vector<SourceFile> files = changed(files_of(desk.reading, world.bundle), changes);
    definition::LoadedBundle loaded = definition::load_bundle(files);
    json::object checked = check_json(files, loaded, call.language);
    if (loaded.bundle == nullptr) {
        http::Problem wrong =
            http::problem("bad_value", {"定义库有错误。", "The library has errors."}, "/files");
        wrong.more["problems"] = std::move(checked["problems"]);
        throw wrong;
    }
    Proposal proposal;
    proposal.id = fmt::format("{:016x}", desk.runtime.random("proposal"));
    proposal.by = call.caller->id;
    proposal.label = label;
    proposal.base = world.bundle;
    proposal.bundle = runtime::publication_of(files).bundle;
    for (const TextChange& change : changes) proposal.changed.push_back(change.path);
    proposal.files = std::move(files);
    proposal.rules = std::make_shared<const pdca::Rules>(loaded.bundle);
    if (proposal.bundle == proposal.base)
        throw http::problem("conflict",
                            {"与施行中的定义库相同。", "This very library is in force."});
    json::object answer = proposal_json(proposal);
    answer["impact"] = impact_of(desk, proposal, call.language);
    answer["warnings"] = std::move(checked["problems"]);
    if (!desk.proposals.add(std::move(proposal)))
        throw http::problem("conflict", {"待批准的变更过多。", "Too many proposals wait already."});
    return http::json_response(201, answer);
}

Route order(Method method, const char* path, const char* operation, Text summary,
            const char* request, const char* answer, unsigned success = 201) {
    return {.method = method,
            .path = std::string{"/api/v1"} + path,
            .operation = operation,
            .summary = std::move(summary),
            .permission = who,
            .request_schema = request,
            .response_schema = answer,
            .success = success,
            .problems = {"not_found", "not_ready", "conflict", "bad_value", "busy"},
            .body_bytes_max = std::uint64_t{4} << 20};
}

Route check_texts(const Desk& desk) {
    Route route = order(Method::post, "/definitions/check", "check_definitions",
                        {"检查文本：在施行中的定义库上，指出每处问题",
                         "Check texts within the library in force: every problem with its place"},
                        "ChangedFiles", "Checked", 200);
    route.permission = "manage|operate";
    route.handler = asking(desk, route.permission, [&desk](const Call& call) {
        const auto files =
            changed(files_of(desk.reading, desk.reading.now().bundle), changes_in(body_of(call)));
        return http::json_response(
            200, check_json(files, definition::load_bundle(files), call.language));
    });
    return route;
}

Route propose_texts(const Desk& desk) {
    Route route = order(Method::post, "/publications", "propose_publication",
                        {"提出变更：先看其影响，由另一人批准后施行",
                         "Propose changed texts: shows what they would move; a second person "
                         "approves them"},
                        "ChangedFiles", "Proposal");
    route.handler = asking(desk, who, [&desk](const Call& call) {
        const json::object body = body_of(call);
        const auto changes = changes_in(body);
        return propose(desk, call, changes, label_in(body, changes.front().path));
    });
    return route;
}

Route retire(const Desk& desk) {
    Route route =
        order(Method::post, "/definitions/{definition}/retirement", "retire_definition",
              {"提出停用一个定义", "Propose that a definition goes"}, "Label", "Proposal");
    route.handler = asking(desk, who, [&desk](const Call& call) {
        const pdca::World& world = desk.reading.now();
        const std::string& id = call.path.at("definition");
        const auto* definition = world.rules == nullptr ? nullptr : world.rules->definition(id);
        const auto file = definition == nullptr
                              ? std::nullopt
                              : text_of_version(desk.reading, world.bundle, *definition);
        if (!file)
            throw http::problem(
                "not_found", {"没有定义 `" + id + "`。", "There is no definition `" + id + "`."});
        return propose(desk, call, {{file->path, {}}}, label_in(body_of(call), "-" + id));
    });
    return route;
}

/// The lines of a table with days put in, in order of time.
std::string with_days(const std::string& text, const json::object& body) {
    std::string head;
    std::vector<std::string> days;
    const auto sort_in = [&](const std::string& line) {
        (line.starts_with("off,") || line.starts_with("work,") ? days.emplace_back() : head) +=
            line + "\n";
    };
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        if (end > at) sort_in(text.substr(at, end - at));
        at = end + 1;
    }
    const std::string name = label_in(body, "changed");
    for (const char* kind : {"off", "work"}) {
        const json::value* dates = body.if_contains(kind);
        if (dates == nullptr) continue;
        if (!dates->is_array())
            throw http::problem("bad_value", {"应为日期列表。", "Expected a list of dates."},
                                std::string{"/"} + kind);
        for (const json::value& date : dates->get_array()) {
            if (!date.is_string() || !parse_civil_date(std::string{date.get_string()}))
                throw http::problem("bad_value", {"应为日期列表。", "Expected a list of dates."},
                                    std::string{"/"} + kind);
            sort_in(fmt::format("{},{},,{},{}", kind, std::string{date.get_string()}, name, name));
        }
    }
    std::ranges::sort(days, {},
                      [](const std::string& line) { return line.substr(line.find(',')); });
    for (const std::string& line : days) head += line;
    return head;
}

Route change_calendar(const Desk& desk) {
    Route route = order(Method::post, "/calendars/{table}/days", "change_calendar",
                        {"提出休息日或调休工作日的变更：先看哪些期限变动",
                         "Propose days off or worked: shows which deadlines would move"},
                        "CalendarDays", "Proposal");
    route.handler = asking(desk, who, [&desk](const Call& call) {
        const json::object body = body_of(call);
        const std::string path = "calendars/" + call.path.at("table") + ".csv";
        const auto files = files_of(desk.reading, desk.reading.now().bundle);
        const auto found = std::ranges::find(files, path, &SourceFile::path);
        if (found == files.end())
            throw http::problem("not_found",
                                {"没有文件 `" + path + "`。", "There is no file `" + path + "`."});
        return propose(desk, call, {{path, with_days(found->text, body)}}, label_in(body, path));
    });
    return route;
}

Proposal proposal_of(const Desk& desk, const Call& call) {
    auto found = desk.proposals.find(call.path.at("proposal"));
    if (found) return *std::move(found);
    throw http::problem("not_found", {"没有此变更。", "There is no such proposal."});
}

Route list_proposals(const Desk& desk) {
    return route_of(desk, Question{.path = "/publications",
                                   .operation = "list_publications",
                                   .summary = {"待批准的变更", "Proposals that wait for approval"},
                                   .permission = who,
                                   .schema = "Proposals",
                                   .answer = [&desk](const Call&) -> json::object {
                                       json::array list;
                                       for (const Proposal& each : desk.proposals.all())
                                           list.push_back(proposal_json(each));
                                       return {{"proposals", std::move(list)}};
                                   }});
}

Route read_proposal(const Desk& desk) {
    return route_of(
        desk, Question{.path = "/publications/{proposal}",
                       .operation = "read_publication",
                       .summary = {"一项变更及其影响", "A proposal, and what it would move now"},
                       .permission = who,
                       .schema = "Proposal",
                       .problems = {"not_found"},
                       .answer = [&desk](const Call& call) {
                           const Proposal proposal = proposal_of(desk, call);
                           json::object answer = proposal_json(proposal);
                           answer["impact"] = impact_of(desk, proposal, call.language);
                           return answer;
                       }});
}

Route withdraw_proposal(const Desk& desk) {
    Route route = order(Method::del, "/publications/{proposal}", "withdraw_publication",
                        {"撤回变更", "Withdraw a proposal"}, "", "", 204);
    route.handler = asking(desk, who, [&desk](const Call& call) {
        if (!desk.proposals.remove(proposal_of(desk, call).id)) throw http::problem("not_found");
        Response gone;
        gone.status = 204;
        return gone;
    });
    return route;
}

runtime::Submission publication(const Desk& desk, const Proposal& proposal,
                                const std::string& approver) {
    pdca::Meta meta;
    meta.id = CommandId{"publish/" + proposal.id};
    meta.actor = ActorId{proposal.by};
    meta.effective.at = desk.runtime.wall();
    return {pdca::PublishBundle{proposal.bundle, proposal.label, ActorId{approver}},
            std::move(meta), runtime::publication_of(proposal.files).blobs};
}

void approve(const Desk& desk, const Call& call, const std::shared_ptr<Reply>& reply) {
    const Proposal proposal = proposal_of(desk, call);
    if (proposal.by == call.caller->id)
        throw http::problem("forbidden", {"须由另一人批准。", "Another person approves it."});
    if (desk.reading.now().bundle != proposal.base)
        throw http::problem("conflict", {"定义库其间已变动；请重新提出。",
                                         "The library has changed meanwhile; propose it anew."});
    auto done = [&proposals = desk.proposals, id = proposal.id, reply,
                 language = call.language](const runtime::Answer& answer) {
        if (!answer.refusal) proposals.remove(id);
        (*reply)(answer_of(answer, language));
    };
    if (!desk.writer.submit(publication(desk, proposal, call.caller->id), std::move(done)))
        throw http::problem("busy");
}

Route approve_proposal(const Desk& desk) {
    Route route = order(Method::post, "/publications/{proposal}/approval", "approve_publication",
                        {"批准变更并施行", "Approve a proposal: it is in force from now on"}, "",
                        "CommandAnswer", 200);
    route.problems.emplace_back("refused");
    route.handler = on_reading_thread(
        desk, who, [&desk](const Call& call, const std::shared_ptr<Reply>& reply) {
            approve(desk, call, reply);
        });
    return route;
}

}  // namespace

http::RouteTable publishing_routes(const Desk& desk) {
    return {check_texts(desk),       propose_texts(desk),   retire(desk),
            change_calendar(desk),   list_proposals(desk),  read_proposal(desk),
            withdraw_proposal(desk), approve_proposal(desk)};
}

}  // namespace dutylog::server
