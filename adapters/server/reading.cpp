#include "adapters/server/reading.hpp"

#include <ostream>
#include <utility>

#include "adapters/cli/moments.hpp"
#include "engine/pdca/stored.hpp"
#include "engine/runtime/snapshot.hpp"

namespace dutylog::server {

namespace {

/// Whether the event can change who holds which role.
bool moves_roles(const log::StoredEvent& stored) {
    const std::string& type = stored.envelope.type;
    if (type == pdca::RecordVoided::type || type == pdca::BundlePublished::type) return true;
    if (type != pdca::FactRecorded::type) return false;
    const auto event = pdca::EventCodec::decode(type, stored.envelope.schema, stored.payload);
    const std::string& fact = std::get<pdca::FactRecorded>(event).fact;
    return fact == "holds_role" || fact == "absence";
}

}  // namespace

Reading::Reading(std::string path, runtime::Runtime& runtime, ReadingOptions options)
    : path_{std::move(path)},
      file_layer_{std::move(options.file_layer)},
      runtime_{runtime},
      store_{path_, file_layer_},
      rules_{store_},
      rights_{std::move(options.managers)} {
    for (auto& [bundle, rules] : options.known) rules_.keep(bundle, std::move(rules));
    world_.source = source();
    const auto saved = store_.snapshot(runtime::snapshot_name, pdca::fold_version);
    if (!saved || runtime::read_snapshot(world_, saved->at, saved->bytes)) return;
    world_ = pdca::World{};
    world_.source = source();
}

const pdca::World& Reading::now() {
    store_.refresh();
    store_.scan(world_.head + 1, [&](const log::StoredEvent& stored) {
        pdca::replay(world_, stored);
        if (moves_roles(stored)) rights_.forget();
        return true;
    });
    return world_;
}

const RoleRights::Person& Reading::rights_of(const std::string& person) {
    return rights_.of(person, now(), runtime_.wall());
}

pdca::World Reading::trial_world(const log::KeyRing& keys) {
    pdca::World copy = now();
    copy.unsealing.keys = &keys;
    return copy;
}

Asked Reading::asked_now() {
    const pdca::World& current = now();
    return {&current, runtime_.wall(), {}, {{"known_at", to_string(current.recorded)}}, true};
}

Asked Reading::asked(const http::Call& call) {
    cli::CutOptions cuts;
    cuts.at = call.parameter("true_at");
    cuts.known_at = call.parameter("known_at");
    cuts.rules_at = call.parameter("rules_at");
    if (cuts.at.empty() && cuts.known_at.empty() && cuts.rules_at.empty()) return asked_now();
    return asked_past(call, cuts);
}

Asked Reading::asked_record(const http::Call& call) {
    const std::string& true_at = call.parameter("true_at");
    cli::CutOptions cuts;
    cuts.known_at = call.parameter("known_at");
    if (cuts.known_at.empty()) cuts.known_at = true_at;
    if (cuts.known_at.empty()) return asked_now();
    Asked asked = asked_past(call, cuts);
    if (true_at.empty()) return asked;
    asked.at = cli::read_cut("true_at", true_at, now().rules->zone());
    asked.cut["at"] = to_string(asked.at);
    return asked;
}

Asked Reading::asked_past(const http::Call& call, const cli::CutOptions& cuts) {
    std::ostream nowhere{nullptr};
    cli::Console console{nowhere, nowhere, {}, call.language};
    cli::Session session{console, runtime_};
    cli::OpenedLog log{session, cli::LogPlace{path_, file_layer_, source()}};
    past_ = cli::asked_world(session, log, cuts);
    // What was decided again needed the keys of people; who reads the answer gets none of it.
    past_->world.unsealing.keys = nullptr;
    return {&past_->world, past_->at, past_->known_at, cli::cuts_json(*past_), false};
}

}  // namespace dutylog::server
