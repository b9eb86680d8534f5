#include "adapters/server/reading.hpp"

#include <malloc.h>

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

Reading::Opened::Opened(const std::string& path, const ReadingOptions& options)
    : store{path, options.file_layer}, rules{store} {
    for (const auto& [bundle, known] : options.known) rules.keep(bundle, known);
}

Reading::Reading(std::string path, runtime::Runtime& runtime, ReadingOptions options)
    : path_{std::move(path)},
      runtime_{runtime},
      options_{std::move(options)},
      rights_{options_.managers} {
    if (options_.keeps) begin(opened());
}

Reading::Opened& Reading::opened() {
    if (!opened_) opened_.emplace(path_, options_);
    return *opened_;
}

/// From the snapshot on, where there is one.
void Reading::begin(Opened& log) {
    log.began = true;
    log.world.source = source();
    const auto saved = log.store.snapshot(runtime::snapshot_name, pdca::fold_version);
    if (!saved || runtime::read_snapshot(log.world, saved->at, saved->bytes)) return;
    log.world = pdca::World{};
    log.world.source = source();
}

const pdca::World& Reading::now() {
    Opened& log = opened();
    if (looked_) return log.world;
    if (!log.began) begin(log);
    if (!options_.committed || options_.committed() != log.world.head) follow(log);
    looked_ = sittings_ > 0;
    return log.world;
}

void Reading::follow(Opened& log) {
    log.store.refresh();
    log.store.scan(log.world.head + 1, [&](const log::StoredEvent& stored) {
        pdca::replay(log.world, stored);
        if (moves_roles(stored)) rights_.forget();
        return true;
    });
}

void Reading::rise() {
    if (--sittings_ > 0) return;
    looked_ = false;
    const bool gives_back = past_ || !options_.keeps;
    past_.reset();
    if (!options_.keeps) {
        opened_.reset();
        rights_.forget();
    }
    // What a state took lies in small pieces, which the system gets back only when it is asked to.
    if (gives_back) ::malloc_trim(0);
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
    Opened& log = opened();
    asked.at = cli::read_cut("true_at", true_at, cli::last_published(log.store, log.rules)->zone());
    asked.cut["at"] = to_string(asked.at);
    return asked;
}

Asked Reading::asked_events(const http::Call& call) {
    const std::string& true_at = call.parameter("true_at");
    const std::string& known_at = call.parameter("known_at");
    Asked asked = asked_now();
    if (true_at.empty() && known_at.empty()) return asked;
    Opened& log = opened();
    const pdca::RulesPtr rules = cli::last_published(log.store, log.rules);
    const auto cut = [&](const char* name, const std::string& text) {
        return cli::read_cut(name, text, rules->zone());
    };
    asked.is_now = false;
    asked.known_at = known_at.empty() ? cut("true_at", true_at) : cut("known_at", known_at);
    if (!true_at.empty()) asked.at = cut("true_at", true_at);
    asked.cut = {{"at", to_string(asked.at)}, {"known_at", to_string(*asked.known_at)}};
    return asked;
}

Asked Reading::asked_past(const http::Call& call, const cli::CutOptions& cuts) {
    std::ostream nowhere{nullptr};
    cli::Console console{nowhere, nowhere, {}, call.language};
    cli::Session session{console, runtime_};
    cli::OpenedLog log{session, cli::LogPlace{path_, options_.file_layer, source()}};
    past_ = cli::asked_world(session, log, cuts);
    // What was decided again needed the keys of people; who reads the answer gets none of it.
    past_->world.unsealing.keys = nullptr;
    return {&past_->world, past_->at, past_->known_at, cli::cuts_json(*past_), false};
}

}  // namespace dutylog::server
