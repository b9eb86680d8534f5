#include "adapters/server/sealed_view.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "adapters/cli/value_json.hpp"
#include "adapters/server/audit.hpp"
#include "engine/pdca/sealing.hpp"
#include "engine/pdca/stored.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::Reply;

namespace {

/// What holds the value inside an event: of a fact or an act its `value`, of a step its `form`.
const Value* held_by(const pdca::Event& event) {
    return std::visit(
        [](const auto& each) -> const Value* {
            if constexpr (requires { each.value; })
                return &each.value;
            else if constexpr (requires { each.form; })
                return &each.form;
            else
                return nullptr;
        },
        event);
}

bool has_sealed(const Value& value) {
    const auto* record = value.as<Record>();
    return record != nullptr && std::ranges::any_of(record->fields(), [](const Field& field) {
               return field.value.as<Sealed>() != nullptr;
           });
}

json::value masked() { return json::object{{"sealed", true}}; }

/// The keys as they are on the disk now: what was erased meanwhile is gone.
std::shared_ptr<const keys::KeyFile> keys_for(const Desk& desk, const Call& call) {
    if (call.parameter("opened") != "true") return nullptr;
    if (!caller_of(call).may("medical")) throw needs("medical");
    return std::make_shared<keys::KeyFile>(keys::KeyFile::beside(desk.reading.path()));
}

http::Problem too_much() {
    http::Problem problem = http::problem("too_many_requests",
                                          {"查看封存字段过于频繁，或系统繁忙。",
                                           "Sealed fields are read too often, or too much waits."});
    problem.retry_after = seconds(60);
    return problem;
}

}  // namespace

json::value SealedView::plain(const Value& value, const Value* opened, log::Position position) {
    if (const auto* record = value.as<Record>()) {
        json::object object;
        for (const Field& field : record->fields())
            object[field.name] =
                plain(field.value, opened == nullptr ? nullptr : &(*opened)[field.name], position);
        return object;
    }
    const auto* sealed = value.as<Sealed>();
    if (sealed == nullptr) return cli::plain_json(value);
    if (opened == nullptr || opened->as<Sealed>() != nullptr) return masked();
    opened_.insert(sealed->key);
    if (positions_.empty() || positions_.back() != position) positions_.push_back(position);
    return cli::plain_json(*opened);
}

json::value SealedView::value(const Value& value, log::Position position, log::EventStore& store) {
    if (keys_ == nullptr || !has_sealed(value)) return plain(value, nullptr, position);
    const auto stored = store.at(position);
    if (!stored) return plain(value, nullptr, position);
    const log::Envelope& envelope = stored->envelope;
    const pdca::Event event =
        pdca::opened(pdca::EventCodec::decode(envelope.type, envelope.schema, stored->payload),
                     envelope.stream, *keys_);
    return plain(value, held_by(event), position);
}

json::value SealedView::name(const registry::Subject& subject) {
    if (subject.name.is_none()) return nullptr;
    const auto* sealed = subject.name.as<Sealed>();
    if (sealed == nullptr) return cli::plain_json(subject.name);
    if (keys_ == nullptr) return masked();
    const auto open = log::try_unseal(*keys_, *sealed, pdca::name_place(subject.id));
    return plain(subject.name, open ? &*open : nullptr, subject.added);
}

http::Parameter opened_parameter() {
    return {.name = "opened",
            .meaning = {"以明文显示封存字段；须有权限 medical，并留下记录",
                        "Show sealed fields in plain: needs `medical`, and goes on the record."},
            .type = http::ParameterType::truth};
}

http::Route route_of(const Desk& desk, SealedQuestion sealed) {
    sealed.question.parameters.push_back(opened_parameter());
    sealed.question.problems.emplace_back("too_many_requests");
    http::Route route = route_of(desk, std::move(sealed.question));
    route.handler = on_reading_thread(
        desk, route.permission,
        [&desk, answer = std::move(sealed.answer)](const Call& call,
                                                   const std::shared_ptr<Reply>& reply) {
            SealedView view{keys_for(desk, call)};
            auto response =
                std::make_shared<http::Response>(http::json_response(200, answer(call, view)));
            if (view.opened_keys().empty()) return (*reply)(std::move(*response));
            response->set("Cache-Control", "no-store");
            const TokenCaller& caller = caller_of(call);
            const bool taken = desk.audit.shown(
                {caller.token.id, caller.id, call.operation, view.opened_keys(), view.positions()},
                [reply, response, language = call.language](bool recorded) {
                    (*reply)(recorded
                                 ? std::move(*response)
                                 : http::problem_response(http::problem("not_ready"), language));
                });
            if (!taken) throw too_much();
        });
    return route;
}

}  // namespace dutylog::server
